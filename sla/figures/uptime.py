"""What stands behind a figure of availability: the months, the outages, and how long each of them cost."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property

import numpy as np
from django.db.models import Q

from partnership.models import Organisation, User
from services.models import CalendarVersion, Service
from sla.availability import arithmetic
from sla.availability.arithmetic import Spans
from sla.availability.reading import MILLION, notice_given
from sla.availability.terms import Ground, grounds
from sla.levels import Level, share_in_percent
from sla.models import Availability, Outage, Target
from sla.spans import Month, Span, instants

type Bounds = tuple[int, int]
"""Epoch seconds [since, until)."""

NO_TIME = timedelta()
DECIMALS = 2


@dataclass(frozen=True)
class Fault:
    """An outage as one organisation met it with one service; `cost` is the agreed time that it took alone.

    `is_late` is planned work that was notified too late, and so counts as downtime.
    """

    outage: Outage
    cost: timedelta
    is_planned: bool

    @property
    def is_late(self) -> bool:
        return self.outage.is_planned and not self.is_planned


@dataclass(frozen=True)
class Uptime:
    """A service for an organisation over a span. `stretches` are times down without a break, each in agreed time."""

    service: Service
    organisation: Organisation
    span: Span
    rows: Sequence[Availability]
    faults: Sequence[Fault]
    stretches: Sequence[timedelta]

    @property
    def level(self) -> Level:
        return sum((row.level for row in self.rows), Level())

    @property
    def percent(self) -> Decimal | None:
        """Rounded down."""
        return self.level.percent(DECIMALS)

    @property
    def down(self) -> timedelta:
        return timedelta(seconds=self.level.counted - self.level.met)

    @property
    def planned(self) -> timedelta:
        return timedelta(seconds=sum(row.planned_seconds for row in self.rows))

    @property
    def agreed(self) -> timedelta:
        return timedelta(seconds=sum(row.agreed_seconds for row in self.rows))

    @property
    def weighted_percent(self) -> Decimal | None:
        """Each second weighed by the share of the users that were hit; rounded down."""
        lost = Decimal(sum(row.weighted_microseconds for row in self.rows)) / MILLION
        return share_in_percent(self.level.counted - lost, self.level.counted, DECIMALS)

    @property
    def wall_percent(self) -> Decimal | None:
        """By the clock on the wall, open or not; rounded down."""
        whole = sum(row.wall_seconds - row.wall_planned_seconds for row in self.rows)
        lost = sum(row.wall_down_seconds for row in self.rows)
        return share_in_percent(Decimal(whole - lost), whole, DECIMALS)

    @property
    def budget_left(self) -> timedelta:
        """How much longer it could be down and still be on target; negative where it is not."""
        return timedelta(seconds=float(self.level.met - self.level.wanted))

    @property
    def longest(self) -> timedelta:
        return max(self.stretches, default=NO_TIME)

    @property
    def mean_time_to_restore(self) -> timedelta | None:
        return self.down / len(self.stretches) if self.stretches else None

    @property
    def mean_time_between_failures(self) -> timedelta | None:
        """Time up for each time that it went down."""
        up = timedelta(seconds=self.level.met)
        return up / len(self.stretches) if self.stretches else None

    @cached_property
    def targets(self) -> list[Target]:
        return list({row.target_id: row.target for row in self.rows}.values())

    @cached_property
    def calendar_versions(self) -> list[CalendarVersion]:
        used = {version for row in self.rows for version in row.calendar_versions}
        return list(CalendarVersion.objects.filter(pk__in=used).select_related("calendar"))


def uptime(user: User, service: Service, organisation: Organisation, span: Span) -> Uptime:
    """What the reader may see of a service for an organisation in a month or quarter."""
    rows = list(
        Availability.objects.visible_to(user)
        .in_months(span.first, span.last)
        .filter(service=service, organisation=organisation)
        .select_related("target__version__agreement", "run")
        .order_by("month", "target")
    )
    if not rows:
        return Uptime(service, organisation, span, rows, [], [])
    months = sorted(Month(row.month.year, row.month.month) for row in rows)
    ground = list(grounds({(service.pk, organisation.pk)}, months[0], months[-1]))
    as_of = max(row.run.as_of for row in rows)
    outages = list(_outages(user, service, organisation, span))
    faults = [fault for one in outages for fault in _faults(one, ground, as_of)]
    return Uptime(service, organisation, span, rows, faults, list(_stretches(outages, ground, as_of)))


def _outages(user: User, service: Service, organisation: Organisation, span: Span) -> Iterable[Outage]:
    """Oldest first."""
    hit = Q(reach__organisation=organisation) | Q(reach__organisation=None)
    rows = Outage.objects.visible_to(user).within(*instants(span)).filter(hit, reach__service=service)
    return rows.order_by("started", "pk").distinct()


def _faults(outage: Outage, ground: Sequence[Ground], as_of: datetime) -> Iterator[Fault]:
    """One, or two where a change of agreement made its notice too short, or long enough."""
    costs: dict[bool, timedelta] = {}
    for one in ground:
        is_planned = counts_as_planned(outage, one)
        costs[is_planned] = costs.get(is_planned, NO_TIME) + _cost(one, [(0, bounds(outage, as_of))], [], 1)[0]
    for is_planned, cost in costs.items():
        if cost or len(costs) == 1:
            yield Fault(outage, cost, is_planned)


def counts_as_planned(outage: Outage, ground: Ground) -> bool:
    return outage.is_planned and notice_given(outage.started, outage.notified) >= ground.notice_days


def _stretches(outages: Sequence[Outage], ground: Sequence[Ground], as_of: datetime) -> Iterator[timedelta]:
    """The times down without a break, without what planned work took of them; those that took agreed time."""
    down = [[bounds(one, as_of) for one in outages if not counts_as_planned(one, each)] for each in ground]
    planned = [[bounds(one, as_of) for one in outages if counts_as_planned(one, each)] for each in ground]
    whole = list(united(span for spans in down for span in spans))
    begins = [since for since, _until in whole]
    costs = [
        _cost(one, [(bisect_right(begins, span[0]) - 1, span) for span in own], taken, len(whole))
        for one, own, taken in zip(ground, down, planned, strict=True)
    ]
    for parts in zip(*costs, strict=True):
        if total := sum(parts, NO_TIME):
            yield total


def united(spans: Iterable[Bounds]) -> Iterator[Bounds]:
    """Spans in order, with those that touch or overlap made one."""
    known: Bounds | None = None
    for since, until in sorted(spans):
        if known and since <= known[1]:
            known = known[0], max(known[1], until)
            continue
        if known:
            yield known
        known = since, until
    if known:
        yield known


def _cost(
    ground: Ground, down: Sequence[tuple[int, Bounds]], planned: Sequence[Bounds], stretches: int
) -> list[timedelta]:
    """The agreed time of each stretch of downtime, which its spans name, less what planned work took of it."""
    rows = [(place, *span, 0) for place, span in down]
    rows += [(place, *span, 1) for place in range(stretches) for span in planned]
    places, froms, tos, is_planned = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    spans = Spans(places, froms, tos, is_planned.astype(bool), np.full_like(places, MILLION))
    sums = arithmetic.sums(spans, ground.stretches, stretches, len(ground.months), ground.worked)
    return [timedelta(seconds=int(seconds)) for seconds in sums.down.sum(axis=1)]


def bounds(outage: Outage, as_of: datetime) -> Bounds:
    return int(outage.started.timestamp()), int(max(outage.ended or as_of, outage.started).timestamp())
