"""Planned time and downtime within stretches of agreed time, in columns.

A stretch lies within one month, one version of an agreement and one version of a calendar. A span is an outage or a
maintenance window as one organisation met it with one service. Source: `domain/sla-and-cost.md`, "Availability
formulas": overlaps are united, planned time wins over unplanned, all is cut to the agreed service time.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sla import digests
from sla.timelines import Column

type Flags = npt.NDArray[np.bool_]
type Position = Callable[[Column, Column], Column]
"""From stretches (their positions) and instants within them to seconds since each stretch began."""


@dataclass(frozen=True)
class Stretches:
    """Columns of one length, in order of time and never overlapping; [since, until) in epoch seconds.

    `months` are positions in the months that are reckoned, not numbers of months.
    """

    since: Column
    until: Column
    months: Column


@dataclass(frozen=True)
class Spans:
    """Columns of one length. `places` are positions among those who were hit; [froms, tos) in epoch seconds.

    `shares` are millionths of the users that were hit, 0 to 1 000 000; `planned` says whether it counts as planned.
    """

    places: Column
    froms: Column
    tos: Column
    planned: Flags
    shares: Column

    def __len__(self) -> int:
        return len(self.places)

    def at(self, rows: Column) -> "Spans":
        return Spans(self.places[rows], self.froms[rows], self.tos[rows], self.planned[rows], self.shares[rows])


@dataclass(frozen=True)
class Sums:
    """Tables [place, month] of seconds: planned, down outside what was planned, and down weighted by millionths.

    `digests` tells whether the spans behind a cell are the same as before.
    """

    planned: Column
    down: Column
    weighted: Column
    digests: Column


def within(spans: Spans, stretches: Stretches) -> tuple[Spans, Column]:
    """Each span once for every stretch that it touches, cut to it; and the positions of those stretches."""
    firsts = np.searchsorted(stretches.until, spans.froms, side="right")
    lasts = np.searchsorted(stretches.since, spans.tos, side="left")
    counts = np.where(spans.tos > spans.froms, np.maximum(lasts - firsts, 0), 0)
    owners = repeated(counts)
    at = firsts[owners] + rank_within(counts)
    cut = spans.at(owners)
    froms, tos = np.maximum(cut.froms, stretches.since[at]), np.minimum(cut.tos, stretches.until[at])
    return Spans(cut.places, froms, tos, cut.planned, cut.shares), at


def sums(spans: Spans, stretches: Stretches, places: int, months: int, position: Position) -> Sums:
    """How long each place was planned away or down in each month; `position` decides what time counts.

    Overlapping spans of one place are one, of which the largest share of users counts. Whole seconds, exact.
    """
    cut, at = within(spans, stretches)
    cells = cut.places * months + stretches.months[at]
    many = max(len(stretches.since), 1)
    rows = cut.places * many + at
    pieces = disjoint(rows, position(at, cut.froms), position(at, cut.tos), cut)
    where = pieces.rows // many * months + stretches.months[pieces.rows % many]

    def table(seconds: Column) -> Column:
        total = np.zeros(places * months, dtype=np.int64)
        np.add.at(total, where, seconds)
        return total.reshape(places, months)

    return Sums(
        planned=table(pieces.lengths * pieces.planned),
        down=table(pieces.lengths * (pieces.down & ~pieces.planned)),
        weighted=table(pieces.lengths * np.where(pieces.planned, 0, pieces.shares)),
        digests=_digests(cut, cells, places * months).reshape(places, months),
    )


@dataclass(frozen=True)
class Pieces:
    """Disjoint pieces of time per row: how long each is, and what lay over it."""

    rows: Column
    lengths: Column
    planned: Flags
    down: Flags
    shares: Column


def disjoint(rows: Column, froms: Column, tos: Column, spans: Spans) -> Pieces:
    """The time of each row cut wherever a span begins or ends; `froms` and `tos` are seconds from zero upwards."""
    stride = int(tos.max(initial=0)) + 1
    begins, ends = rows * stride + froms, rows * stride + tos
    marks = np.unique(np.concatenate((begins, ends)))
    firsts = np.searchsorted(marks, begins)
    counts = np.searchsorted(marks, ends) - firsts
    owners = repeated(counts)
    at = firsts[owners] + rank_within(counts)
    planned = np.zeros(len(marks), dtype=bool)
    down, shares = planned.copy(), np.zeros(len(marks), dtype=np.int64)
    planned[at[spans.planned[owners]]] = True
    unplanned = ~spans.planned[owners]
    down[at[unplanned]] = True
    np.maximum.at(shares, at[unplanned], spans.shares[owners][unplanned])
    covered = np.flatnonzero(planned | down)
    lengths = np.diff(marks, append=0)[covered]
    return Pieces(marks[covered] // stride, lengths, planned[covered], down[covered], shares[covered])


def repeated(counts: Column) -> Column:
    """Each position as many times as it counts."""
    return np.repeat(np.arange(len(counts)), counts)


def rank_within(counts: Column) -> Column:
    """0, 1, 2 … for each position, as many as it counts."""
    starts = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - np.repeat(starts, counts)


def _digests(cut: Spans, cells: Column, size: int) -> Column:
    combined = np.zeros(size, dtype=np.int64)
    each = digests.of_rows(cut.froms, cut.tos, cut.planned.astype(np.int64), cut.shares)
    np.add.at(combined, cells, np.broadcast_to(each, cells.shape))
    return combined
