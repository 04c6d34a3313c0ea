"""What would have been, had a version held all along: reckoned from what happened, and saved nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum

import numpy as np

from sla.availability.reading import hits_between
from sla.availability.reckoning import reckoned
from sla.availability.terms import Hours, ground_of, split
from sla.clocks import Clocks, Flags, Incidents, Terms, clocks_of, tally_of
from sla.credits.reckoning import Cell, FreeMonths, reckon
from sla.credits.reckoning import Terms as CreditTerms
from sla.credits.reckoning import reckoned as kept_credits
from sla.levels import Level
from sla.models import CLOCKED, AgreementVersion, Availability, Commitment, Metric, Target
from sla.querysets import Pair, any_of_pairs
from sla.recalculation.reading import of_places
from sla.recalculation.terms import load_terms, supposed_terms
from sla.spans import MONTHS_A_YEAR, Month, instants
from sla.tallies import Tally, together
from sla.timelines import YEAR_ZERO, Column

type Place = tuple[int, Metric]
"""The id of an organisation, and what is measured."""
type Levels = dict[Place, Level]
type Row = tuple[Cell, Target, Level]
"""What a target was worth for a service of an organisation in a month."""
type Credits = dict[Cell, Decimal]
"""Per cent of the price of the month."""
type Months = tuple[Month, Month]
"""The first and the last, both included."""


NOTHING = np.zeros(0, dtype=np.int64)


class Verdict(IntEnum):
    """Of a deadline: nothing was promised, it has not been decided yet, it was broken, it was held."""

    NONE = 0
    OPEN = 1
    BROKEN = 2
    HELD = 3

    @property
    def code(self) -> str:
        """For machines."""
        return self.name.lower()


@dataclass(frozen=True)
class Changes:
    """Deadlines of incidents that would have been judged otherwise: columns of one length. `metrics` are positions in
    CLOCKED, verdicts the numbers of `Verdict`.
    """

    incident_ids: Column
    metrics: Column
    before: Column
    after: Column

    @classmethod
    def together(cls, parts: Sequence["Changes"]) -> "Changes":
        """The newest incident first."""
        columns = [np.concatenate([NOTHING, *(list(vars(part).values())[at] for part in parts)]) for at in range(4)]
        order = np.lexsort((columns[1], -columns[0]))
        return cls(*(column[order] for column in columns))

    def __len__(self) -> int:
        return len(self.incident_ids)

    def count(self, before: Verdict, after: Verdict) -> int:
        return int(np.count_nonzero((self.before == before) & (self.after == after)))

    def rows(self, first: int | None = None) -> Iterator[tuple[int, Metric, Verdict, Verdict]]:
        columns = (column[:first].tolist() for column in vars(self).values())
        for incident, metric, before, after in zip(*columns, strict=True):
            yield incident, CLOCKED[metric], Verdict(before), Verdict(after)


@dataclass(frozen=True)
class Supposed:
    """`before` and `after` per organisation and metric, of what was decided in the months; and the service credits of
    those months, as the figures that are kept would give them and as the version would have.
    """

    before: Levels
    after: Levels
    changes: Changes
    credits_before: Credits
    credits_after: Credits


@dataclass(frozen=True)
class Side:
    """Terms with their targets by id, and the months that count."""

    terms: Terms
    targets: dict[int, Target]
    months: tuple[int, int]


def supposed(version: AgreementVersion, pairs: Sequence[Pair], months: Months, as_of: datetime) -> Supposed:
    """For these pairs (service, organisation), in these months, both included. Those that the version does not cover
    would have had no promise.

    Every deadline is reckoned twice from the same incidents: by what was agreed, and by the version as if it had held
    from the beginning of time, with the first opening hours of its calendar. It counts in the month in which it is
    decided, as in `sla.clocks`. Availability is the kept one against that of the version's own target.
    """
    covered = sorted(version.coverage.pairs() & set(pairs))
    sides = [
        _side(load_terms(), Target.objects.holding(), months),
        _side(supposed_terms(version, covered), version.targets.all(), months),
    ]
    tallies: list[list[Tally]] = [[], []]
    changes: list[Changes] = []
    for incidents in of_places(pairs, instants(months[0])[0], instants(months[1])[1]):
        parts = [list(clocks_of(incidents, side.terms, int(as_of.timestamp()))) for side in sides]
        for kept, clocks in zip(tallies, parts, strict=True):
            kept += [tally_of(one, incidents) for one in clocks]
        changes.append(_changes(incidents, parts, sides))
    before, after = (list(_rows(kept, side)) for kept, side in zip(tallies, sides, strict=True))
    after += _uptime(version, covered, months, as_of)
    was = _levels(before)
    _add(was, _kept(pairs, months))
    kept_now = {cell: one.percent for cell, one in kept_credits(*months, pairs).items()}
    return Supposed(was, _levels(after), Changes.together(changes), kept_now, _credits(version, after))


def _side(terms: Terms, targets: Iterable[Target], months: Months) -> Side:
    first, last = months
    return Side(terms, {target.pk: target for target in targets}, (_number(first), _number(last)))


def _number(month: Month) -> int:
    """Counted from January 1970, as clocks have it."""
    return (month.year - YEAR_ZERO) * MONTHS_A_YEAR + month.number - 1


def _rows(tallies: Sequence[Tally], side: Side) -> Iterator[Row]:
    if not tallies:
        return
    first, last = side.months
    tally = together(tallies)
    inside = (tally.months >= first) & (tally.months <= last)
    columns = (tally.service_ids, tally.organisation_ids, tally.months, tally.target_ids, tally.counted, tally.met)
    for service, owner, number, target_id, counted, met in zip(*(one[inside].tolist() for one in columns), strict=True):
        target = side.targets[target_id]
        yield (service, owner, _first_day(number)), target, _level(target, counted, met)


def _first_day(number: int) -> date:
    years, index = divmod(number, MONTHS_A_YEAR)
    return date(YEAR_ZERO + years, index + 1, 1)


def _level(target: Target, counted: int, met: int) -> Level:
    return Level(counted, met, target.wanted * counted, target.good_enough * counted)


def _levels(rows: Iterable[Row]) -> Levels:
    levels: Levels = {}
    for (_service, owner, _month), target, level in rows:
        _add(levels, {(owner, Metric(target.metric)): level})
    return levels


def _credits(version: AgreementVersion, rows: Iterable[Row]) -> Credits:
    """What the guarantees of the version would have given, in the months that give any."""
    guaranteed: dict[Cell, dict[Metric, Level]] = defaultdict(lambda: defaultdict(Level))
    for cell, target, level in rows:
        if target.commitment == Commitment.GUARANTEE:
            guaranteed[cell][Metric(target.metric)] += level
    terms, free = CreditTerms.of(version), FreeMonths.of({version.agreement_id})
    found = {cell: reckon(version.pk, terms, levels).percent for cell, levels in guaranteed.items()}
    return {cell: percent for cell, percent in found.items() if percent and not free.has(version.agreement_id, cell[2])}


def _add(levels: Levels, more: Levels) -> None:
    for place, level in more.items():
        levels[place] = levels.get(place, Level()) + level


def _changes(incidents: Incidents, parts: Sequence[Sequence[Clocks]], sides: Sequence[Side]) -> Changes:
    """Where the verdicts differ, of what is decided in the months on either side."""
    (before, was), (after, is_) = (
        _judged(len(incidents.ids), clocks, side) for clocks, side in zip(parts, sides, strict=True)
    )
    metrics, rows = np.nonzero((before != after) & (was | is_))
    return Changes(incidents.ids[rows], metrics, before[metrics, rows], after[metrics, rows])


def _judged(size: int, parts: Sequence[Clocks], side: Side) -> tuple[Column, Flags]:
    """Tables [metric, incident]: the verdict, and whether it fell within the months."""
    verdicts = np.full((len(CLOCKED), size), Verdict.NONE, dtype=np.int64)
    counts = np.zeros((len(CLOCKED), size), dtype=bool)
    for clocks in parts:
        if len(clocks):
            metric = CLOCKED.index(Metric(side.targets[int(clocks.target_ids[0])].metric))
            verdicts[metric, clocks.rows] = _verdicts(clocks)
            counts[metric, clocks.rows] = (clocks.months >= side.months[0]) & (clocks.months <= side.months[1])
    return verdicts, counts


def _verdicts(clocks: Clocks) -> Column:
    judged = np.where(clocks.met, Verdict.HELD, Verdict.BROKEN)
    return np.where(clocks.decided, judged, Verdict.OPEN)


def _kept(pairs: Sequence[Pair], months: Months) -> Levels:
    rows = Availability.objects.filter(any_of_pairs(pairs)).in_months(months[0].first, months[1].last)
    return {
        (organisation, Metric.AVAILABILITY): level for (organisation,), level in rows.levels("organisation").items()
    }


def _uptime(version: AgreementVersion, pairs: Sequence[Pair], months: Months, as_of: datetime) -> Iterator[Row]:
    targets = list(version.targets.filter(metric=Metric.AVAILABILITY).select_related("version"))
    services = {service for service, _organisation in pairs}
    hits = hits_between(instants(months[0])[0], instants(months[1])[1], as_of, services)
    for target, places in split(targets, {version.pk: pairs}):
        one = reckoned(ground_of(target, places, Hours.known(always=True), *months, always=True), hits)
        counted = one.ground.agreed[np.newaxis, :] - one.work.planned
        for place, month in zip(*one.measured, strict=True):
            whole, down = int(counted[place, month]), int(one.work.down[place, month])
            yield (*places[place], one.ground.months[month].first), target, _level(target, whole, whole - down)
