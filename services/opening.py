"""From a calendar version's fields to working time: Norwegian public holidays, half days by rule, exceptions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from functools import cache
from typing import Any

import holidays as holiday_tables
from django.db import models
from django.utils.translation import gettext_lazy as _

from kit.opening_hours import OpeningHours, day_number
from kit.worktime import WorkTime

YEARS = range(2000, 2076)
SECONDS_PER_HOUR, SECONDS_PER_MINUTE = 3600, 60

type Times = Sequence[Sequence[str]]


class HalfDay(models.TextChoices):
    """Days on which a service may close early. Custom and tariff, not law: each calendar says which and when."""

    WEDNESDAY_BEFORE_EASTER = "wednesday_before_easter", _("Wednesday before Maundy Thursday")
    CHRISTMAS_EVE = "christmas_eve", _("Christmas Eve")
    NEW_YEARS_EVE = "new_years_eve", _("New Year's Eve")


HOLIDAY_NAMES = {
    "New Year's Day": _("New Year's Day"),
    "Maundy Thursday": _("Maundy Thursday"),
    "Good Friday": _("Good Friday"),
    "Easter Sunday": _("Easter Sunday"),
    "Easter Monday": _("Easter Monday"),
    "Labor Day": _("Labour Day"),
    "Constitution Day": _("Constitution Day"),
    "Ascension Day": _("Ascension Day"),
    "Pentecost": _("Whit Sunday"),
    "Pentecost Monday": _("Whit Monday"),
    "Christmas Day": _("Christmas Day"),
    "Second Day of Christmas": _("Boxing Day"),
}
"""From the names the package `holidays` uses to ours."""


@cache
def public_holidays() -> frozenset[date]:
    """Norwegian public holidays of the years 2000 to 2075. Plain Sundays are left to the weekly hours.

    Source: lov om 1 og 17 mai, lov om helligdager og helligdagsfred, as in the package `holidays`.
    """
    return frozenset(_named_holidays())


@cache
def _named_holidays() -> Mapping[date, str]:
    return dict(holiday_tables.country_holidays("NO", years=YEARS, language="en_US"))


def holiday_name(day: date) -> str:
    """In the reader's language; empty on an ordinary day. 17 May 2027 is Whit Monday too, and says both."""
    names = _named_holidays().get(day, "")
    return ", ".join(str(HOLIDAY_NAMES[name]) for name in names.split("; ") if name)


@cache
def maundy_thursdays() -> dict[int, date]:
    return {day.year: day for day, name in _named_holidays().items() if "Maundy Thursday" in name}


def half_day_date(rule: str, year: int) -> date:
    match HalfDay(rule):
        case HalfDay.WEDNESDAY_BEFORE_EASTER:
            return maundy_thursdays()[year] - timedelta(days=1)
        case HalfDay.CHRISTMAS_EVE:
            return date(year, 12, 24)
        case HalfDay.NEW_YEARS_EVE:
            return date(year, 12, 31)


def work_time(
    *,
    weekly: Mapping[str, Times],
    seasons: Sequence[Mapping[str, Any]] = (),
    zone: str = "Europe/Oslo",
    has_public_holidays: bool = True,
    holidays: Iterable[str] = (),
    half_days: Mapping[str, str] | None = None,
    exceptions: Mapping[str, Times] | None = None,
) -> WorkTime:
    """Working time of a calendar as it is stored: hours "HH:MM", days "YYYY-MM-DD", half days {rule: closes at}.

    An exception beats a half day, a half day a holiday. ValueError where hours or days cannot be read;
    `kit.worktime.EmptyCalendar` where nothing ever opens.
    """
    closed = {date.fromisoformat(day) for day in holidays} | (public_holidays() if has_public_holidays else set())
    dated = {} if not half_days else _shortened(OpeningHours(weekly, closed, {}, seasons), half_days)
    dated |= {date.fromisoformat(day): times for day, times in (exceptions or {}).items()}
    return WorkTime(weekly, holidays=closed, tz=zone, exceptions=dated, seasons=seasons)


def _shortened(hours: OpeningHours, half_days: Mapping[str, str]) -> dict[date, Times]:
    """The half days as exceptions: that day's ordinary hours, cut at the time of closing."""
    return {
        day: _cut(hours, day, time.fromisoformat(closes))
        for rule, closes in half_days.items()
        for day in (half_day_date(rule, year) for year in YEARS)
    }


def _cut(hours: OpeningHours, day: date, closes: time) -> Times:
    limit = closes.hour * SECONDS_PER_HOUR + closes.minute * SECONDS_PER_MINUTE
    return [
        [clock(interval.opens), clock(min(interval.closes, limit))]
        for interval in hours.of(day_number(day))
        if interval.opens < limit
    ]


def clock(seconds: int) -> str:
    """ "HH:MM" of seconds after midnight; the end of the day is 24:00."""
    return f"{seconds // SECONDS_PER_HOUR:02}:{seconds % SECONDS_PER_HOUR // SECONDS_PER_MINUTE:02}"
