"""The stretch of time a page about service levels speaks of: a month, a quarter, or up to a year of months."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from kit import formats
from kit.formats import OSLO
from kit.quarters import Quarter

MONTHS_A_YEAR = 12
BETWEEN = "--"
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


@dataclass(frozen=True)
class Months:
    """From one month to another, both included, at most a year. Written «2025-10--2026-09», as ISO 8601 may."""

    begins: Month
    ends: Month

    def __post_init__(self) -> None:
        if not self.begins <= self.ends < self.begins.shifted(MONTHS_A_YEAR):
            raise ValueError(f"{self} is not from one to twelve months.")

    @classmethod
    def parse(cls, text: str) -> Self:
        """ValueError unless the text is two months with two dashes between them, the earlier first."""
        begins, _dashes, ends = text.partition(BETWEEN)
        return cls(Month.parse(begins), Month.parse(ends))

    def __str__(self) -> str:
        return f"{self.begins}{BETWEEN}{self.ends}"

    def shifted(self, times: int) -> Self:
        """By its own length."""
        months = len(self.months) * times
        return type(self)(self.begins.shifted(months), self.ends.shifted(months))

    @property
    def first(self) -> date:
        return self.begins.first

    @property
    def last(self) -> date:
        return self.ends.last

    @property
    def months(self) -> tuple[date, ...]:
        count = (self.ends.year - self.begins.year) * MONTHS_A_YEAR + self.ends.number - self.begins.number + 1
        return tuple(self.begins.shifted(number).first for number in range(count))


type Span = Month | Quarter | Months


def parse_span(text: str) -> Span:
    """«2026Q3», «2026-09» or «2025-10--2026-09». ValueError for anything else."""
    if "Q" in text:
        return Quarter.parse(text)
    return Months.parse(text) if BETWEEN in text else Month.parse(text)


def asked_span(text: str | None) -> Span | None:
    """None for what is no span."""
    try:
        return parse_span(text or "")
    except ValueError:
        return None


def span_name(span: Span, language: str) -> str:
    """«3. kvartal 2026», «september 2026», «oktober 2025–september 2026»."""
    match span:
        case Months():
            return f"{formats.month(span.first, language)}–{formats.month(span.last, language)}"
        case Quarter():
            return formats.quarter(span.first, language)
    return formats.month(span.first, language)


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
