"""How a service or an owner stands: which rows a sentence may lean on, and for how long it has been so."""

from collections.abc import Sequence
from itertools import takewhile

from sla.levels import Level, Status
from sla.reporting import OwnerFigures, Promises, ServiceFigures, ServiceLevels

FEWEST = 5
"""With fewer clocks than this a share is luck, and no heading is made of it."""


def is_thin(level: Level) -> bool:
    return level.counted < FEWEST


def falls_short(promises: Promises) -> list[str]:
    """The promises that are not good enough on clocks enough to say so, the one with most broken deadlines first."""
    kept = {"resolution": promises.resolution, "response": promises.response}
    short = [metric for metric, level in kept.items() if level.status == Status.NOT_GOOD_ENOUGH and not is_thin(level)]
    return sorted(short, key=lambda metric: kept[metric].met - kept[metric].counted)


def is_clear(promises: Promises) -> bool:
    """Whether the status rests on clocks enough to be put in a sentence."""
    if promises.status == Status.NOT_GOOD_ENOUGH:
        return bool(falls_short(promises))
    return not (is_thin(promises.resolution) and is_thin(promises.response))


def failing(levels: ServiceLevels) -> list[ServiceFigures]:
    """Services that a heading may call failing, most broken deadlines first."""
    return sorted((one for one in levels.services if falls_short(one.now)), key=lambda one: -one.now.missed)


def unclear(levels: ServiceLevels) -> int:
    """How many services lie below what is good enough on too few clocks to be called failing."""
    return sum(one.now.status == Status.NOT_GOOD_ENOUGH and not is_clear(one.now) for one in levels.services)


def failing_owners(levels: ServiceLevels) -> list[OwnerFigures]:
    return [one for one in levels.owners if falls_short(one.now)]


def good(rows: Sequence[ServiceFigures] | Sequence[OwnerFigures], quarter: int = -1) -> int:
    """How many were good enough or better, of both promises, in a quarter."""
    return well_kept([one.quarters[quarter] for one in rows])


def measured(rows: Sequence[ServiceFigures] | Sequence[OwnerFigures], quarter: int = -1) -> int:
    return measured_promises([one.quarters[quarter] for one in rows])


def well_kept(promises: Sequence[Promises]) -> int:
    """How many were good enough or better, of those of one owner or one service."""
    return sum(one.status in (Status.ON_TARGET, Status.GOOD_ENOUGH) for one in promises)


def measured_promises(promises: Sequence[Promises]) -> int:
    return sum(one.status != Status.NOT_MEASURED for one in promises)


def lasted(quarters: Sequence[Promises]) -> int:
    """For how many quarters, this one included, the status has been what it is."""
    return sum(1 for _one in takewhile(lambda one: one.status == quarters[-1].status, reversed(quarters)))
