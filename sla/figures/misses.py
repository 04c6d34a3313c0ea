"""Targets that were missed while nobody is to improve anything: what a missed target leads to unless it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kit.quarters import Quarter
from partnership.models import User
from services.models import Service
from sla.levels import Level, Status
from sla.models import Availability, Commitment, Compliance, Improvement, Metric, ServiceAgreement

MISSED = (Status.GOOD_ENOUGH, Status.NOT_GOOD_ENOUGH)
ASKING = (Commitment.GUARANTEE, Commitment.DECLARATION)
"""What is required of a municipality, and a guideline, ask nobody here to improve anything."""
BY = ("target__version__agreement", "service", "target__metric", "target")

type Promise = tuple[int, int, str]
"""The ids of an agreement and of a service, and the metric of what was promised."""


@dataclass(frozen=True)
class Missed:
    """A promise over all owners in a quarter. `target` is the id of the one that most incidents or seconds missed."""

    agreement_id: int
    service_id: int
    metric: Metric
    level: Level
    target: int


@dataclass(frozen=True)
class Miss:
    agreement: ServiceAgreement
    service: Service
    missed: Missed


def left_alone(user: User, quarter: Quarter) -> list[Missed]:
    """What the reader may see and no improvement is about, the worst status first: in three queries at most."""
    found = list(_missed(user, quarter))
    if not found:
        return []
    known = list(Improvement.objects.visible_to(user).lasting(quarter.first).select_related("target"))
    alone = [one for one in found if not any(_is_about(improvement, one) for improvement in known)]
    return sorted(alone, key=_how_well)


def _how_well(one: Missed) -> tuple[bool, Decimal]:
    """By status, and then by how much of what was to be met was met."""
    return one.level.status != Status.NOT_GOOD_ENOUGH, one.level.met / one.level.wanted


def misses(user: User, quarter: Quarter) -> list[Miss]:
    """The same with names: in five queries at most."""
    found = left_alone(user, quarter)
    agreements = ServiceAgreement.objects.in_bulk({one.agreement_id for one in found})
    services = Service.objects.in_bulk({one.service_id for one in found})
    return [Miss(agreements[one.agreement_id], services[one.service_id], one) for one in found]


def _missed(user: User, quarter: Quarter) -> Iterator[Missed]:
    parts: dict[Promise, dict[int, Level]] = {}
    for results in (Compliance.objects.all(), Availability.objects.all()):
        asking = results.visible_to(user).filter(target__commitment__in=ASKING)
        rows = asking.in_months(quarter.first, quarter.last)
        for (agreement, service, metric, target), level in rows.levels(*BY).items():
            parts.setdefault((agreement, service, metric), {})[target] = level
    for (agreement, service, metric), levels in parts.items():
        whole = sum(levels.values(), Level())
        if whole.status in MISSED:
            worst = max(levels, key=lambda target: levels[target].wanted - levels[target].met)
            yield Missed(agreement, service, Metric(metric), whole, worst)


def _is_about(improvement: Improvement, missed: Missed) -> bool:
    """One of a service is about all that was promised of it, one of a target about all services; for one owner is
    enough, as it is begun. One that names neither is about no target in particular.
    """
    return (
        bool(improvement.service_id or improvement.target)
        and improvement.agreement_id == missed.agreement_id
        and improvement.service_id in (None, missed.service_id)
        and (improvement.target is None or improvement.target.metric == missed.metric)
    )
