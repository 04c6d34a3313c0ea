"""Figures that have changed since the board was last told them. A published report never changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from sla.levels import Level
from sla.reporting import Names, Promises, ServiceLevels


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
