"""Targets that were missed while nobody is to improve anything: what a missed target leads to unless it is done."""

from dataclasses import dataclass
from decimal import Decimal

from kit.quarters import Quarter
from partnership.models import User
from services.models import Service
from sla.levels import Level, Status
from sla.models import Availability, Commitment, Compliance, Improvement, Metric, ServiceAgreement, Target

MISSED = (Status.GOOD_ENOUGH, Status.NOT_GOOD_ENOUGH)
ASKING = (Commitment.GUARANTEE, Commitment.DECLARATION)
"""What is required of a municipality, and a guideline, ask nobody here to improve anything."""
BY = ("target__version__agreement", "service", "target__metric", "target")

type Promise = tuple[int, int, str]
"""The ids of an agreement and of a service, and the metric of what was promised."""


@dataclass(frozen=True)
class Miss:
    """What an agreement promised of a service, over all its owners in a quarter. `target` is the one that most
    incidents or seconds missed.
    """

    service: Service
    target: Target
    level: Level

    @property
    def metric(self) -> Metric:
        return Metric(self.target.metric)

    @property
    def agreement(self) -> ServiceAgreement:
        return self.target.version.agreement


def misses(user: User, quarter: Quarter) -> list[Miss]:
    """What the reader may see and no improvement is about, the worst status first: in five queries at most."""
    found = _missed(user, quarter)
    targets = Target.objects.select_related("version__agreement").in_bulk({target for _service, target in found})
    services = Service.objects.in_bulk({service for service, _target in found})
    every = [Miss(services[service], targets[target], level) for (service, target), level in found.items()]
    known = list(Improvement.objects.visible_to(user).lasting(quarter.first).select_related("target")) if every else []
    alone = [one for one in every if not any(_is_about(improvement, one) for improvement in known)]
    return sorted(alone, key=_how_well)


def _missed(user: User, quarter: Quarter) -> dict[tuple[int, int], Level]:
    """By the ids of the service and of its worst target."""
    parts: dict[Promise, dict[int, Level]] = {}
    for results in (Compliance.objects.all(), Availability.objects.all()):
        asking = results.visible_to(user).filter(target__commitment__in=ASKING)
        rows = asking.in_months(quarter.first, quarter.last)
        for (agreement, service, metric, target), level in rows.levels(*BY).items():
            parts.setdefault((agreement, service, metric), {})[target] = level
    found = {}
    for (_agreement, service, _metric), levels in parts.items():
        whole = sum(levels.values(), Level())
        if whole.status in MISSED:
            worst = max(levels, key=lambda target: levels[target].wanted - levels[target].met)
            found[service, worst] = whole
    return found


def _how_well(one: Miss) -> tuple[bool, Decimal]:
    """By status, and then by how much of what was to be met was met."""
    return one.level.status != Status.NOT_GOOD_ENOUGH, one.level.met / one.level.wanted


def _is_about(improvement: Improvement, miss: Miss) -> bool:
    """One of a service is about all that was promised of it, one of a target about all services; for one owner is
    enough, as it is begun. One that names neither is about no target in particular.
    """
    return (
        bool(improvement.service_id or improvement.target)
        and improvement.agreement_id == miss.agreement.pk
        and improvement.service_id in (None, miss.service.pk)
        and (improvement.target is None or improvement.target.metric == miss.metric)
    )
