"""A service notice with its outage or maintenance window: both registered, moved and ended in one go.

Whoever calls these sends the letters once all is saved (`services.tasks.send_notice_letters`).
"""

from dataclasses import replace
from datetime import datetime

from partnership.history import recorded
from partnership.models import User
from services.actions.notices import Announcement, end_notice, follow_up_notice, publish_notice
from services.models import NoticeKind, ServiceNotice
from sla.actions.outages import register_outage, save_outages
from sla.models import Outage, OutageKind
from sla.outages.merging import hits_of, story_of
from sla.outages.reports import OWN_SOURCE, Draft, Hit


@recorded
def announce(
    *, said: Announcement, outage: Outage | None = None, with_outage: bool = False, by: User | None
) -> ServiceNotice:
    """Of an outage that is known; or `with_outage`, one that is registered now. Information is never an outage."""
    notice = publish_notice(said=said, by=by)
    if outage is None and with_outage and said.kind != NoticeKind.INFORMATION:
        outage = register_outage(draft=_draft(said, notice.published_at), outage=None, by=by)
    if outage:
        outage.notice = notice
        outage.save(update_fields=["notice"])
    return notice


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


def _draft(said: Announcement, told_at: datetime) -> Draft:
    is_planned = said.kind == NoticeKind.PLANNED
    return Draft(
        title=said.title,
        kind=OutageKind.PLANNED if is_planned else OutageKind.UNPLANNED,
        started=said.starts,
        ended=said.expected_end if is_planned else None,
        notified=told_at if is_planned else None,
        hits=[
            *(Hit(service, None) for service in said.services if not said.owners),
            *(Hit(service, owner) for service in said.services for owner in said.owners),
        ],
    )


def _move_outages(notice: ServiceNotice, ended: datetime | None, by: User | None) -> None:
    """Those that were registered here, save a failure whose end is known already."""
    own = notice.outages.filter(source=OWN_SOURCE).exclude(kind=OutageKind.UNPLANNED, ended__isnull=False)
    for outage in own.prefetch_related("reach__service", "reach__organisation"):
        moved = replace(story_of(outage), hits=hits_of(outage), ended=ended and max(ended, outage.started))
        save_outages(reports=[moved], by=by)
