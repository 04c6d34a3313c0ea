"""The life of a report: drafted, commented on, frozen, published, read."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.quarters import Quarter
from partnership.access import Role
from partnership.history import recorded
from partnership.jobs import open_job
from partnership.models import Job, Organisation, RoleGrant, User
from reports import figures
from reports.canonical import digest_of
from reports.models import Comment, Distribution, Edition, Reading, Rendering, Status

DRAFTING, PUBLISHING, OWN = "board-report", "board-report-publish", "board-report-own"
PUBLISHED = _("The report is published and can no longer be changed.")


@recorded
def open_draft_job(*, quarter: Quarter, by: User | None) -> Job:
    """The job that drafts a quarter, or makes its report anew; an unfinished one is the same job.

    What is published is refused, as nothing would come of it.
    """
    if Edition.objects.of(quarter).published().exists():
        raise ValidationError(PUBLISHED)
    return open_job(kind=DRAFTING, key=str(quarter), by=by, arguments={"quarter": str(quarter)})


@recorded
def open_publish_job(*, edition: Edition, by: User | None) -> Job:
    return open_job(kind=PUBLISHING, key=str(edition.period), by=by, arguments={"edition": edition.pk})


@recorded
def open_own_job(*, edition: Edition, owner: Organisation, language: str, by: User | None) -> Job:
    """The job that makes an owner's own edition in a language."""
    arguments = {"edition": edition.pk, "owner": owner.pk, "language": language}
    return open_job(kind=OWN, key=f"{edition.period} {owner.pk} {language}", by=by, arguments=arguments)


@recorded
def draft(*, quarter: Quarter, by: User | None) -> Edition:
    """The edition of a quarter, with its figures read now; what it looked like before goes with the figures it had.

    One that is frozen already is left as it is.
    """
    known = Edition.objects.of(quarter).select_for_update().first()
    if known and known.status != Status.DRAFT:
        return known
    cut_off = timezone.now()
    data = figures.frozen(figures.collect(quarter, cut_off))
    fresh = {"figures": data, "digest": digest_of(data), "cut_off": cut_off}
    edition, _created = Edition.objects.update_or_create(
        year=quarter.year, quarter=quarter.number, defaults=fresh, create_defaults=fresh | {"by": by}
    )
    edition.renderings.all().delete()
    return edition


@recorded
def set_meeting(*, edition: Edition, meeting_on: date | None, by: User) -> None:
    """The day of the board meeting, which stands in the head of the report."""
    _lock_open(edition)
    Edition.objects.filter(pk=edition.pk).update(meeting_on=meeting_on)
    edition.refresh_from_db()


@recorded
def comment(*, edition: Edition, section: str, text: str, by: User) -> None:
    """Writes, or rewrites, what is said in a section; nothing written takes it away."""
    _lock_open(edition)
    if not text:
        edition.comments.filter(section=section).delete()
        return
    written = {"text": text, "by": by, "at": timezone.now()}
    Comment.objects.update_or_create(edition=edition, section=section, defaults=written)


@recorded
def freeze(*, edition: Edition, by: User | None) -> None:
    """From now on the figures never change. Comments may still be written."""
    Edition.objects.filter(pk=edition.pk, status=Status.DRAFT).update(status=Status.FROZEN, frozen_at=timezone.now())
    edition.refresh_from_db()


@recorded
def keep_renderings(*, edition: Edition, renderings: Iterable[Rendering], by: User | None) -> None:
    """Puts what an edition looks like in the place of what it looked like before."""
    edition.renderings.all().delete()
    Rendering.objects.bulk_create(renderings)


@recorded
def keep_own(*, rendering: Rendering, owner: Organisation, by: User | None) -> Rendering:
    """Keeps an owner's edition as it was first made, whoever makes it again."""
    Edition.objects.select_for_update().get(pk=rendering.edition_id)
    known = rendering.edition.renderings.own(owner.pk).filter(language=rendering.language)
    if not known.exists():
        rendering.save()
    return known.get()


@recorded
def publish(*, edition: Edition, renderings: Iterable[Rendering], by: User | None) -> None:
    """Opens a frozen edition to its readers, as it looks in these renderings, and notes whom to tell.

    Published already: nothing happens.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.status == Status.FROZEN:
        keep_renderings(edition=locked, renderings=renderings, by=by)
        Edition.objects.filter(pk=locked.pk).update(status=Status.PUBLISHED, published_at=timezone.now())
        Distribution.objects.bulk_create(Distribution(edition=locked, person=person) for person in board_members())
    edition.refresh_from_db()


def board_members() -> Iterable[User]:
    """Those who are members of the board today and may log in."""
    seats = RoleGrant.objects.current().filter(role=Role.BOARD_MEMBER)
    return User.objects.filter(is_active=True, grants__in=seats).distinct()


@recorded
def note_sent(*, distribution: Distribution, by: User | None) -> None:
    Distribution.objects.filter(pk=distribution.pk, sent_at=None).update(sent_at=timezone.now())


@recorded
def note_reading(*, edition: Edition, by: User) -> None:
    """The first time counts."""
    Reading.objects.get_or_create(edition=edition, person=by)


def _lock_open(edition: Edition) -> None:
    """Waits for a publication that is under way."""
    if not Edition.objects.select_for_update().get(pk=edition.pk).is_open:
        raise ValidationError(PUBLISHED)
