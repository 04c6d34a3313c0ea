"""Which of several periods holds at an instant, and which local month an instant lies in; in columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

type Column = npt.NDArray[np.int64]

NONE = -1
REACH = 1 << 38  # seconds on either side of 1970 that periods and instants are cut to: 8 700 years
MONTHS_A_YEAR = 12
YEAR_ZERO = 1970


class Period(NamedTuple):
    """`value` holds for `key` in [since, until), epoch seconds."""

    key: int
    since: int
    until: int
    value: int


@dataclass(frozen=True)
class Timeline:
    """Periods per key, none of which overlap, as columns in order of key and start."""

    keys: Column
    marks: Column
    untils: Column
    values: Column

    @classmethod
    def of(cls, periods: Iterable[Period]) -> "Timeline":
        columns = np.array(sorted(periods), dtype=np.int64).reshape(-1, len(Period._fields)).T
        keys, ranks = np.unique(columns[0], return_inverse=True)
        return cls(keys, marks(ranks, columns[1]), columns[2], columns[3])

    def from_the_start(self) -> "Timeline":
        """The same, with the first period of each key reaching back to the beginning of time."""
        stretches = self.marks // (2 * REACH)
        firsts = np.flatnonzero(np.diff(stretches, prepend=-1))
        begun = self.marks.copy()
        begun[firsts] = stretches[firsts] * (2 * REACH)
        return Timeline(self.keys, begun, self.untils, self.values)

    def at(self, keys: Column, instants: Column) -> Column:
        """For each key and instant the value of the period that holds, NONE where none does."""
        if not len(self.marks):
            return np.full_like(instants, NONE)
        ranks = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        index = np.searchsorted(self.marks, marks(ranks, instants), side="right") - 1
        begun = (index >= 0) & (self.keys[ranks] == keys) & (self.marks[index] >= ranks * (2 * REACH))
        return np.where(begun & (instants < self.untils[index]), self.values[index], NONE)


def marks(ranks: Column, instants: Column) -> Column:
    """Every key gets a stretch of its own on one line, so that a single search serves all keys."""
    return ranks * (2 * REACH) + np.clip(instants, -REACH, REACH - 1) + REACH


def midnight(day: date, zone: tzinfo) -> int:
    """The epoch second at which a local day begins."""
    return int(datetime.combine(day, time.min, zone).timestamp())


def months(instants: Column, zone: tzinfo) -> Column:
    """The local month of each epoch second, as months since January 1970."""
    if not len(instants):
        return instants
    first, last = (datetime.fromtimestamp(int(bound), UTC).year for bound in (instants.min(), instants.max()))
    years = range(first - 1, last + 2)
    starts = [midnight(date(year, month, 1), zone) for year in years for month in range(1, MONTHS_A_YEAR + 1)]
    return np.searchsorted(starts, instants, side="right") - 1 + (years.start - YEAR_ZERO) * MONTHS_A_YEAR


def first_days(month_numbers: Column) -> Column:
    """The first of each month, as days since 1970."""
    return month_numbers.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
