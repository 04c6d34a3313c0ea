"""Service notices as a reader sees them, and how the services of an organisation stand now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from partnership.models import Organisation
from services.models import NoticeKind, NoticeReach, Service, ServiceNotice, Subscription
from sla.models import Outage, OutageKind, OutageReach

PAST = timedelta(days=14)


@dataclass
class Standing:
    """A service of an organisation: the notices that hit it now, and the outages that go on."""

    service: Service
    notices: list[ServiceNotice] = field(default_factory=list)
    outages: list[Outage] = field(default_factory=list)

    @property
    def is_down(self) -> bool:
        told = any(notice.kind == NoticeKind.FAULT for notice in self.notices)
        return told or any(outage.kind == OutageKind.UNPLANNED for outage in self.outages)

    @property
    def is_worked_on(self) -> bool:
        """Planned, and not down besides."""
        told = any(notice.kind == NoticeKind.PLANNED for notice in self.notices)
        return not self.is_down and (told or bool(self.outages))


@dataclass(frozen=True)
class StatusOf:
    """An organisation's services, those in trouble first, and the notices that are current, coming and over of late."""

    organisation: Organisation
    services: Sequence[Standing]
    current: Sequence[ServiceNotice]
    coming: Sequence[ServiceNotice]
    past: Sequence[ServiceNotice]

    @property
    def down(self) -> int:
        return sum(one.is_down for one in self.services)


def notices(user: Any) -> QuerySet[ServiceNotice]:
    """What the reader may see, with `visible_reach`: two queries for any number of rows."""
    rows = NoticeReach.objects.visible_to(user).select_related("service", "organisation")
    return ServiceNotice.objects.visible_to(user).prefetch_related(Prefetch("reach", rows, to_attr="visible_reach"))


def status_of(organisation: Organisation, now: datetime) -> StatusOf:
    """In the same few queries, however many services and notices there are."""
    held = Subscription.objects.current().filter(organisation=organisation).select_related("service")
    standings = {row.service_id: Standing(row.service) for row in held}
    own = NoticeReach.objects.filter(organisation=organisation).select_related("service", "organisation")
    seen = ServiceNotice.objects.hitting([organisation.pk]).prefetch_related(
        Prefetch("reach", own, to_attr="visible_reach")
    )
    current, recent = list(seen.current(now)), seen.over(now).filter(starts__gt=now - PAST)
    for notice in current:
        for hit in notice.visible_reach:  # type: ignore[attr-defined]
            if hit.service_id in standings:
                standings[hit.service_id].notices.append(notice)
    for hit in _going_on(organisation, now):
        if hit.service_id in standings:
            standings[hit.service_id].outages.append(hit.outage)
    ordered = sorted(standings.values(), key=lambda one: (not one.is_down, not one.is_worked_on, one.service.sort_key))
    return StatusOf(organisation, ordered, current, list(seen.coming(now)), list(recent))


def _going_on(organisation: Organisation, now: datetime) -> QuerySet[OutageReach]:
    """Registered by whomever, told of or not."""
    everyone_s = OutageReach.objects.filter(organisation=None) | OutageReach.objects.filter(organisation=organisation)
    return everyone_s.filter(outage__in=Outage.objects.ongoing(now)).select_related("outage")
