"""Working days in columns: the local days on which something opens, and the way to the wall clock and back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import numpy.typing as npt

from kit.opening_hours import DAY, Column, OpeningHours
from kit.pauses import FOREVER
from kit.windows import LAST_INSTANT, constant_offsets

FIRST_REACH = 366
MARGIN = 2 * DAY


@dataclass(frozen=True, eq=False)
class WorkingDays:
    """Day numbers in order, with the first opening and the last closing of each as seconds of the wall clock."""

    days: Column
    opens: Column
    closes: Column

    @classmethod
    def of(cls, hours: OpeningHours, first: int, last: int) -> "WorkingDays":
        """The working days among the day numbers first..last."""
        opens, closes = hours.windows(first, last)
        days, starts = np.unique(opens // DAY, return_index=True)
        return cls(days, opens[starts], np.maximum.reduceat(closes, starts) if len(starts) else closes)

    def after(self, walls: Column, steps: Column, by_closing: npt.NDArray[np.bool_]) -> Column:
        """The wall clock so many working days later; FOREVER where these days are too few.

        At the same time of day, counted from the day itself, or from the first opening after it where it is none; or
        when the day closes that is so many working days after the day itself, whatever the day itself is.
        """
        today = walls // DAY
        beginning = np.searchsorted(self.days, today)
        index = np.where(by_closing, np.searchsorted(self.days, today, side="right") - 1, beginning) + steps
        found = np.flatnonzero((index >= 0) & (index < len(self.days)))
        landed, begun = index[found], beginning[found]
        is_working = self.days[begun] == today[found]
        times = np.where(is_working, walls[found], self.opens[begun]) - self.days[begun] * DAY
        later = np.full_like(walls, FOREVER)
        later[found] = np.where(by_closing[found], self.closes[landed], self.days[landed] * DAY + times)
        return later


def workdays_later(hours: OpeningHours, walls: Column, steps: Column, by_closing: npt.NDArray[np.bool_]) -> Column:
    """`WorkingDays.after`, however far ahead those days lie."""
    later = np.full_like(walls, FOREVER)
    for days in _further_and_further(hours, walls, steps):
        later = days.after(walls, steps, by_closing)
        if not np.any(later == FOREVER):
            break
    return later


def _further_and_further(hours: OpeningHours, walls: Column, steps: Column) -> Iterator[WorkingDays]:
    first, last, end = int(walls.min()) // DAY, int(walls.max()) // DAY, LAST_INSTANT // DAY
    reach = 2 * int(steps.max()) + FIRST_REACH
    while last + reach < end:
        yield WorkingDays.of(hours, first, last + reach)
        reach *= 4
    yield WorkingDays.of(hours, first, end)


def wall_clocks(instants: Column, zone: tzinfo) -> Column:
    """Epoch seconds as seconds of the wall clock since it showed 1970."""
    sinces, _untils, offsets = _stretches(instants, zone)
    return instants + offsets[np.searchsorted(sinces, instants, side="right") - 1]


def instants_of(walls: Column, zone: tzinfo) -> Column:
    """The way back. A time the clock leaps over moves forward by the leap, of one it shows twice the first is meant."""
    sinces, untils, offsets = _stretches(walls, zone)
    index = np.searchsorted(untils + offsets, walls, side="right")
    is_leapt_over = walls < (sinces + offsets)[index]
    return walls - offsets[np.where(is_leapt_over, index - 1, index)]


def _stretches(around: Column, zone: tzinfo) -> tuple[Column, Column, Column]:
    stretches = list(constant_offsets(zone, int(around.min()) - MARGIN, int(around.max()) + MARGIN))
    sinces, untils, offsets = np.array(stretches, dtype=np.int64).T
    return sinces, untils, offsets
