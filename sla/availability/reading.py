"""Outages out of the database, in columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet

from kit.formats import OSLO
from sla.availability.arithmetic import Spans
from sla.availability.terms import Ground
from sla.models import OutageKind, OutageReach
from sla.querysets import Pair
from sla.timelines import Column

MILLION = 1_000_000
ONE_DAY = timedelta(days=1)
UNLIMITED = 1 << 30
"""Days of notice of planned work that names none: it was notified in time."""
EVERYONE = 0
FIELDS = (
    "service_id",
    "organisation_id",
    "outage__started",
    "outage__ended",
    "outage__kind",
    "outage__notified",
    "affected_share",
)


@dataclass(frozen=True)
class Hits:
    """Columns of one length: a service, an organisation or EVERYONE, [froms, tos), share and days of notice.

    Days of notice of unplanned outages are -1, less than any agreement asks for.
    """

    services: Column
    organisations: Column
    froms: Column
    tos: Column
    shares: Column
    notice: Column


def hits_between(since: datetime, until: datetime, as_of: datetime, services: Iterable[int] | None) -> Hits:
    """What lies in [since, until), of these services or of all; an outage without an end goes on until `as_of`."""
    rows = OutageReach.objects.filter(Q(outage__ended=None) | Q(outage__ended__gt=since), outage__started__lt=until)
    if services is not None:
        rows = rows.filter(service__in=set(services))
    return hits_of(rows, as_of)


def hits_of(rows: QuerySet[OutageReach], as_of: datetime) -> Hits:
    told = [_numbers(row, as_of) for row in rows.order_by("pk").values_list(*FIELDS).iterator()]
    return Hits(*np.array(told, dtype=np.int64).reshape(-1, 6).T)


def _numbers(row: Sequence[Any], as_of: datetime) -> tuple[int, ...]:
    service, organisation, started, ended, kind, notified, share = row
    over = max(ended or as_of, started)
    notice = notice_given(started, notified) if kind == OutageKind.PLANNED else -1
    seconds = (int(started.timestamp()), int(over.timestamp()))
    return service, organisation or EVERYONE, *seconds, int(share * MILLION), notice


def notice_given(started: datetime, notified: datetime | None) -> int:
    """Whole days of notice by the clock on the wall, at least 0; UNLIMITED where no time of notice is known.

    Notice after the work began is -1: it was none.
    """
    if notified is None:
        return UNLIMITED
    wall = [instant.astimezone(OSLO).replace(tzinfo=None) for instant in (notified, started)]
    return (wall[1] - wall[0]) // ONE_DAY


def spans_of(hits: Hits, ground: Ground) -> Spans:
    """The hits as everyone whom the target is promised to met them."""
    places = {pair: place for place, pair in enumerate(ground.places)}
    owners, met = _met(hits, places, _of_service(ground.places))
    return Spans(
        places=met,
        froms=hits.froms[owners],
        tos=hits.tos[owners],
        planned=hits.notice[owners] >= ground.notice_days,
        shares=hits.shares[owners],
    )


def _of_service(places: Sequence[Pair]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, (service, _organisation) in enumerate(places):
        found.setdefault(service, []).append(place)
    return found


def _met(hits: Hits, places: Mapping[Pair, int], of_service: Mapping[int, list[int]]) -> tuple[Column, Column]:
    """Positions of hits, and of those who met them."""
    pairs = [
        (row, place)
        for row, (service, organisation) in enumerate(
            zip(hits.services.tolist(), hits.organisations.tolist(), strict=True)
        )
        for place in _hit(service, organisation, places, of_service)
    ]
    owners, met = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return owners, met


def _hit(service: int, organisation: int, places: Mapping[Pair, int], of_service: Mapping[int, list[int]]) -> list[int]:
    if organisation == EVERYONE:
        return of_service.get(service, [])
    place = places.get((service, organisation))
    return [] if place is None else [place]
