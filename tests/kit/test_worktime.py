"""Working time agrees with other service desks' published cases and with the vectors of the domain notes."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kit.worktime import EmptyCalendar, WorkTime

CASES = json.loads((Path(__file__).parents[1] / "data" / "business_time_cases.json").read_text(encoding="utf-8"))
AGREED = [case for case in CASES if case["brute_force_agrees"]]
EMPTY = [case for case in AGREED if not case["calendar"]["weekly"]]
COUNTED = [case for case in AGREED if case not in EMPTY]


def calendar(case):
    source = case["calendar"]
    return WorkTime(source["weekly"], map(date.fromisoformat, source["holidays"]), tz=source["tz"])


def pauses(case):
    return [tuple(map(datetime.fromisoformat, pause)) for pause in case["pauses"]]


def answer(case):
    """What our calendar says, in the case's own unit: minutes elapsed, or an instant."""
    work, start = calendar(case), datetime.fromisoformat(case["start"])
    match case["kind"]:
        case "elapsed":
            return work.elapsed(start, datetime.fromisoformat(case["end"]), pauses(case))
        case "due":
            return work.due(start, timedelta(minutes=case["add_minutes"]), pauses(case))
        case "due_workdays":
            return work.due_workdays(start, case["add_days"])


def expectation(case):
    if case["kind"] == "elapsed":
        return timedelta(seconds=round(case["expected"] * 60))
    return datetime.fromisoformat(case["expected_utc"])


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case["id"])
def test_published_case_of_another_service_desk(case):
    assert answer(case) == expectation(case)


@pytest.mark.parametrize("case", EMPTY, ids=lambda case: case["id"])
def test_published_case_without_opening_hours_is_refused(case):
    with pytest.raises(EmptyCalendar):
        calendar(case)


