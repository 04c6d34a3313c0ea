"""Which local hours belong to which date: a calendar before it meets its time zone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

type Column = npt.NDArray[np.int64]
type Flags = npt.NDArray[np.bool_]
type Times = Sequence[Sequence[str | time]]
type Weekly = Mapping[str, Times | None]
type Exceptions = Mapping[date, Times | None]
type Seasons = Iterable[Mapping[str, Any] | tuple[str, str, Weekly]] | Mapping[tuple[str, str], Weekly]

DAY = 86_400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EPOCH = date(1970, 1, 1)
A_LEAP_YEAR = 2000


class EmptyCalendar(ValueError):  # noqa: N818 - the name that users of calendars know
    """A calendar that never opens: nothing can be measured or promised by it."""


class Interval(NamedTuple):
    """Seconds after local midnight, half-open; a close past midnight is more than a day."""

    opens: int
    closes: int


type Day = tuple[Interval, ...]


class Season(NamedTuple):
    """First and last day as 100 * month + day, both included; `first > last` runs over the year end."""

    first: int
    last: int
    week: list[Day]

    def covers(self, month_days: Column) -> Flags:
        begun, not_over = month_days >= self.first, month_days <= self.last
        return begun & not_over if self.first <= self.last else begun | not_over


def day_number(day: date) -> int:
    """Days since 1970-01-01. TypeError for anything that is not a date."""
    if not isinstance(day, date):
        raise TypeError(f"Holidays and the keys of exceptions are datetime.date, not {day!r}.")
    return day.toordinal() - EPOCH.toordinal()


class OpeningHours:
    """The intervals of every date. An exception beats a holiday, a holiday a season, a season the week.

    An interval belongs to the date it opens on: the night that begins before a holiday runs to its own end,
    the night that would begin on the holiday is closed. Where seasons overlap, the one listed first holds.
    """

    def __init__(self, weekly: Weekly, holidays: Iterable[date], exceptions: Exceptions, seasons: Seasons) -> None:
        self._seasons = [read_season(*entry) for entry in season_entries(seasons)]
        kinds = read_week(weekly)
        for season in self._seasons:
            kinds += season.week
        self._closed = len(kinds)
        dated = {day_number(day): read_day(times) for day, times in dict(exceptions).items()}
        self._kinds = [*kinds, (), *dated.values()]
        if not any(self._kinds):
            raise EmptyCalendar("The calendar never opens: neither week, seasons nor exceptions hold an interval.")
        self._holidays = column(day_number(day) for day in holidays)
        self._dated = column(dated)
        self._counts = column(len(kind) for kind in self._kinds)
        self._opens = column(interval.opens for kind in self._kinds for interval in kind)
        self._closes = column(interval.closes for kind in self._kinds for interval in kind)

    def windows(self, first: int, last: int) -> tuple[Column, Column]:
        """Opening and closing of each interval of the day numbers first..last, as seconds of the local wall clock."""
        kinds = self._kinds_of(first, last)
        counts = self._counts[kinds]
        midnights = np.repeat(np.arange(first, last + 1) * DAY, counts)
        firsts = np.cumsum(self._counts) - self._counts
        index = np.repeat(firsts[kinds] - (np.cumsum(counts) - counts), counts) + np.arange(len(midnights))
        return midnights + self._opens[index], midnights + self._closes[index]

    def working_days(self, first: int, last: int) -> Column:
        """The day numbers in first..last on which an interval opens."""
        return first + np.flatnonzero(self._counts[self._kinds_of(first, last)])

    def of(self, day: int) -> Day:
        """The intervals that open on one day number, in order."""
        return self._kinds[self._kinds_of(day, day)[0]]

    def _kinds_of(self, first: int, last: int) -> Column:
        days = np.arange(first, last + 1)
        weekdays = (days + EPOCH.weekday()) % len(WEEKDAYS)
        kinds = weekdays.copy()
        month_days = month_day_numbers(days) if self._seasons else days
        for number, season in reversed([*enumerate(self._seasons, start=1)]):
            covered = season.covers(month_days)
            kinds[covered] = weekdays[covered] + number * len(WEEKDAYS)
        kinds[self._holidays[_inside(self._holidays, first, last)] - first] = self._closed
        known = _inside(self._dated, first, last)
        kinds[self._dated[known] - first] = self._closed + 1 + np.flatnonzero(known)
        return kinds


def _inside(days: Column, first: int, last: int) -> Flags:
    return (days >= first) & (days <= last)


def column(values: Iterable[int]) -> Column:
    return np.fromiter(values, dtype=np.int64)


def month_day_numbers(days: Column) -> Column:
    dates = days.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    return (months.astype(np.int64) % 12 + 1) * 100 + (dates - months).astype(np.int64) + 1


def season_entries(seasons: Seasons) -> Iterator[tuple[str, str, Weekly]]:
    """Accepts {"from": "05-15", "to": "09-14", "weekly": {...}}, ("05-15", "09-14", {...}) and {(from, to): {...}}."""
    if isinstance(seasons, Mapping):
        yield from ((first, last, weekly) for (first, last), weekly in seasons.items())
        return
    for entry in seasons:
        first, last, weekly = (entry["from"], entry["to"], entry["weekly"]) if isinstance(entry, Mapping) else entry
        yield first, last, weekly


def read_season(first: str, last: str, weekly: Weekly) -> Season:
    return Season(read_month_day(first), read_month_day(last), read_week(weekly))


def read_month_day(text: str) -> int:
    """100 * month + day of "MM-DD". 02-29 is a day; as a last day it is the last of February in any year."""
    try:
        day = date.fromisoformat(f"{A_LEAP_YEAR}-{text}")
    except ValueError as error:
        raise ValueError(f"A season begins and ends on a day like 05-15, not {text!r}.") from error
    return day.month * 100 + day.day


def read_week(weekly: Weekly) -> list[Day]:
    if unknown := set(weekly) - set(WEEKDAYS):
        raise ValueError(f"The days of a week are {', '.join(WEEKDAYS)}, not {', '.join(map(str, sorted(unknown)))}.")
    return [read_day(weekly.get(weekday)) for weekday in WEEKDAYS]


def read_day(times: Times | None) -> Day:
    return tuple(sorted(read_interval(opens, closes) for opens, closes in times or ()))


def read_interval(opens: str | time, closes: str | time) -> Interval:
    """A close that is not after the opening is on the next day. ValueError where both are the same time of day."""
    begin, end = read_time(opens), read_time(closes)
    if begin in (end, DAY):
        raise ValueError(f"{opens}-{closes} is no opening interval; the whole day is 00:00-24:00.")
    return Interval(begin, end if end > begin else end + DAY)


def read_time(text: str | time) -> int:
    """Seconds after midnight of "HH:MM", "HH:MM:SS", "24:00" or a time. ValueError for others."""
    if text in ("24:00", "24:00:00"):
        return DAY
    try:
        clock = text if isinstance(text, time) else time.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise ValueError(f"A time of day is written 08:00, not {text!r}.") from error
    return clock.hour * 3600 + clock.minute * 60 + clock.second
