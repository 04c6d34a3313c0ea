"""The stretch of time a page about service levels speaks of: a month or a quarter of the calendar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from kit import formats
from kit.formats import OSLO
from kit.quarters import Quarter

MONTHS_A_YEAR = 12
WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year, beside `kit.quarters.Quarter`. Written «2026-09»."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """ValueError unless the text is a year of this century, a dash and a month in two digits."""
        if not (found := WRITTEN.fullmatch(text)):
            raise ValueError(f"{text!r} is not a month such as 2026-09.")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    def shifted(self, months: int) -> Self:
        years, index = divmod(self.year * MONTHS_A_YEAR + self.number - 1 + months, MONTHS_A_YEAR)
        return type(self)(years, index + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.shifted(1).first - timedelta(days=1)

    @property
    def months(self) -> tuple[date, ...]:
        return (self.first,)


def month_of(instant: datetime) -> Month:
    """The month of local time in which an instant lies."""
    local = instant.astimezone(OSLO)
    return Month(local.year, local.month)


type Span = Month | Quarter


def parse_span(text: str) -> Span:
    """«2026Q3» or «2026-09». ValueError for anything else."""
    return Quarter.parse(text) if "Q" in text else Month.parse(text)


def span_name(span: Span, language: str) -> str:
    """«3. kvartal 2026», «september 2026»."""
    write = formats.quarter if isinstance(span, Quarter) else formats.month
    return write(span.first, language)


def instants(span: Span) -> tuple[datetime, datetime]:
    """The instants [start, end) of a span in Oslo."""
    begins, ends = span.first, span.last + timedelta(days=1)
    return datetime.combine(begins, time.min, OSLO), datetime.combine(ends, time.min, OSLO)


def quarters(first: date, last: date) -> Iterator[Quarter]:
    """Those that hold a day from first to last, newest first."""
    quarter = Quarter.of(last)
    while quarter.last >= first:
        yield quarter
        quarter = quarter.shifted(-1)


def months(first: date, last: date) -> Iterator[Month]:
    """Those that hold a day from first to last, newest first."""
    month = Month(last.year, last.month)
    while month.last >= first:
        yield month
        month = month.shifted(-1)
