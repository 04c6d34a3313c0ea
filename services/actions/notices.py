"""A service notice is published, followed up and ended; each time all whom it hits are written to.

Whoever calls these sends the letters once all is saved (`services.tasks.send_notice_letters`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import Role
from partnership.history import recorded
from partnership.models import Organisation, RoleGrant, User
from services.channels import channels
from services.models import (
    NoticeKind,
    NoticeLetter,
    NoticeMessage,
    NoticeReach,
    NoticeTemplate,
    Service,
    ServiceNotice,
    Subscription,
)

TOLD = frozenset({Role.ORDER_PLACER, Role.SYSTEM_OWNER, Role.LOCAL_ICT_CONTACT})
"""Those in an organisation who are written to; all others read it on their home page and on the status page."""

WRITTEN_ONCE = frozenset({"title"})
"""What has been published stands, whatever would be refused now: such a notice too is to be ended."""


@dataclass(frozen=True)
class Announcement:
    """What a notice says. Without `owners` it concerns everyone who has one of the services."""

    kind: NoticeKind
    title: str
    text: str
    services: Collection[Service]
    owners: Collection[Organisation]
    starts: datetime
    expected_end: datetime | None = None
    next_update: datetime | None = None


def whom(services: Iterable[Service], owners: Collection[Organisation], at: datetime) -> QuerySet[Subscription]:
    """The subscriptions that are hit."""
    found = Subscription.objects.on(timezone.localdate(at)).filter(service__in=services)
    found = found.filter(organisation__in=owners) if owners else found
    return found.select_related("service", "organisation")


def readers(organisations: Iterable[int]) -> QuerySet[User]:
    """Who is written to in these organisations."""
    grants = RoleGrant.objects.current().filter(role__in=TOLD, organisation__in=organisations)
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def published_before(*, said: Announcement, token: UUID | None, by: User | None) -> ServiceNotice | None:
    """What the same form (`token`) has become. ValidationError where it says something else now.

    Two forms that a person sends at once wait for each other here.
    """
    if token is None or by is None:
        return None
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    notice = ServiceNotice.objects.filter(by=by, token=token).first()
    if notice and not _says(notice, said):
        raise ValidationError(_("This notice is sent already, with other words. Write a follow-up of it."))
    return notice


def _says(notice: ServiceNotice, said: Announcement) -> bool:
    """Its times may have been moved since; the rest is as it was published."""
    reach = set(notice.reach.values_list("service", "organisation"))
    told = {(one.service_id, one.organisation_id) for one in whom(said.services, said.owners, said.starts)}
    written = (notice.kind, notice.title, notice.starts, notice.messages.earliest("pk").text)
    return (written, reach) == ((said.kind, said.title, said.starts, said.text), told)


@recorded
def publish_notice(*, said: Announcement, token: UUID | None = None, by: User | None) -> ServiceNotice:
    """ValidationError where nobody has any of the services then. `token` names the form, and comes once."""
    hit = list(whom(said.services, said.owners, said.starts))
    if not hit:
        raise ValidationError({"services": _("Nobody has any of these services, so there is nobody to tell.")})
    notice = ServiceNotice(
        kind=said.kind,
        title=said.title,
        starts=said.starts,
        expected_end=said.expected_end,
        next_update=said.next_update,
        by=by,
        token=token,
    )
    notice.full_clean()
    notice.save()
    NoticeReach.objects.bulk_create(
        NoticeReach(notice=notice, service=one.service, organisation=one.organisation) for one in hit
    )
    _say(notice, said.text, by)
    return notice


@recorded
def follow_up_notice(
    *,
    notice: ServiceNotice,
    text: str,
    next_update: datetime | None = None,
    expected_end: datetime | None = None,
    by: User | None,
) -> ServiceNotice:
    """Said since; both times as they are now. ValidationError once it is over."""
    fresh = _going_on(notice)
    fresh.next_update, fresh.expected_end = next_update, expected_end
    fresh.full_clean(exclude=WRITTEN_ONCE)
    fresh.save()
    _say(fresh, text, by)
    return fresh


@recorded
def end_notice(*, notice: ServiceNotice, text: str, ended: datetime | None = None, by: User | None) -> ServiceNotice:
    """At `ended`; else now, or when it ended by itself. One that has not begun is called off. ValidationError for an
    end that has not come.
    """
    fresh, now = _going_on(notice), timezone.now()
    if ended and ended > now:
        raise ValidationError({"ended": _("This has not come yet.")})
    fresh.ended, fresh.next_update = fresh.starts if fresh.starts > now else ended or fresh.ends_by(now), None
    fresh.full_clean(exclude=WRITTEN_ONCE)
    fresh.save()
    _say(fresh, text, by, is_end=True)
    return fresh


@recorded
def write_template(
    *, template: NoticeTemplate | None, name: str, kind: NoticeKind, title: str, text: str, by: User | None
) -> NoticeTemplate:
    template = template or NoticeTemplate()
    template.name, template.kind, template.title, template.text = name, kind, title, text
    template.full_clean()
    template.save()
    return template


@recorded
def discard_template(*, template: NoticeTemplate, by: User | None) -> None:
    template.delete()


@recorded
def note_letter_sent(*, letter: NoticeLetter, at: datetime, by: User | None) -> None:
    letter.sent_at = at
    letter.save(update_fields=["sent_at"])


@recorded
def drop_letter(*, letter: NoticeLetter, by: User | None) -> None:
    """Never to be sent; its history remains."""
    letter.delete()


def _going_on(notice: ServiceNotice) -> ServiceNotice:
    fresh = ServiceNotice.objects.select_for_update().get(pk=notice.pk)
    if fresh.ended is not None:
        raise ValidationError(_("It is ended already."))
    return fresh


def _say(notice: ServiceNotice, text: str, by: User | None, *, is_end: bool = False) -> None:
    message = NoticeMessage(notice=notice, text=text, by=by, is_end=is_end)
    message.full_clean()
    message.save()
    people = readers(set(notice.reach.values_list("organisation", flat=True)))
    NoticeLetter.objects.bulk_create(
        NoticeLetter(message=message, person=person, channel=key)
        for person in people
        for key, channel in channels().items()
        if channel.reaches(person)
    )