OSLO = ZoneInfo("Europe/Oslo")
WORKWEEK = ("mon", "tue", "wed", "thu", "fri")
WINTER = {day: [("08:00", "15:45")] for day in WORKWEEK}
SUMMER = {day: [("08:00", "15:00")] for day in WORKWEEK}
ALWAYS = {day: [("00:00", "24:00")] for day in (*WORKWEEK, "sat", "sun")}
HOLIDAYS = [
    *map(date.fromisoformat, ("2026-01-01", "2026-04-02", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01")),
    *map(date.fromisoformat, ("2026-05-14", "2026-05-17", "2026-05-24", "2026-05-25", "2026-12-25", "2026-12-26")),
    *map(date.fromisoformat, ("2027-05-01", "2027-05-06", "2027-05-16", "2027-05-17")),
]
HALF_DAYS = {day: [("08:00", "12:00")] for day in (date(2026, 4, 1), date(2026, 12, 24), date(2026, 12, 31))}
SUMMER_TIME = {"from": "05-15", "to": "09-14", "weekly": SUMMER}
DESK = WorkTime(WINTER, HOLIDAYS, exceptions=HALF_DAYS, seasons=[SUMMER_TIME])
OFFICE = WorkTime(WINTER, HOLIDAYS)


def oslo(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=OSLO, fold=fold)


def hours(number):
    return timedelta(hours=number)


@pytest.mark.parametrize(
    ("start", "work", "due"),
    [
        ("2026-03-31 15:00", 4, "2026-04-01 11:15"),
        ("2026-04-01 11:30", 4, "2026-04-07 11:30"),
        ("2026-05-22 14:30", 2, "2026-05-26 09:30"),
        ("2027-05-14 14:00", 8, "2027-05-18 14:15"),
    ],
)
def test_due_over_half_days_easter_and_the_change_to_summer_hours(start, work, due):
    assert DESK.due(oslo(start), hours(work)) == oslo(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-03-28 23:00", "2026-03-29 08:00"), ("2026-10-24 23:00", "2026-10-25 06:00")],
)
def test_eight_hours_around_the_clock_over_a_change_of_clocks(start, due):
    assert WorkTime(ALWAYS).due(oslo(start), hours(8)) == oslo(due)


@pytest.mark.parametrize(
    ("calendar", "month", "next_month", "agreed"),
    [
        (WorkTime(WINTER, HOLIDAYS, exceptions=HALF_DAYS), "2026-04-01", "2026-05-01", 143.5),
        (WorkTime(WINTER, HOLIDAYS, exceptions=HALF_DAYS), "2026-12-01", "2027-01-01", 163),
        (WorkTime(ALWAYS), "2026-03-01", "2026-04-01", 743),
        (WorkTime(ALWAYS), "2026-10-01", "2026-11-01", 745),
    ],
)
def test_agreed_hours_of_a_month(calendar, month, next_month, agreed):
    assert calendar.elapsed(oslo(month), oslo(next_month)) == hours(agreed)


def test_work_that_ends_with_the_day_is_due_when_it_closes_not_when_it_opens_again():
    assert OFFICE.due(oslo("2026-03-10 12:00"), hours(3.75)) == oslo("2026-03-10 15:45")


def test_no_work_is_due_at_the_next_open_instant():
    dues = [
        OFFICE.due(oslo(start), timedelta()) for start in ("2026-03-10 15:45", "2026-03-13 16:00", "2026-03-10 09:00")
    ]
    assert dues == [oslo("2026-03-11 08:00"), oslo("2026-03-16 08:00"), oslo("2026-03-10 09:00")]


def test_no_work_is_due_at_the_next_instant_that_is_open_and_not_paused():
    pause = (oslo("2026-03-10 07:00"), oslo("2026-03-10 08:30"))
    assert OFFICE.due(oslo("2026-03-10 06:00"), timedelta(), [pause]) == oslo("2026-03-10 08:30")


def test_no_time_passes_when_the_end_comes_first():
    assert OFFICE.elapsed(oslo("2026-03-10 12:00"), oslo("2026-03-10 09:00")) == timedelta()


def test_overlapping_pauses_count_once_and_a_reversed_one_not_at_all():
    pauses = [
        (oslo("2026-03-10 10:00"), oslo("2026-03-10 12:00")),
        (oslo("2026-03-10 09:30"), oslo("2026-03-10 11:00")),
        (oslo("2026-03-10 15:00"), oslo("2026-03-10 14:00")),
    ]
    start, end = oslo("2026-03-10 09:00"), oslo("2026-03-10 13:00")
    assert (OFFICE.elapsed(start, end, pauses), OFFICE.due(start, hours(1.5), pauses)) == (hours(1.5), end)


def test_a_pause_without_end_stops_the_clock_for_good():
    pauses = [(oslo("2026-03-10 10:00"), None)]
    start = oslo("2026-03-10 09:00")
    assert OFFICE.elapsed(start, oslo("2026-06-01 09:00"), pauses) == hours(1)
    assert OFFICE.due(start, hours(1), pauses) == oslo("2026-03-10 10:00")
    assert OFFICE.due(start, hours(1) + timedelta(microseconds=1), pauses) is None


def test_microseconds_are_exact():
    start = oslo("2026-03-10 15:44:59.999999")
    assert OFFICE.elapsed(start, oslo("2026-03-11 08:00:00.000002")) == timedelta(microseconds=3)
    assert OFFICE.due(start, timedelta(microseconds=3)) == oslo("2026-03-11 08:00:00.000002")


def test_a_due_instant_is_told_in_the_zone_of_the_calendar():
    due = OFFICE.due(datetime(2026, 3, 10, 9, tzinfo=UTC), hours(1))
    assert (due.isoformat(), due.tzinfo) == ("2026-03-10T11:00:00+01:00", OSLO)


def test_a_due_instant_that_never_comes_is_none():
    one_morning = WorkTime({}, exceptions={date(2026, 3, 10): [("08:00", "12:00")]})
    dues = [one_morning.due(oslo("2026-03-01 00:00"), work) for work in (hours(4), hours(5), timedelta.max)]
    assert dues == [oslo("2026-03-10 12:00"), None, None]


def test_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        OFFICE.elapsed(datetime(2026, 3, 10, 9), oslo("2026-03-10 10:00"))  # noqa: DTZ001


def test_negative_work_is_refused():
    with pytest.raises(ValueError, match="may not be negative"):
        OFFICE.due(oslo("2026-03-10 09:00"), hours(-1))
    with pytest.raises(ValueError, match="may not be negative"):
        OFFICE.due_workdays(oslo("2026-03-10 09:00"), -1)


@pytest.mark.parametrize(
    "rules",
    [
        {"weekly": {}},
        {"weekly": {"mon": [], "tue": None}},
        {"weekly": {}, "exceptions": {date(2026, 1, 1): []}, "seasons": [("01-01", "12-31", {})]},
    ],
)
def test_a_calendar_without_any_interval_is_refused(rules):
    with pytest.raises(EmptyCalendar):
        WorkTime(**rules)


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"weekly": {"monday": [("08:00", "15:45")]}}, "The days of a week are mon, .*, not monday"),
        ({"weekly": {"mon": [("8", "15:45")]}}, "A time of day is written 08:00, not '8'"),
        ({"weekly": {"mon": [("08:00", "08:00")]}}, "08:00-08:00 is no opening interval"),
        ({"weekly": WINTER, "seasons": [("02-30", "03-01", {})]}, "A season begins and ends on a day like 05-15"),
    ],
)
def test_rules_that_cannot_be_read_are_refused_with_a_sentence(rules, sentence):
    with pytest.raises(ValueError, match=sentence):
        WorkTime(**rules)


