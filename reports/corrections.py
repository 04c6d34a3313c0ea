"""Figures that have changed since the board was last told them. A published report never changes."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from benefits.models import Type
from benefits.reporting import Benefits
from services.reporting import Orders
from sla.levels import Level
from sla.reporting import Names, Promises, ServiceLevels
from sla.reporting.uptime import UptimeFigures


@dataclass(frozen=True)
class Correction:
    """One figure of an earlier quarter: what the newest report before this one said, and what it is now.

    service is None for all services together; metric is a value of `sla.models.Metric`.
    """

    told_in: str
    quarter: str
    service: Names | None
    metric: str
    was: Level
    now: Level


def corrections(told_in: str, before: ServiceLevels, now: ServiceLevels) -> tuple[Correction, ...]:
    """Those of the quarters that both reports show, the newest quarter first. `told_in` is the earlier's period."""
    return tuple(_changed(told_in, before, now))


def _changed(told_in: str, before: ServiceLevels, now: ServiceLevels) -> Iterator[Correction]:
    earlier = {service.id: service.quarters for service in before.services}
    for quarter in sorted(set(before.quarters) & set(now.quarters), reverse=True):
        then, today = before.quarters.index(quarter), now.quarters.index(quarter)
        yield from _differing(told_in, quarter, None, before.total[then], now.total[today])
        for service in now.services:
            was = earlier[service.id][then] if service.id in earlier else Promises()
            yield from _differing(told_in, quarter, service.name, was, service.quarters[today])


def _differing(told_in: str, quarter: str, service: Names | None, was: Promises, now: Promises) -> Iterator[Correction]:
    for metric, before, after in (
        ("resolution", was.resolution, now.resolution),
        ("response", was.response, now.response),
    ):
        if (before.counted, before.met) != (after.counted, after.met):
            yield Correction(told_in, quarter, service, metric, before, after)


def uptime_corrections(told_in: str, before: UptimeFigures | None, now: UptimeFigures | None) -> tuple[Correction, ...]:
    """Of the availability that both reports tell, the newest quarter first; of a report without it, none."""
    return tuple(_changed_uptime(told_in, before, now)) if before and now else ()


def _changed_uptime(told_in: str, before: UptimeFigures, now: UptimeFigures) -> Iterator[Correction]:
    earlier = {service.id: service.quarters for service in before.services}
    for quarter in sorted(set(before.quarters) & set(now.quarters), reverse=True):
        then, today = before.quarters.index(quarter), now.quarters.index(quarter)
        told: list[tuple[Names | None, Level, Level]] = [(None, before.total[then], now.total[today])]
        for service in now.services:
            was = earlier[service.id][then] if service.id in earlier else Level()
            told.append((service.name, was, service.quarters[today]))
        for name, was, level in told:
            if (was.counted, was.met) != (level.counted, level.met):
                yield Correction(told_in, quarter, name, "availability", was, level)


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
