"""Service notices as a reader sees them, and how the services of an organisation stand now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

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
    own = NoticeReach.objects.filter(organisation=organisation).select_related("service", "organisation")
    seen = ServiceNotice.objects.hitting([organisation.pk]).prefetch_related(
        Prefetch("reach", own, to_attr="visible_reach")
    )
    current = list(seen.current(now))
    told = [hit for notice in current for hit in notice.visible_reach]  # type: ignore[attr-defined]
    services = _standings([organisation.pk], told, now)[organisation.pk]
    services.sort(key=lambda one: (not one.is_down, not one.is_worked_on, one.service.sort_key))
    recent = seen.over_since(now - PAST, now)
    return StatusOf(organisation, services, current, list(seen.coming(now)), list(recent))


def down_by_owner(organisations: Collection[int], now: datetime) -> dict[int, int]:
    """How many services are down for each, in three queries for all of them."""
    told = NoticeReach.objects.filter(
        organisation__in=organisations, notice__in=ServiceNotice.objects.current(now)
    ).select_related("notice")
    found = _standings(organisations, told, now)
    return {owner: sum(one.is_down for one in services) for owner, services in found.items()}


def _standings(organisations: Collection[int], told: Iterable[NoticeReach], now: datetime) -> dict[int, list[Standing]]:
    """How the services of each stand, given what current notices tell of them."""
    held = Subscription.objects.current().filter(organisation__in=organisations).select_related("service")
    found = {(row.organisation_id, row.service_id): Standing(row.service) for row in held}
    for hit in told:
        if one := found.get((hit.organisation_id, hit.service_id)):
            one.notices.append(hit.notice)
    for down in _going_on(organisations, now):
        for owner in organisations if down.organisation_id is None else [down.organisation_id]:
            if one := found.get((owner, down.service_id)):
                one.outages.append(down.outage)
    return {owner: [one for (of, _), one in found.items() if of == owner] for owner in organisations}


def _going_on(organisations: Collection[int], now: datetime) -> QuerySet[OutageReach]:
    """Registered by whomever, told of or not."""
    hit = OutageReach.objects.filter(Q(organisation=None) | Q(organisation__in=organisations))
    return hit.filter(outage__in=Outage.objects.ongoing(now)).select_related("outage")
