"""Figures that have changed since the board was last told them. A published report never changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from benefits.models import Type
from benefits.reporting import Benefits
from services.reporting import Orders
from sla.levels import Level, share_in_percent
from sla.reporting import Names, Promises, ServiceLevels
from sla.reporting.uptime import UptimeFigures

LIMITS = ("wanted", "good_enough")
"""What a level is held against."""
FINEST = 6
"""Decimals of a share in per cent: what is the same with so many reads the same."""


@dataclass(frozen=True)
class Correction:
    """One figure of an earlier quarter: what the newest report before this one said, and what it is now. What was
    counted may be another, or what it is held against, or both.

    service is None for all services together; owner is empty for all owners together, and in reports from before the
    owners were compared; metric is a value of `sla.models.Metric`.
    """

    told_in: str
    quarter: str
    service: Names | None
    metric: str
    was: Level
    now: Level
    owner: str = ""

    @property
    def is_of_counts(self) -> bool:
        return (self.was.counted, self.was.met) != (self.now.counted, self.now.met)

    @property
    def limits(self) -> tuple[str, ...]:
        """Those of LIMITS that are another share of what was counted; none where one of the two was not measured."""
        if not (self.was.counted and self.now.counted):
            return ()
        return tuple(name for name in LIMITS if _share(self.was, name) != _share(self.now, name))

    @property
    def is_news(self) -> bool:
        return self.is_of_counts or bool(self.limits)


def _share(level: Level, limit: str) -> Decimal | None:
    return share_in_percent(getattr(level, limit), level.counted, FINEST)


type Row = tuple[Names | None, str, Promises, Promises]
"""Of a service, of an owner by name, or of all: as told, and as it is now."""


def corrections(told_in: str, before: ServiceLevels, now: ServiceLevels) -> tuple[Correction, ...]:
    """Those of the quarters that both reports show, the newest quarter first: of all, then of services, then of owners.
    `told_in` is the earlier's period.
    """
    return tuple(_changed(told_in, before, now))


def _changed(told_in: str, before: ServiceLevels, now: ServiceLevels) -> Iterator[Correction]:
    for quarter, then, today in _of_both(before.quarters, now.quarters):
        services = _beside(before.services, now.services, then, today, Promises())
        owners = _beside(before.owners, now.owners, then, today, Promises())
        rows: list[Row] = [
            (None, "", before.total[then], now.total[today]),
            *((one.name, "", was, level) for one, was, level in services),
            *((None, one.name, was, level) for one, was, level in owners),
        ]
        for service, owner, was, level in rows:
            for metric in ("resolution", "response"):
                told, counted = getattr(was, metric), getattr(level, metric)
                one = Correction(told_in, quarter, service, metric, told, counted, owner)
                if one.is_news:
                    yield one


def uptime_corrections(told_in: str, before: UptimeFigures | None, now: UptimeFigures | None) -> tuple[Correction, ...]:
    """Of the availability that both reports tell, the newest quarter first; of a report without it, none."""
    return tuple(_changed_uptime(told_in, before, now)) if before and now else ()


def _changed_uptime(told_in: str, before: UptimeFigures, now: UptimeFigures) -> Iterator[Correction]:
    for quarter, then, today in _of_both(before.quarters, now.quarters):
        services = _beside(before.services, now.services, then, today, Level())
        rows: list[tuple[Names | None, Level, Level]] = [
            (None, before.total[then], now.total[today]),
            *((one.name, was, level) for one, was, level in services),
        ]
        for name, was, level in rows:
            one = Correction(told_in, quarter, name, "availability", was, level)
            if one.is_news:
                yield one


def _of_both(before: Sequence[str], now: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """The quarters that both show, the newest first, with their places."""
    for quarter in sorted(set(before) & set(now), reverse=True):
        yield quarter, before.index(quarter), now.index(quarter)


def _beside[F](
    before: Sequence[Any], now: Sequence[Any], then: int, today: int, nothing: F
) -> Iterator[tuple[Any, F, F]]:
    """Services or owners with their figures of a quarter, told and now: those of now, then those that are gone."""
    earlier, shown = {one.id: one for one in before}, {one.id for one in now}
    for one in now:
        yield one, earlier[one.id].quarters[then] if one.id in earlier else nothing, one.quarters[today]
    for one in before:
        if one.id not in shown:
            yield one, one.quarters[then], nothing


@dataclass(frozen=True)
class Recount:
    """One number of an earlier quarter, told and as it is now. `figure` is a key of what `recounts` compares."""

    told_in: str
    quarter: str
    figure: str
    was: Decimal
    now: Decimal


type Rooms = tuple[Orders | None, Benefits | None]
type Series = dict[str, dict[str, Decimal]]
"""By figure and quarter."""


def recounts(told_in: str, before: Rooms, now: Rooms) -> tuple[Recount, ...]:
    """The numbers of orders and benefits that both reports tell of a quarter and that differ, newest quarter first."""
    then, today = _series(*before), _series(*now)
    found = [
        Recount(told_in, quarter, figure, then[figure][quarter], value)
        for figure, series in today.items()
        for quarter, value in series.items()
        if then.get(figure, {}).get(quarter, value) != value
    ]
    return tuple(sorted(found, key=lambda one: one.quarter, reverse=True))


def _series(orders: Orders | None, benefits: Benefits | None) -> Series:
    return (_of_orders(orders) if orders else {}) | (_of_benefits(benefits) if benefits else {})


def _of_orders(orders: Orders) -> Series:
    told = list(zip(orders.quarters, orders.series, strict=True))
    return {
        "orders_placed": {quarter: Decimal(one.placed) for quarter, one in told},
        "orders_delivered": {quarter: Decimal(one.delivered) for quarter, one in told},
        "orders_on_time": {quarter: Decimal(one.on_time) for quarter, one in told},
    }


def _of_benefits(benefits: Benefits) -> Series:
    effects = {kind: benefits.of_type(kind) for kind in (Type.MONEY, Type.TIME)}
    return {
        f"benefits_{kind.value}": {
            quarter: effect.realised for quarter, effect in zip(benefits.quarters, figures.effects, strict=True)
        }
        for kind, figures in effects.items()
        if figures
    }
