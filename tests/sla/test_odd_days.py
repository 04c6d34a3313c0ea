"""Days on which it is easy to reckon wrongly: clocks set on Easter Sunday 2027, and the year of 53 weeks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from services.timetable import Timetable
from sla.figures.incidents import story
from sla.figures.sheet import Sheet
from sla.models import Incident, Metric, Target
from sla.recalculation import recalculate
from sla.words import lines as table
from sla.words import sheet as words
from tests import make
from tests.make import oslo
from tests.sla.winter import ALWAYS

NOW = oslo(2027, 6, 1, 12)


@pytest.fixture
def always(email, arendal):
    """Eight hours around the clock, on holidays too."""
    hours = make.calendar("Døgnet", weekly=ALWAYS, has_public_holidays=False)
    return make.agreement((email, arendal), hours=hours)


def sheet(incident: Incident, metric: Metric = Metric.RESOLUTION) -> Sheet:
    recalculate(as_of=NOW)
    return story(Incident.objects.get(pk=incident.pk), NOW).sheets[metric]


def said(shown: Sheet) -> list[str]:
    with translation.override("nb"):
        return [one.replace("\u00a0", " ") for one in words.reckoning(shown)]


def in_days(days: int, **fields) -> None:
    Target.objects.filter(metric=Metric.RESOLUTION).update(minutes=None, days=days, **fields)


def test_around_the_clock_the_night_before_easter_sunday_is_an_hour_shorter(always, email, arendal):
    one = make.incident(email, arendal, oslo(2027, 3, 27, 22, 0, 30), resolved=oslo(2027, 3, 28, 7, 0, 31))

    shown = sheet(one)

    assert shown.due == datetime(2027, 3, 28, 5, 0, 30, tzinfo=UTC) == oslo(2027, 3, 28, 7, 0, 30)
    assert (shown.worked, shown.overdue) == (timedelta(hours=8, seconds=1), timedelta(seconds=1))
    assert shown.clock.worked == timedelta(seconds=8 * 3600 + 1)
    assert (shown.clock.met, shown.clock.month) == (False, date(2027, 3, 1))
    assert "Klokken ble stilt fram 1 t 28.03.2027, og den tiden fantes ikke." in said(shown)


def test_solved_on_the_second_it_falls_due_it_is_held(always, email, arendal):
    one = make.incident(email, arendal, oslo(2027, 3, 27, 22, 0, 30), resolved=oslo(2027, 3, 28, 7, 0, 30))
    assert (sheet(one).clock.met, sheet(one).left) == (True, timedelta())


def test_in_office_hours_all_of_easter_is_closed_and_named_and_the_clock_is_no_matter(version, email, arendal):
    one = make.incident(email, arendal, oslo(2027, 3, 24, 15, 0, 30), resolved=oslo(2027, 3, 30, 15, 15, 29))

    shown = sheet(one)

    assert shown.due == datetime(2027, 3, 30, 13, 15, 30, tzinfo=UTC) == oslo(2027, 3, 30, 15, 15, 30)
    assert (shown.worked, shown.left) == (timedelta(hours=8, seconds=-1), timedelta(seconds=1))
    assert shown.clock.met
    told = said(shown)
    assert "Stengt: skjærtorsdag 25.03.2027, langfredag 26.03.2027 og 2. påskedag 29.03.2027." in told
    assert not [one for one in told if "stilt" in one]


def test_closed_on_easter_sunday_only_what_is_open_after_it_counts(always, email, arendal):
    always.calendar.versions.update(has_public_holidays=True)
    one = make.incident(email, arendal, oslo(2027, 3, 27, 22), resolved=oslo(2027, 3, 30, 6))

    shown = sheet(one)

    assert (shown.due, shown.clock.met) == (oslo(2027, 3, 30, 6), True)
    told = said(shown)
    assert "Stengt: 1. påskedag 28.03.2027 og 2. påskedag 29.03.2027." in told
    assert not [one for one in told if "stilt" in one]


def test_working_days_pass_over_easter_with_its_change_of_clocks(version, email, arendal):
    in_days(2)
    one = make.incident(email, arendal, oslo(2027, 3, 24, 15))
    assert sheet(one).due == datetime(2027, 3, 31, 13, 0, tzinfo=UTC) == oslo(2027, 3, 31, 15)


def test_a_deadline_over_the_end_of_a_year_of_53_weeks(version, email, arendal):
    assert date(2026, 12, 31).isocalendar()[:2] == date(2027, 1, 1).isocalendar()[:2] == (2026, 53)
    one = make.incident(email, arendal, oslo(2026, 12, 31, 14, 0, 10), resolved=oslo(2027, 1, 4, 14, 15, 11))

    shown = sheet(one)

    assert shown.due == oslo(2027, 1, 4, 14, 15, 10)
    assert (shown.worked, shown.overdue) == (timedelta(hours=8, seconds=1), timedelta(seconds=1))
    assert (shown.clock.met, shown.clock.month) == (False, date(2027, 1, 1))
    assert "Stengt: 1. nyttårsdag 01.01.2027." in said(shown)


@pytest.mark.parametrize(
    ("days", "by_closing", "due"),
    [
        (1, False, oslo(2027, 1, 4, 14)),
        (1, True, oslo(2027, 1, 4, 15, 45)),
        (2, False, oslo(2027, 1, 5, 14)),
    ],
)
def test_working_days_over_the_end_of_a_year_of_53_weeks(version, email, arendal, days, by_closing, due):
    in_days(days, until_closing=by_closing)
    assert sheet(make.incident(email, arendal, oslo(2026, 12, 31, 14))).due == due


def test_a_long_table_folds_week_53_as_one_though_it_lies_in_two_years(always, email, arendal):
    one = make.incident(email, arendal, oslo(2026, 12, 10, 8), resolved=oslo(2027, 1, 15, 8))
    with translation.override("nb"):
        days = [line.day for line in table.lines(sheet(one)) if line.what.startswith("Over fristen")]
    assert days == [
        "to. 10.12. til sø. 13.12.",
        "ma. 14.12. til sø. 20.12.",
        "ma. 21.12. til sø. 27.12.",
        "28.12.2026 til 03.01.2027",
        "ma. 04.01. til sø. 10.01.",
        "ma. 11.01. til fr. 15.01.",
    ]


def test_the_weeks_of_a_calendar_go_from_53_to_1(version):
    weeks = Timetable(version.calendar.versions.all()).weeks(date(2027, 1, 1), count=2)
    assert [(week.first_day, week.last_day) for week in weeks] == [
        (date(2026, 12, 28), date(2027, 1, 3)),
        (date(2027, 1, 4), date(2027, 1, 10)),
    ]
    assert [(day.day, day.reason) for day in weeks[0].exceptional] == [(date(2027, 1, 1), "1. nyttårsdag")]
    assert [week.work for week in weeks] == [timedelta(hours=31), timedelta(hours=38, minutes=45)]
