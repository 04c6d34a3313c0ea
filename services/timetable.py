"""What the pages say of a calendar: its coming weeks and months, each day by the version that holds on it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, gettext

from kit import formats
from kit.opening_hours import Interval, OpeningHours, day_number
from services import hour_words, opening
from services.hours import ALL_DAY
from services.models import CalendarVersion
from services.opening import HalfDay

ONE_DAY, ONE_WEEK = timedelta(days=1), timedelta(days=7)
MONTHS_A_YEAR, MINUTES_AN_HOUR = 12, 60
SECONDS_A_DAY = 86_400
WEEKS_AHEAD, MONTHS_AHEAD = 8, 12
SOME_DAY_OPEN = {date.min: ALL_DAY}
"""Lets the week of a calendar that opens on dated days only be read: one that never opens is refused."""


@dataclass(frozen=True)
class OpenDay:
    """One day: its hours in words, and why they are not that weekday's ordinary ones, if they are not."""

    day: date
    hours: str
    reason: str
    is_open: bool


@dataclass(frozen=True)
class OpenWeek:
    days: Sequence[OpenDay]
    work: timedelta

    @property
    def first_day(self) -> date:
        return self.days[0].day

    @property
    def last_day(self) -> date:
        return self.days[-1].day

    @property
    def hours(self) -> str:
        return in_hours(self.work)

    @property
    def exceptional(self) -> list[OpenDay]:
        return [day for day in self.days if day.reason]


@dataclass(frozen=True)
class OpenMonth:
    first_day: date
    work: timedelta
    working_days: int

    @property
    def hours(self) -> str:
        return in_hours(self.work)

    @property
    def name(self) -> str:
        return formats.month(self.first_day, get_language() or "nb")


class Timetable:
    """The versions of a calendar, each over its own days."""

    def __init__(self, versions: Iterable[CalendarVersion]) -> None:
        self.pages = [Page(version) for version in versions]

    def weeks(self, day: date, count: int = WEEKS_AHEAD) -> list[OpenWeek]:
        """The ISO week of the day, and those after it."""
        monday = day - timedelta(days=day.weekday())
        return [self._week(monday + number * ONE_WEEK) for number in range(count)]

    def months(self, day: date, count: int = MONTHS_AHEAD) -> list[OpenMonth]:
        """The agreed hours of the month of the day, and of those after it."""
        firsts = [_month_after(day, number) for number in range(count + 1)]
        return [
            OpenMonth(first, self.work(first, after), sum(self.day(day).is_open for day in _days(first, after)))
            for first, after in pairwise(firsts)
        ]

    def day(self, day: date) -> OpenDay:
        for page in self.pages:
            if page.version.holds_on(day):
                return page.day(day)
        return OpenDay(day, gettext("not agreed"), "", is_open=False)

    def work(self, first: date, after: date) -> timedelta:
        """Open time from the first day up to the day after the last; a change of clocks counts its real hours."""
        return sum((page.work(first, after) for page in self.pages), timedelta())

    def _week(self, monday: date) -> OpenWeek:
        days = [self.day(day) for day in _days(monday, monday + ONE_WEEK)]
        return OpenWeek(days, self.work(monday, monday + ONE_WEEK))


class Page:
    """One version's part of the timetable."""

    def __init__(self, version: CalendarVersion) -> None:
        self.version = version
        self.work_time = version.work_time()

    def work(self, first: date, after: date) -> timedelta:
        version = self.version.period
        begins, ends = max(first, version.lower or first), min(after, version.upper or after)
        zone = ZoneInfo(self.version.zone)
        midnights = [datetime.combine(day, time.min, zone) for day in (begins, ends)]
        return self.work_time.elapsed(*midnights)

    def day(self, day: date) -> OpenDay:
        intervals = self.work_time.hours.of(day_number(day))
        ordinary = self._ordinary.of(day_number(day))
        reason = "" if intervals == ordinary else self._reason(day)
        return OpenDay(day, hour_words.times(_times(intervals)), reason, bool(intervals))

    @cached_property
    def _ordinary(self) -> OpeningHours:
        """The week and its seasons alone."""
        return OpeningHours(self.version.weekly, (), SOME_DAY_OPEN, self.version.seasons)

    def _reason(self, day: date) -> str:
        if day.isoformat() in self.version.exceptions:
            return gettext("other hours this day")
        for rule in self.version.half_days:
            if opening.half_day_date(rule, day.year) == day:
                return str(HalfDay(rule).label)
        return opening.holiday_name(day) or gettext("closed day")


def _times(intervals: Iterable[Interval]) -> list[list[str]]:
    return [[opening.clock(opens), opening.clock(_same_day(closes))] for opens, closes in intervals]


def _same_day(closes: int) -> int:
    """A close past midnight, as the clock of the next day shows it."""
    return closes if closes <= SECONDS_A_DAY else closes - SECONDS_A_DAY


def _days(first: date, after: date) -> Iterator[date]:
    return (first + number * ONE_DAY for number in range((after - first).days))


def _month_after(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, MONTHS_A_YEAR)
    return date(day.year + years, month + 1, 1)


def in_hours(work: timedelta) -> str:
    """Hours with the decimals that quarters of an hour need: «38,75»."""
    hours = Decimal(work // timedelta(minutes=1)) / MINUTES_AN_HOUR
    return formats.number(hours, get_language() or "nb", decimals=2)
