"""What would have been, had a version held all along: reckoned from what happened, and saved nowhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

import numpy as np

from sla.availability.reading import hits_between
from sla.availability.reckoning import reckoned
from sla.availability.terms import Hours, ground_of, split
from sla.clocks import Clocks, Flags, Incidents, Terms, clocks_of, tally_of
from sla.levels import Level
from sla.models import CLOCKED, AgreementVersion, Availability, Metric, Target
from sla.querysets import Pair, any_of_pairs
from sla.recalculation.reading import of_places
from sla.recalculation.terms import load_terms, supposed_terms
from sla.spans import MONTHS_A_YEAR, Month, instants
from sla.tallies import Tally, together
from sla.timelines import YEAR_ZERO, Column

type Place = tuple[int, Metric]
"""The id of an organisation, and what is measured."""
type Levels = dict[Place, Level]
type Months = tuple[Month, Month]
"""The first and the last, both included."""


NOTHING = np.zeros(0, dtype=np.int64)


class Verdict(IntEnum):
    """Of a deadline: nothing was promised, it has not been decided yet, it was broken, it was held."""

    NONE = 0
    OPEN = 1
    BROKEN = 2
    HELD = 3


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
    """`before` and `after` per organisation and metric, of what was decided in the months."""

    before: Levels
    after: Levels
    changes: Changes


@dataclass(frozen=True)
class Side:
    """Terms with their targets by id, and the months that count."""

    terms: Terms
    targets: dict[int, Target]
    months: tuple[int, int]


def supposed(version: AgreementVersion, pairs: Sequence[Pair], months: Months, as_of: datetime) -> Supposed:
    """For these pairs (service, organisation) of the version, in these months, both included.

    Every deadline is reckoned twice from the same incidents: by what was agreed, and by the version as if it had held
    from the beginning of time, with the first opening hours of its calendar. It counts in the month in which it is
    decided, as in `sla.clocks`. Availability is the kept one against that of the version's own target.
    """
    sides = [
        _side(load_terms(), Target.objects.holding(), months),
        _side(supposed_terms(version, pairs), version.targets.all(), months),
    ]
    tallies: list[list[Tally]] = [[], []]
    changes: list[Changes] = []
    for incidents in of_places(pairs, instants(months[0])[0], instants(months[1])[1]):
        parts = [list(clocks_of(incidents, side.terms, int(as_of.timestamp()))) for side in sides]
        for kept, clocks in zip(tallies, parts, strict=True):
            kept += [tally_of(one, incidents) for one in clocks]
        changes.append(_changes(incidents, parts, sides))
    before, after = (_levels(kept, side) for kept, side in zip(tallies, sides, strict=True))
    _add(before, _kept(pairs, months))
    _add(after, _uptime(version, pairs, months, as_of))
    return Supposed(before, after, Changes.together(changes))


def _side(terms: Terms, targets: Iterable[Target], months: Months) -> Side:
    first, last = months
    return Side(terms, {target.pk: target for target in targets}, (_number(first), _number(last)))


def _number(month: Month) -> int:
    """Counted from January 1970, as clocks have it."""
    return (month.year - YEAR_ZERO) * MONTHS_A_YEAR + month.number - 1


def _levels(tallies: Sequence[Tally], side: Side) -> Levels:
    levels: Levels = {}
    if not tallies:
        return levels
    first, last = side.months
    tally = together(tallies)
    inside = (tally.months >= first) & (tally.months <= last)
    columns = (tally.organisation_ids, tally.target_ids, tally.counted, tally.met)
    for organisation, target_id, counted, met in zip(*(column[inside].tolist() for column in columns), strict=True):
        target = side.targets[target_id]
        level = Level(counted, met, target.wanted * counted, target.good_enough * counted)
        _add(levels, {(organisation, Metric(target.metric)): level})
    return levels


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


def _uptime(version: AgreementVersion, pairs: Sequence[Pair], months: Months, as_of: datetime) -> Levels:
    targets = list(version.targets.filter(metric=Metric.AVAILABILITY).select_related("version"))
    services = {service for service, _organisation in pairs}
    hits = hits_between(instants(months[0])[0], instants(months[1])[1], as_of, services)
    levels: Levels = {}
    for target, places in split(targets, {version.pk: pairs}):
        one = reckoned(ground_of(target, places, Hours.known(always=True), *months, always=True), hits)
        counted = one.ground.agreed[np.newaxis, :] - one.work.planned
        for place, month in zip(*one.measured, strict=True):
            whole, down = int(counted[place, month]), int(one.work.down[place, month])
            level = Level(whole, whole - down, target.wanted * whole, target.good_enough * whole)
            _add(levels, {(places[place][1], Metric.AVAILABILITY): level})
    return levels