def test_a_holiday_that_is_no_date_is_refused():
    with pytest.raises(TypeError, match="'2026-05-01'"):
        WorkTime(WINTER, ["2026-05-01"])


def test_a_night_belongs_to_the_date_it_begins_on():
    nights = WorkTime({"wed": [("22:00", "06:00")], "thu": [("22:00", "06:00")]}, [date(2026, 3, 12)])
    week = nights.openings(oslo("2026-03-09"), oslo("2026-03-16"))
    assert week == [(oslo("2026-03-11 22:00"), oslo("2026-03-12 06:00"))]


def test_an_exception_beats_a_holiday_and_a_holiday_beats_the_season():
    calendar = WorkTime(
        WINTER,
        [date(2026, 5, 25), date(2026, 5, 26)],
        exceptions={date(2026, 5, 26): [("10:00", "11:00")], date(2026, 5, 27): None},
        seasons=[SUMMER_TIME],
    )
    days = [calendar.elapsed(oslo(f"2026-05-{day}"), oslo(f"2026-05-{day + 1}")) for day in range(25, 29)]
    assert days == [hours(0), hours(1), hours(0), hours(7)]


@pytest.mark.parametrize(
    "seasons",
    [
        [{"from": "12-24", "to": "01-02", "weekly": {}}],
        [("12-24", "01-02", {})],
        {("12-24", "01-02"): {}},
    ],
)
def test_a_season_may_run_over_the_year_end(seasons):
    calendar = WorkTime(WINTER, seasons=seasons)
    assert calendar.due(oslo("2026-12-23 15:00"), hours(1)) == oslo("2027-01-04 08:15")


def test_the_last_of_february_ends_a_season_in_every_year():
    calendar = WorkTime(WINTER, seasons=[("02-01", "02-29", {})])
    assert [calendar.due(oslo(f"{year}-02-15"), timedelta()) for year in (2027, 2028)] == [
        oslo("2027-03-01 08:00"),
        oslo("2028-03-01 08:00"),
    ]


def test_the_first_of_overlapping_seasons_holds():
    calendar = WorkTime(WINTER, seasons=[("07-01", "07-31", {}), SUMMER_TIME])
    assert calendar.due(oslo("2026-06-30 14:00"), hours(2)) == oslo("2026-08-03 09:00")


def test_intervals_that_touch_or_overlap_are_one():
    calendar = WorkTime({"mon": [("12:00", "16:00"), ("08:00", "12:00"), ("11:00", "13:00")]})
    assert calendar.openings(oslo("2026-03-09"), oslo("2026-03-16")) == [
        (oslo("2026-03-09 08:00"), oslo("2026-03-09 16:00"))
    ]


def test_hours_are_those_of_the_wall_clock_when_it_leaps_and_when_it_repeats():
    calendar = WorkTime({"sun": [("02:15", "03:30")]})
    assert calendar.openings(oslo("2026-03-29"), oslo("2026-03-30")) == [
        (oslo("2026-03-29 03:00"), oslo("2026-03-29 03:30"))
    ]
    assert calendar.openings(oslo("2026-10-25"), oslo("2026-10-26")) == [
        (oslo("2026-10-25 02:15"), oslo("2026-10-25 02:00", fold=1)),
        (oslo("2026-10-25 02:15", fold=1), oslo("2026-10-25 03:30")),
    ]


def test_any_century_can_be_asked():
    starts = [datetime(year, 3, 4, tzinfo=UTC) for year in (1850, 2150)]
    assert [OFFICE.elapsed(start, start + timedelta(days=7)) for start in starts] == [5 * hours(7.75)] * 2


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-03-12 17:30", 2, "2026-03-16 17:30"),
        ("2026-03-14 12:00", 0, "2026-03-16 08:00"),
        ("2026-03-14 12:00", 1, "2026-03-17 08:00"),
        ("2026-04-01 09:00", 1, "2026-04-07 09:00"),
        ("2026-03-10 05:00", 0, "2026-03-10 05:00"),
    ],
)
def test_working_days_keep_the_wall_clock_or_roll_to_an_opening(start, days, due):
    assert OFFICE.due_workdays(oslo(start), days) == oslo(due)


def test_a_working_day_due_in_the_leap_of_the_clock_moves_forward_with_it():
    assert WorkTime(ALWAYS).due_workdays(oslo("2026-03-28 02:30"), 1) == oslo("2026-03-29 03:30")


def test_a_working_day_that_never_comes_is_none():
    one_day = WorkTime({}, exceptions={date(2026, 3, 10): [("08:00", "12:00")]})
    start = oslo("2026-03-01 09:00")
    assert [one_day.due_workdays(start, days) for days in (0, 1)] == [oslo("2026-03-10 08:00"), None]
