"""Working time: how long a service was open between two instants, and when so much open time will have passed.

A calendar becomes opening windows in UTC with the work done before each. Work until an instant is one binary
search, elapsed time a difference of two, a due instant the inverse search. One instant at a time is reckoned in
microseconds, columns in whole seconds, by the same code.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from kit.opening_hours import DAY, Column, EmptyCalendar, Exceptions, OpeningHours, Seasons, Weekly
from kit.pauses import FOREVER, NEVER_WORKED_SECONDS, Pauses, due, elapsed, paused, whole_numbers
from kit.windows import FIRST_INSTANT, LAST_INSTANT, Windows
from kit.workdays import instants_of, wall_clocks, workdays_later

__all__ = ["FOREVER", "EmptyCalendar", "WorkTime"]

type Pause = tuple[datetime, datetime | None]
type PauseColumns = tuple[Column, Column, Column]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND_TICKS, MICROSECOND_TICKS = 1, 1_000_000
CACHED_ROWS = 1 << 16
PADDING = 366 * DAY


class WorkTime:
    """The opening hours of a service, and the arithmetic of time that only passes while it is open.

    weekly      {"mon": [("08:00", "15:45")], ...}; days left out are closed. An interval that does not close after
                it opens closes on the next day ("22:00", "06:00"); "24:00" is the end of the day. Intervals that
                overlap or touch are one.
    holidays    dates on which nothing opens.
    exceptions  {date: [("08:00", "12:00")]}; an empty list or None is closed. An exception beats a holiday.
    seasons     [{"from": "05-15", "to": "09-14", "weekly": {...}}] or [("05-15", "09-14", {...})], both days
                included, over the year end where from is later than to. A season replaces the whole week.
    tz          the IANA name of the zone whose wall clock the hours are written in.

    An instant is open if and only if its wall clock lies in an interval, so a night with a change of clocks counts
    its real 23 or 25 hours. An interval belongs to the date it opens on: the night before a holiday runs to its end.

    EmptyCalendar if no interval is given at all; ValueError for hours and days that cannot be read, for naive
    datetimes and for negative work; ZoneInfoNotFoundError for an unknown zone. Instants are reckoned from year 2 to
    9998 and cut off outside.
    """

    def __init__(
        self,
        weekly: Weekly,
        holidays: Iterable[date] = (),
        tz: str | tzinfo = "Europe/Oslo",
        exceptions: Exceptions | None = None,
        seasons: Seasons = (),
    ) -> None:
        self.hours = OpeningHours(weekly, holidays, exceptions or {}, seasons)
        self.zone = tz if isinstance(tz, tzinfo) else ZoneInfo(tz)
        self._windows: Windows | None = None

    def elapsed(self, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
        """Working time in [start, end) less the pauses, each counted once; zero if the end comes first."""
        starts, ends = one(microseconds(start)), one(microseconds(end))
        spans = read_pauses(pauses)
        return int(self._elapsed(starts, ends, spans, MICROSECOND_TICKS)[0]) * MICROSECOND

    def due(self, start: datetime, work: timedelta, pauses: Iterable[Pause] = ()) -> datetime | None:
        """The instant, in the calendar's zone, at which so much working time outside the pauses has passed.

        The closing instant rather than the next opening; for no work the next instant that is open and not
        paused. None if it never comes. Compare it with instants of other zones in UTC: in an hour that the clock
        shows twice, Python holds datetimes of two zones never equal.
        """
        todo = min(work // MICROSECOND, NEVER_WORKED_SECONDS * MICROSECOND_TICKS)
        instant = int(self._due(one(microseconds(start)), one(todo), read_pauses(pauses), MICROSECOND_TICKS)[0])
        return None if instant == FOREVER else self._instant(instant)

    def due_workdays(self, start: datetime, days: int) -> datetime | None:
        """So many working days later, at the same wall-clock time, in the calendar's zone.

        A working day is one on which an interval opens. From a day that is none the count starts at the first
        opening of the next working day. A wall-clock time the clock leaps over moves forward by the leap, of one it
        shows twice the first is meant. None if that day never comes.
        """
        second, rest = divmod(microseconds(start), MICROSECOND_TICKS)
        due = int(self.due_workdays_many(one(second), one(days))[0])
        return None if due == FOREVER else self._instant(due * MICROSECOND_TICKS + rest)

    def workdays(self, start: datetime, days: int, *, by_closing: bool = False) -> timedelta:
        """The working time, in whole seconds, of so many working days from `start`: one row of `workdays_many`."""
        second = microseconds(start) // MICROSECOND_TICKS
        return timedelta(seconds=int(self.workdays_many(one(second), one(days), by_closing)[0]))

    def openings(self, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
        """The opening windows within [start, end), cut at its ends, in the calendar's zone: for timelines."""
        first, last = microseconds(start), microseconds(end)
        bounds = self._covering(first, last, MICROSECOND_TICKS).within(first, last)
        return [
            (self._instant(opens), self._instant(closes))
            for opens, closes in zip(*(bound.tolist() for bound in bounds), strict=True)
        ]

    def elapsed_many(self, starts: npt.ArrayLike, ends: npt.ArrayLike, pauses: PauseColumns | None = None) -> Column:
        """Working seconds in [start, end) of each row less its pauses: int64 epoch seconds in, int64 seconds out.

        Pauses are (row offsets of length n + 1, from, to): row i owns the pauses offsets[i] to offsets[i + 1] of
        the two columns, in any order; they may overlap, and one without end has the largest int64 as its `to`.
        One number stands for a column of it: elapsed_many(0, instants) is the work done since 1970, whose
        differences are elapsed times. TypeError for columns that are not integers.
        """
        begun, ended = columns(starts, ends)
        return self._elapsed(begun, ended, Pauses.of(pauses, len(begun)), SECOND_TICKS)

    def paused_many(self, starts: npt.ArrayLike, ends: npt.ArrayLike, pauses: PauseColumns | None) -> Column:
        """Working seconds of each row's [start, end) that fall within its pauses; columns as in `elapsed_many`."""
        begun, ended = columns(starts, ends)
        spans = Pauses.of(pauses, len(begun))
        return np.zeros_like(begun) if spans is None else self._paused(begun, ended, spans, SECOND_TICKS)

    def due_many(self, starts: npt.ArrayLike, seconds: npt.ArrayLike, pauses: PauseColumns | None = None) -> Column:
        """The epoch second at which each row's working seconds have passed; the largest int64 where they never do.

        Columns and pauses as in `elapsed_many`, all else as in `due`.
        """
        begun, work = columns(starts, seconds)
        return self._due(begun, work, Pauses.of(pauses, len(begun)), SECOND_TICKS)

    def due_workdays_many(
        self, starts: npt.ArrayLike, days: npt.ArrayLike, by_closing: npt.ArrayLike = False
    ) -> Column:
        """The epoch second so many working days after each start; the largest int64 where that day never comes.

        As in `due_workdays`; where `by_closing`, when the last interval closes of the day that is so many working
        days after the start's own date. ValueError for days below zero, or below one where `by_closing`.
        """
        begun, steps = columns(starts, days)
        closing = np.broadcast_to(np.asarray(by_closing, dtype=bool), begun.shape)
        if np.any(steps < closing):
            raise ValueError("Working days are counted forward: days may not be negative, nor 0 by the closing time.")
        if not len(begun):
            return begun
        dues = workdays_later(self.hours, wall_clocks(begun, self.zone), steps, closing)
        comes = dues != FOREVER
        if np.any(comes):
            dues[comes] = instants_of(dues[comes], self.zone)
        # Of an hour that the clock shows twice, the start itself is meant where no day is counted.
        return np.where((steps == 0) & comes, np.maximum(dues, begun), dues)

    def workdays_many(self, starts: npt.ArrayLike, days: npt.ArrayLike, by_closing: npt.ArrayLike = False) -> Column:
        """The working seconds from each start until so many working days later, as in `due_workdays_many`.

        What a deadline in working days is worth, so that pauses lengthen it as they do one in hours. Where the day
        never comes, NEVER_WORKED_SECONDS, which is more than there are.
        """
        begun, steps = columns(starts, days)
        dues = self.due_workdays_many(begun, steps, by_closing)
        comes = dues != FOREVER
        return np.where(comes, self.elapsed_many(begun, np.where(comes, dues, begun)), NEVER_WORKED_SECONDS)

    def _elapsed(self, starts: Column, ends: Column, pauses: Pauses | None, ticks: int) -> Column:
        windows = self._covering(*bounds_of(starts, ends), ticks)
        work = np.empty_like(starts)
        for rows in chunks(len(starts)):
            work[rows] = elapsed(windows, starts[rows], ends[rows])
        return work if pauses is None else work - self._paused(starts, ends, pauses, ticks)

    def _paused(self, starts: Column, ends: Column, pauses: Pauses, ticks: int) -> Column:
        windows = self._covering(*bounds_of(starts, ends), ticks)
        work = np.empty_like(starts)
        for rows in chunks(len(starts)):
            work[rows] = paused(windows, starts[rows], ends[rows], pauses.of_rows(rows))
        return work

    def _due(self, starts: Column, work: Column, pauses: Pauses | None, ticks: int) -> Column:
        if np.any(work < 0):
            raise ValueError("Work is counted forward: it may not be negative.")
        windows = self._covering(*bounds_of(starts, *([pauses.finite_bounds()] if pauses else [])), ticks)
        dues = np.empty_like(starts)
        for rows in chunks(len(starts)):
            own = pauses.of_rows(rows) if pauses else None
            dues[rows], enough = due(windows, starts[rows], work[rows], own)
            while not enough and windows.last < LAST_INSTANT * ticks:
                windows = self._covering(windows.first, 2 * windows.last - windows.first, ticks)
                dues[rows], enough = due(windows, starts[rows], work[rows], own)
        return dues

    def _covering(self, first: int, last: int, ticks: int) -> Windows:
        """Windows over at least [first, last], made once and kept: a wider question makes them anew."""
        first, last = max(first // ticks, FIRST_INSTANT), min(-(-last // ticks), LAST_INSTANT)
        known = self._windows
        if known is None or first < known.first or last > known.last:
            first, last = first - PADDING, last + PADDING
            if known is not None:
                first, last = min(first, known.first), max(last, known.last)
            known = self._windows = Windows.between(self.hours, self.zone, first, last)
        return known if ticks == SECOND_TICKS else known.microseconds

    def _instant(self, microseconds: int) -> datetime:
        return (EPOCH + microseconds * MICROSECOND).astimezone(self.zone)


def microseconds(instant: datetime) -> int:
    """Since 1970 in UTC, exactly. ValueError for a datetime without a zone: it names no instant."""
    if instant.utcoffset() is None:
        raise ValueError(f"{instant!r} has no time zone; working time is reckoned between instants.")
    return (instant - EPOCH) // MICROSECOND


def one(value: int) -> Column:
    return np.array([value], dtype=np.int64)


def read_pauses(pauses: Iterable[Pause]) -> Pauses | None:
    """The pauses of a single row, in microseconds."""
    spans = [(microseconds(begin), FOREVER if end is None else microseconds(end)) for begin, end in pauses]
    if not spans:
        return None
    froms, tos = np.array(spans, dtype=np.int64).T
    return Pauses(np.array([0, len(spans)], dtype=np.int64), froms, tos)


def columns(left: npt.ArrayLike, right: npt.ArrayLike) -> tuple[Column, Column]:
    """Two columns of one length; one number stands for a column of it."""
    first, second = np.broadcast_arrays(whole_numbers(left), whole_numbers(right))
    if first.ndim != 1:
        raise ValueError("Columns have one dimension.")
    return first, second


def bounds_of(*parts: Column) -> tuple[int, int]:
    filled = [part for part in parts if len(part)]
    return min((int(part.min()) for part in filled), default=0), max((int(part.max()) for part in filled), default=0)


def chunks(rows: int) -> Iterator[slice]:
    """Slices small enough for the processor's cache, where gathers are twice as fast."""
    for start in range(0, rows, CACHED_ROWS):
        yield slice(start, min(start + CACHED_ROWS, rows))
