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


@cache
def public_holidays() -> frozenset[date]:
    """Norwegian public holidays of the years 2000 to 2075. Plain Sundays are left to the weekly hours.

    Source: lov om 1 og 17 mai, lov om helligdager og helligdagsfred, as in the package `holidays`.
    """
    return frozenset(holiday_tables.country_holidays("NO", years=YEARS))


@cache
def maundy_thursdays() -> dict[int, date]:
    named = holiday_tables.country_holidays("NO", years=YEARS, language="en_US")
    return {day.year: day for day, name in named.items() if "Maundy Thursday" in name}


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
        [_clock(interval.opens), _clock(min(interval.closes, limit))]
        for interval in hours.of(day_number(day))
        if interval.opens < limit
    ]


def _clock(seconds: int) -> str:
    return f"{seconds // SECONDS_PER_HOUR:02}:{seconds % SECONDS_PER_HOUR // SECONDS_PER_MINUTE:02}"
