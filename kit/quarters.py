"""Quarters of the year: what a board report is about."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from kit.formats import OSLO

MONTHS = 3
QUARTERS = 4
WRITTEN = re.compile(r"(20\d\d)Q([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year; `number` is 1 to 4. Written «2026Q3»."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """ValueError unless the text is a year of this century, Q and a number from 1 to 4."""
        if not (found := WRITTEN.fullmatch(text)):
            raise ValueError(f"{text!r} is not a quarter such as 2026Q3.")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month - 1) // MONTHS + 1)

    @classmethod
    def last_closed(cls, today: date) -> Self:
        """The newest quarter that had ended before this day."""
        return cls.of(today).shifted(-1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    def shifted(self, quarters: int) -> Self:
        years, index = divmod(self.year * QUARTERS + self.number - 1 + quarters, QUARTERS)
        return type(self)(years, index + 1)

    def ending_here(self, count: int) -> tuple[Self, ...]:
        """As many quarters, oldest first, of which this is the last."""
        return tuple(self.shifted(step - count + 1) for step in range(count))

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month."""
        return tuple(date(self.year, (self.number - 1) * MONTHS + month, 1) for month in range(1, MONTHS + 1))

    @property
    def first(self) -> date:
        return self.months[0]

    @property
    def last(self) -> date:
        return self.shifted(1).first - timedelta(days=1)

    @property
    def start(self) -> datetime:
        """The instant at which it begins in Oslo; the quarter is [start, end)."""
        return datetime.combine(self.first, time.min, OSLO)

    @property
    def end(self) -> datetime:
        return self.shifted(1).start


def last_closed_quarter(today: date) -> tuple[date, date]:
    """First and last day of the newest quarter that had ended before this day."""
    quarter = Quarter.last_closed(today)
    return quarter.first, quarter.last
