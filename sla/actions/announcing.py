"""A service notice with its outage or maintenance window: both registered, moved and ended in one go.

Whoever calls these sends the letters once all is saved (`services.tasks.send_notice_letters`).
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import User
from services.actions.notices import Announcement, end_notice, follow_up_notice, publish_notice, published_before
from services.models import NoticeKind, ServiceNotice
from sla.actions.outages import register_outage, save_outages
from sla.models import Outage, OutageKind
from sla.outages.merging import hits_of, story_of
from sla.outages.reports import OWN_SOURCE, Draft, Hit


@recorded
def announce(
    *,
    said: Announcement,
    outage: Outage | None = None,
    with_outage: bool = False,
    token: UUID | None = None,
    by: User | None,
) -> ServiceNotice:
    """Of an outage that is known; or `with_outage`, one that is registered now. Information is never an outage.

    The same form sent twice (`token`) is one notice. ValidationError for an outage that has been told of.
    """
    if known := published_before(said=said, token=token, by=by):
        return known
    notice = publish_notice(said=said, token=token, by=by)
    if outage is None and with_outage and said.kind != NoticeKind.INFORMATION:
        outage = register_outage(draft=_draft(said, notice), outage=None, by=by)
    if outage:
        _tell(outage, notice)
    return notice


def _tell(outage: Outage, notice: ServiceNotice) -> None:
    fresh = Outage.objects.select_for_update().get(pk=outage.pk)
    if fresh.notice_id:
        raise ValidationError(_("Somebody else has told of this outage. Write a follow-up of that notice."))
    fresh.notice = notice
    fresh.save(update_fields=["notice"])


@recorded
def follow_up(
    *, notice: ServiceNotice, text: str, next_update: datetime | None, expected_end: datetime | None, by: User | None
) -> ServiceNotice:
    """Planned work that takes longer, or shorter, is moved with its notice."""
    has_moved = expected_end != notice.expected_end
    fresh = follow_up_notice(notice=notice, text=text, next_update=next_update, expected_end=expected_end, by=by)
    if has_moved and fresh.kind == NoticeKind.PLANNED:
        _move_outages(fresh, expected_end, by)
    return fresh


@recorded
def end(*, notice: ServiceNotice, text: str, ended: datetime | None, by: User | None) -> ServiceNotice:
    """What is called off has cost no time. What a source has told of is ended there, and what ended as planned has its
    end already.
    """
    fresh = end_notice(notice=notice, text=text, ended=ended, by=by)
    has_moved = fresh.kind == NoticeKind.FAULT or fresh.ended != fresh.expected_end
    if has_moved and fresh.kind != NoticeKind.INFORMATION:
        _move_outages(fresh, fresh.ended, by)
    return fresh


def _draft(said: Announcement, notice: ServiceNotice) -> Draft:
    is_planned = said.kind == NoticeKind.PLANNED
    return Draft(
        title=said.title,
        kind=OutageKind.PLANNED if is_planned else OutageKind.UNPLANNED,
        started=said.starts,
        ended=said.expected_end if is_planned else None,
        notified=notice.published_at if is_planned else None,
        hits=_hits(said, notice),
    )


def _hits(said: Announcement, notice: ServiceNotice) -> list[Hit]:
    """Whom the notice tells; where it concerns everyone, those too who get the service while it lasts."""
    told = list(notice.reach.select_related("service", "organisation"))
    if said.owners:
        return [Hit(one.service, one.organisation) for one in told]
    return [Hit(service, None) for service in dict.fromkeys(one.service for one in told)]


def _move_outages(notice: ServiceNotice, ended: datetime | None, by: User | None) -> None:
    """Those that were registered here, save a failure whose end is known already."""
    own = notice.outages.filter(source=OWN_SOURCE).exclude(kind=OutageKind.UNPLANNED, ended__isnull=False)
    for outage in own.prefetch_related("reach__service", "reach__organisation"):
        moved = replace(story_of(outage), hits=hits_of(outage), ended=ended and max(ended, outage.started))
        save_outages(reports=[moved], by=by)
