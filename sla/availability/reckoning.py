"""Availability reckoned from what the database says now; nothing is saved here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from sla.availability import arithmetic
from sla.availability.arithmetic import Sums
from sla.availability.reading import Hits, hits_between, spans_of
from sla.availability.terms import Ground, grounds
from sla.querysets import Pair
from sla.spans import Month, instants
from sla.timelines import Column


@dataclass(frozen=True)
class Reckoned:
    """A target over months: tables [place, month] of what was planned away and down, in opening hours and in all."""

    ground: Ground
    work: Sums
    wall: Sums

    @property
    def measured(self) -> tuple[Column, Column]:
        """Positions (place, month) of the cells with agreed time left after what was planned away."""
        places, months = np.nonzero(self.ground.agreed[np.newaxis, :] > self.work.planned)
        return places, months


def reckon(pairs: Iterable[Pair] | None, first: Month, last: Month, as_of: datetime) -> Iterator[Reckoned]:
    """Every target of availability, for these pairs or for all, month by month, both ends included."""
    wanted = None if pairs is None else set(pairs)
    services = None if wanted is None else {service for service, _organisation in wanted}
    hits = hits_between(instants(first)[0], instants(last)[1], as_of, services)
    for ground in grounds(wanted, first, last):
        yield reckoned(ground, hits)


def reckoned(ground: Ground, hits: Hits) -> Reckoned:
    spans, size = spans_of(hits, ground), (len(ground.places), len(ground.months))
    return Reckoned(
        ground,
        arithmetic.sums(spans, ground.stretches, *size, ground.worked),
        arithmetic.sums(spans, ground.stretches, *size, ground.passed),
    )
