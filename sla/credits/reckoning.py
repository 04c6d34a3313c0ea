"""What the kept figures of months give, by the ladders of the versions that judged them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from sla.credits.ladder import Ladder, capped, credit
from sla.levels import Level
from sla.models import AgreementVersion, Availability, Commitment, Compliance, Metric, Phase, PhaseChange
from sla.querysets import LevelQuerySet, Pair, any_of_pairs
from sla.spans import Month

FREE = (Phase.PREPARATION, Phase.TRIAL)
"""Phases that are measured and give no credits."""

type Cell = tuple[int, int, date]
"""The ids of a service and an organisation, and the first day of a month."""
type Levels = Mapping[Metric, Level]


@dataclass(frozen=True)
class Terms:
    """The ladders of a version by metric, and what they give together at most."""

    ladders: Mapping[Metric, Ladder]
    cap: Decimal

    @classmethod
    def of(cls, version: AgreementVersion) -> "Terms":
        """Of a version fetched with its steps. Without a cap the ladders are off."""
        ladders: dict[Metric, Ladder] = defaultdict(list)
        for row in version.credit_steps.all():
            ladders[Metric(row.metric)] = [*ladders[Metric(row.metric)], row.step]
        return cls(ladders, version.credit_cap_percent or Decimal(0))


@dataclass(frozen=True)
class Line:
    metric: Metric
    level: Level
    percent: Decimal


@dataclass(frozen=True)
class Reckoned:
    """What a month gives a service of an organisation."""

    version_id: int
    lines: Sequence[Line]
    percent: Decimal


def reckon(version_id: int, terms: Terms, levels: Levels) -> Reckoned:
    lines = [Line(metric, level, credit(level, terms.ladders.get(metric, ()))) for metric, level in levels.items()]
    given = [line for line in lines if line.percent]
    return Reckoned(version_id, given, capped((line.percent for line in given), terms.cap))


def reckoned(first: Month, last: Month, pairs: Iterable[Pair] | None = None) -> dict[Cell, Reckoned]:
    """Of these months, both included: those that give something. Only guarantees count, and only of versions that have
    turned credits on. Where the version was followed within the month, the ladder of the last one holds for the whole
    of it. What an agreement measured in a month that began in its trial operation, or before, gives nothing.
    """
    versions = {row.pk: row for row in AgreementVersion.objects.crediting().prefetch_related("credit_steps")}
    if not versions:
        return {}
    terms = {pk: Terms.of(version) for pk, version in versions.items()}
    free = FreeMonths.of({version.agreement_id for version in versions.values()})
    found: dict[Cell, Reckoned] = {}
    for cell, by_version in _guaranteed(versions, first, last, pairs).items():
        billed = {pk: part for pk, part in by_version.items() if not free.has(versions[pk].agreement_id, cell[2])}
        if not billed:
            continue
        governing = max(billed, key=lambda pk: versions[pk].period.lower or date.min)
        one = reckon(governing, terms[governing], added(billed.values()))
        if one.percent:
            found[cell] = one
    return found


def added(parts: Iterable[Levels]) -> Levels:
    total: dict[Metric, Level] = defaultdict(Level)
    for levels in parts:
        for metric, level in levels.items():
            total[metric] += level
    return total


def _guaranteed(
    versions: Iterable[int], first: Month, last: Month, pairs: Iterable[Pair] | None
) -> dict[Cell, dict[int, dict[Metric, Level]]]:
    """Levels by cell, version and metric."""
    found: dict[Cell, dict[int, dict[Metric, Level]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(Level)))
    for (service, owner, month, version, metric), level in _levels(versions, first, last, pairs):
        found[service, owner, month][version][Metric(metric)] += level
    return found


def _levels(
    versions: Iterable[int], first: Month, last: Month, pairs: Iterable[Pair] | None
) -> Iterator[tuple[tuple[int, int, date, int, str], Level]]:
    wanted = Q() if pairs is None else any_of_pairs(pairs)
    guaranteed = wanted & Q(target__commitment=Commitment.GUARANTEE, target__version__in=versions)
    by = ("service", "organisation", "month", "target__version", "target__metric")
    kept: tuple[LevelQuerySet[Compliance] | LevelQuerySet[Availability], ...] = (
        Compliance.objects.all(),
        Availability.objects.all(),
    )
    for rows in kept:
        yield from rows.filter(guaranteed).in_months(first.first, last.last).levels(*by).items()


@dataclass(frozen=True)
class FreeMonths:
    """In which months agreements were in a phase that gives no credits: their changes, the oldest first."""

    changes: Mapping[int, Sequence[PhaseChange]]

    @classmethod
    def of(cls, agreements: Iterable[int]) -> "FreeMonths":
        found: dict[int, list[PhaseChange]] = defaultdict(list)
        for change in PhaseChange.objects.filter(agreement__in=agreements).order_by("day", "pk"):
            found[change.agreement_id].append(change)
        return cls(found)

    def has(self, agreement: int, month: date) -> bool:
        """By the phase on the first day of the month, or the first phase that is known."""
        changes = self.changes.get(agreement, ())
        begun = [change for change in changes if change.day <= month] or changes[:1]
        return bool(begun) and begun[-1].phase in FREE
