"""The vectors of the domain (calendar and clocks), through a version as it is stored."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from partnership.periods import days
from services import opening, timetable
from services.models import CalendarVersion
from services.opening import HalfDay
from tests.make import oslo

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
WINTER = {day: [["08:00", "15:45"]] for day in WORKDAYS}
SUMMER = {day: [["08:00", "15:00"]] for day in WORKDAYS}
EVERY_DAY = {day: [["00:00", "24:00"]] for day in (*WORKDAYS, "sat", "sun")}


def office(**fields: object) -> CalendarVersion:
    values = {
        "weekly": WINTER,
        "seasons": [{"from": "05-15", "to": "09-14", "weekly": SUMMER}],
        "half_days": dict.fromkeys(HalfDay.values, "12:00"),
        "period": days(date(2015, 1, 1)),
    }
    return CalendarVersion(number=1, **(values | fields))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        (oslo(2026, 3, 31, 15), 4, oslo(2026, 4, 1, 11, 15)),
        (oslo(2026, 4, 1, 11, 30), 4, oslo(2026, 4, 7, 11, 30)),
        (oslo(2026, 5, 22, 14, 30), 2, oslo(2026, 5, 26, 9, 30)),
        (oslo(2027, 5, 14, 14), 8, oslo(2027, 5, 18, 14, 15)),
    ],
)
def test_office_hours_with_summer_hours_and_half_days_fall_due(start: datetime, hours: int, due: datetime):
    assert office().work_time().due(start, timedelta(hours=hours)) == due


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (oslo(2026, 3, 28, 23), oslo(2026, 3, 29, 8)),
        (oslo(2026, 10, 24, 23), oslo(2026, 10, 25, 6)),
    ],
)
def test_around_the_clock_counts_the_real_hours_of_a_night_with_a_change_of_clocks(start: datetime, due: datetime):
    version = office(weekly=EVERY_DAY, seasons=[], half_days={}, has_public_holidays=False)
    assert version.work_time().due(start, timedelta(hours=8)) == due


@pytest.mark.parametrize(
    ("year", "workdays", "half_wednesday"),
    [
        (2026, 253, date(2026, 4, 1)),
        (2027, 255, date(2027, 3, 24)),
        (2028, 251, date(2028, 4, 12)),
        (2029, 251, date(2029, 3, 28)),
        (2030, 251, date(2030, 4, 17)),
    ],
)
def test_a_year_has_its_working_days_and_its_half_wednesday(year: int, workdays: int, half_wednesday: date):
    months = timetable.Timetable([office()]).months(date(year, 1, 1))
    assert sum(month.working_days for month in months) == workdays
    assert opening.half_day_date(HalfDay.WEDNESDAY_BEFORE_EASTER, year) == half_wednesday


def test_the_seventeenth_of_may_2027_is_whit_monday_too_and_counted_once():
    assert len([day for day in opening.public_holidays() if day.year == 2027]) == 11


def test_a_half_day_keeps_the_hours_before_it_closes():
    assert timetable.Timetable([office()]).day(date(2026, 12, 24)).hours == "08.00–12.00"


def test_a_version_that_never_opens_is_refused_in_words():
    with pytest.raises(ValidationError) as raised:
        office(weekly={}, seasons=[]).clean()
    assert raised.value.messages == ["Det er aldri åpent. Skriv åpningstid for minst én dag."]


def test_a_version_whose_hours_cannot_be_read_is_refused():
    with pytest.raises(ValidationError):
        office(weekly={"mon": [["åtte", "fire"]]}).clean()
