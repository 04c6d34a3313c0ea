"""Opening windows on the UTC line, and the two searches over them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from itertools import pairwise

import numpy as np

from kit.opening_hours import DAY, Column, OpeningHours

FIRST_INSTANT = int(datetime(2, 1, 1, tzinfo=UTC).timestamp())
LAST_INSTANT = int(datetime(9998, 12, 31, tzinfo=UTC).timestamp())
MARGIN_DAYS = 3
PROBE_STEP = 3 * DAY  # no offset of any zone in the tz database has lasted under four days


@dataclass(frozen=True, eq=False)
class Windows:
    """Disjoint half-open windows [opens, closes) in order, complete for every instant in [first, last].

    Instants, lengths and work are int64 counts of one tick; `ticks` of them make a second. The first window is
    empty and lies before all instants, so that a search always finds one.
    """

    opens: Column
    before: Column
    first: int
    last: int
    ticks: int = 1

    @classmethod
    def between(cls, hours: OpeningHours, zone: tzinfo, first: int, last: int) -> "Windows":
        """The windows of a calendar for epoch seconds first..last, cut to the years 2 to 9998."""
        first, last = max(first, FIRST_INSTANT), min(last, LAST_INSTANT)
        first_day, last_day = first // DAY - MARGIN_DAYS, last // DAY + MARGIN_DAYS
        opens, closes = in_utc(*united(*hours.windows(first_day, last_day)), zone)
        start = (first_day - MARGIN_DAYS) * DAY
        lengths = np.concatenate(([0, 0], closes - opens))
        return cls(np.concatenate(([start], opens)), np.cumsum(lengths), first, last)

    @cached_property
    def microseconds(self) -> "Windows":
        scale = 1_000_000
        return Windows(self.opens * scale, self.before * scale, self.first * scale, self.last * scale, scale)

    @property
    def closes(self) -> Column:
        return self.opens + np.diff(self.before)

    @cached_property
    def total(self) -> int:
        return int(self.before[-1])

    @cached_property
    def _shift(self) -> Column:
        return self.before[:-1] - self.opens

    @cached_property
    def _after(self) -> Column:
        return self.before[1:]

    def within(self, first: int, last: int) -> tuple[Column, Column]:
        """The opens and closes of the windows in [first, last), cut at its ends; the others are not looked at."""
        begin, end = (int(found) for found in np.searchsorted(self.opens, (first, last)))
        begin = max(begin - 1, 0)  # the window before may still be open
        opens = self.opens[begin:end]
        closes = np.minimum(opens + np.diff(self.before[begin : max(begin, end) + 1]), last)
        opens = np.maximum(opens, first)
        return opens[opens < closes], closes[opens < closes]

    def worked(self, instants: Column) -> Column:
        """Work done from the first window until each instant; instants outside [first, last] count as its ends."""
        instants = np.clip(instants, self.first, self.last)
        index = np.searchsorted(self.opens, instants, side="right") - 1
        return np.minimum(instants + self._shift[index], self._after[index])

    def reached(self, work: Column) -> Column:
        """The earliest instant at which so much work is done, for 0 < work <= total: a closing, not an opening."""
        index = np.searchsorted(self.before, work, side="left") - 1
        return work - self._shift[index]


def united(opens: Column, closes: Column) -> tuple[Column, Column]:
    """Windows in order of opening, with those that touch or overlap made one."""
    reach = np.maximum.accumulate(closes)
    apart = np.ones(len(opens), dtype=bool)
    apart[1:] = opens[1:] > reach[:-1]
    return opens[apart], reach[np.roll(apart, -1)]


def in_utc(opens: Column, closes: Column, zone: tzinfo) -> tuple[Column, Column]:
    """Windows of the local wall clock as windows in UTC.

    An instant is open if and only if its wall clock is: an hour that the clock shows twice counts twice, an hour
    it leaps over counts not at all, and hours that begin inside the leap begin where it lands.
    """
    if not len(opens):
        return opens, closes
    begins, ends = [opens[:0]], [opens[:0]]
    for since, until, offset in constant_offsets(zone, int(opens[0]) - DAY, int(closes[-1]) + DAY):
        rows = slice(
            np.searchsorted(closes, since + offset, side="right"), np.searchsorted(opens, until + offset, side="left")
        )
        begins.append(np.maximum(opens[rows] - offset, since))
        ends.append(np.minimum(closes[rows] - offset, until))
    return united(np.concatenate(begins), np.concatenate(ends))


def constant_offsets(zone: tzinfo, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """The stretches (since, until, offset) of epoch seconds in first..last with one offset from UTC each."""
    turns = [first]
    probes = range(first, last + PROBE_STEP, PROBE_STEP)
    offsets = [utc_offset(zone, probe) for probe in probes]
    for (since, until), (old, new) in zip(pairwise(probes), pairwise(offsets), strict=True):
        if old != new:
            turns.append(turn_between(zone, since, until))
    for since, until in pairwise([*turns, last + PROBE_STEP]):
        yield since, until, utc_offset(zone, since) // timedelta(seconds=1)


def turn_between(zone: tzinfo, since: int, until: int) -> int:
    """The first second of the offset that holds at `until`."""
    new = utc_offset(zone, until)
    while until - since > 1:
        middle = (since + until) // 2
        if utc_offset(zone, middle) == new:
            until = middle
        else:
            since = middle
    return until


def utc_offset(zone: tzinfo, instant: int) -> timedelta:
    return datetime.fromtimestamp(instant, zone).utcoffset() or timedelta()
