"""Pauses of many rows at once: united per row, and taken out of work."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kit.opening_hours import Column
from kit.windows import Windows

FOREVER = int(np.iinfo(np.int64).max)
NEVER_WORKED_SECONDS = 1 << 40


def whole_numbers(values: npt.ArrayLike) -> Column:
    """An int64 column. TypeError for fractions and datetimes, which would be cut or read in another unit."""
    given = np.asarray(values)
    if given.size and given.dtype.kind not in "iu":
        raise TypeError(f"Columns hold whole seconds as integers, not {given.dtype}.")
    return given.astype(np.int64, copy=False)


@dataclass(frozen=True, eq=False)
class Pauses:
    """Row i is paused in [froms[j], tos[j]) for offsets[i] <= j < offsets[i + 1]; a `to` of FOREVER is no end."""

    offsets: Column
    froms: Column
    tos: Column

    @classmethod
    def of(cls, columns: Sequence[Column] | None, rows: int) -> "Pauses | None":
        """Checked columns (row offsets of length rows + 1, from, to), or None where nothing is paused."""
        if columns is None or not len(columns[1]):
            return None
        offsets, froms, tos = map(whole_numbers, columns)
        if len(offsets) != rows + 1 or offsets[0] != 0 or np.any(np.diff(offsets) < 0):
            raise ValueError(f"Row offsets of pauses rise from 0 and are {rows + 1} for {rows} rows.")
        if not offsets[-1] == len(froms) == len(tos):
            raise ValueError("The last row offset is the number of pauses, and each pause has a from and a to.")
        return cls(offsets, froms, tos)

    def of_rows(self, rows: slice) -> "Pauses":
        offsets = self.offsets[rows.start : rows.stop + 1]
        own = slice(offsets[0], offsets[-1])
        return Pauses(offsets - offsets[0], self.froms[own], self.tos[own])

    @property
    def rows(self) -> Column:
        """The row of each pause."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def finite_bounds(self) -> Column:
        bounds = np.concatenate((self.froms, self.tos))
        return bounds[bounds != FOREVER]

    def sum_by_row(self, lengths: Column) -> Column:
        sums = np.concatenate(([0], np.cumsum(lengths)))
        return sums[self.offsets[1:]] - sums[self.offsets[:-1]]

    def lengths_before(self, lengths: Column) -> Column:
        """For each pause the summed length of those before it in its row."""
        sums = np.cumsum(lengths) - lengths
        return sums - np.append(sums, 0)[self.offsets[:-1]][self.rows]


def worked_pauses(windows: Windows, pauses: Pauses, begin: Column, end: Column) -> tuple[Column, Column]:
    """Start and length of each pause in work done since its row began, united per row.

    `begin` and `end` are the rows' bounds in work; a pause without end reaches to its row's end.
    """
    rows = pauses.rows
    low, high = begin[rows], end[rows]
    froms = np.clip(windows.worked(pauses.froms), low, high) - low
    tos = np.where(pauses.tos == FOREVER, high, np.clip(windows.worked(pauses.tos), low, high)) - low
    froms = np.where(pauses.froms == FOREVER, tos, froms)
    return united_by_row(rows, froms, tos)


def united_by_row(rows: Column, froms: Column, tos: Column) -> tuple[Column, Column]:
    """Starts, in order within each row, and lengths of what each non-negative span adds to those before it.

    Each row is moved to a stretch of its own on one line, so that a single running maximum serves all rows.
    """
    tos = np.maximum(froms, tos)
    stretch = rows * (int(tos.max(initial=0)) + 1)
    froms, tos = froms + stretch, tos + stretch
    if np.any(froms[1:] < froms[:-1]):
        order = np.argsort(froms, kind="stable")
        froms, tos = froms[order], tos[order]
    froms[1:] = np.maximum(froms[1:], np.maximum.accumulate(tos)[:-1])
    return froms - stretch, np.maximum(tos - froms, 0)


def elapsed(windows: Windows, starts: Column, ends: Column) -> Column:
    return np.maximum(windows.worked(ends) - windows.worked(starts), 0)


def paused(windows: Windows, starts: Column, ends: Column, pauses: Pauses) -> Column:
    """Work that falls within the pauses of each row between its start and end."""
    begin = windows.worked(starts)
    _, lengths = worked_pauses(windows, pauses, begin, np.maximum(windows.worked(ends), begin))
    return pauses.sum_by_row(lengths)


def due(windows: Windows, starts: Column, work: Column, pauses: Pauses | None) -> tuple[Column, bool]:
    """The instant at which each row's work is done, FOREVER where it never is, and whether `windows` sufficed.

    No work at all is due where the first tick of work would begin: the next instant that is open and not paused.
    """
    never = NEVER_WORKED_SECONDS * windows.ticks
    begin = windows.worked(starts)
    first_tick = (work == 0).astype(np.int64)
    todo = np.minimum(work, never) + first_tick
    end = begin + todo
    if pauses is not None:
        froms, lengths = worked_pauses(windows, pauses, begin, np.full_like(begin, never))
        waits = froms - pauses.lengths_before(lengths) < todo[pauses.rows]
        end += pauses.sum_by_row(np.where(waits, lengths, 0))
    within = end <= windows.total
    dues = np.full_like(starts, FOREVER)
    dues[within] = windows.reached(end[within]) - first_tick[within]
    return dues, bool(np.all(within | (end >= never)))
