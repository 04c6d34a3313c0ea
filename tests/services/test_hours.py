"""Hours as people write them, and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import hours
from services.hours import Problem, UnreadableHours, Wording


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("08.00–15.45", [["08:00", "15:45"]]),
        ("08:00-15:45", [["08:00", "15:45"]]),
        ("8-16", [["08:00", "16:00"]]),
        ("0800 til 1545", [["08:00", "15:45"]]),
        ("08.00 to 15.45", [["08:00", "15:45"]]),
        ("08.00–15.45, 17.00–20.00", [["08:00", "15:45"], ["17:00", "20:00"]]),
        ("17.00–20.00 og 08.00–15.45", [["08:00", "15:45"], ["17:00", "20:00"]]),
        ("08.00–12.00; 12.00–16.00", [["08:00", "12:00"], ["12:00", "16:00"]]),
        ("22.00–06.00", [["22:00", "06:00"]]),
        ("16.00–24.00", [["16:00", "24:00"]]),
        ("16.00–00.00", [["16:00", "24:00"]]),
        ("", []),
        ("  Stengt ", []),
        ("stengd", []),
        ("closed", []),
        ("Hele  døgnet", [["00:00", "24:00"]]),
        ("heile døgnet", [["00:00", "24:00"]]),
        ("around the clock", [["00:00", "24:00"]]),
    ],
)
def test_hours_are_read_the_ways_people_write_them(text: str, times: hours.Times):
    assert hours.parse_times(text) == times


@pytest.mark.parametrize(
    ("text", "problem", "part"),
    [
        ("fra åtte", Problem.INTERVAL, "fra åtte"),
        ("08.00–15.45, sånn", Problem.INTERVAL, "sånn"),
        ("08.00–15.45,", Problem.INTERVAL, ""),
        ("08.00–25.00", Problem.CLOCK, "08.00–25.00"),
        ("08.60–15.00", Problem.CLOCK, "08.60–15.00"),
        ("08.00–24.30", Problem.CLOCK, "08.00–24.30"),
        ("08.00–08.00", Problem.NO_LENGTH, "08.00–08.00"),
        ("24.00–06.00", Problem.NO_LENGTH, "24.00–06.00"),
        ("08.00–12.00, 11.00–16.00", Problem.OVERLAP, "08:00–12:00, 11:00–16:00"),
        ("22.00–06.00, 23.00–24.00", Problem.OVERLAP, "22:00–06:00, 23:00–24:00"),
    ],
)
def test_hours_that_cannot_be_read_say_what_is_wrong_and_where(text: str, problem: Problem, part: str):
    with pytest.raises(UnreadableHours) as raised:
        hours.parse_times(text)
    assert (raised.value.problem, raised.value.part) == (problem, part)


@st.composite
def days(draw: st.DrawFn) -> hours.Times:
    """Intervals in order that do not overlap; the last may run past midnight."""
    minutes = sorted(draw(st.sets(st.integers(0, 1439), max_size=8)))
    clocks = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
    pairs = [list(pair) for pair in zip(clocks[::2], clocks[1::2], strict=False)]
    if len(clocks) % 2:
        pairs.append([clocks[-1], draw(st.sampled_from(["24:00", *([clocks[0]] if minutes[0] and pairs else [])]))])
    return pairs


WORDINGS = st.sampled_from([Wording(), Wording(all_day="heile døgnet"), Wording("closed", "around the clock", ":")])


@given(days(), WORDINGS)
def test_what_is_written_reads_back_as_the_same(times: hours.Times, wording: Wording):
    assert hours.parse_times(hours.format_times(times, wording)) == times


@given(st.dates())
def test_a_day_of_the_year_reads_back_as_the_same(day: date):
    written = hours.format_month_day(day.strftime("%m-%d"))
    assert hours.parse_month_day(written) == day.strftime("%m-%d")


@given(st.lists(st.dates(min_value=date(1000, 1, 1)), unique=True))
def test_dates_read_back_as_the_same(dates: list[date]):
    iso = sorted(day.isoformat() for day in dates)
    assert hours.parse_dates(hours.format_dates(iso)) == iso


def test_dates_may_stand_on_lines_or_with_commas():
    assert hours.parse_dates("24.12.2026, 31.12.2026\n2027-01-02 24.12.2026") == [
        "2026-12-24",
        "2026-12-31",
        "2027-01-02",
    ]


@pytest.mark.parametrize("text", ["31.02.2026", "i morgen", "1.1.26"])
def test_a_date_that_does_not_exist_is_refused(text: str):
    with pytest.raises(UnreadableHours) as raised:
        hours.parse_dates(text)
    assert raised.value.problem == Problem.DATE


@pytest.mark.parametrize("text", ["32.01.", "mai", "15", ""])
def test_a_day_of_the_year_that_does_not_exist_is_refused(text: str):
    with pytest.raises(UnreadableHours) as raised:
        hours.parse_month_day(text)
    assert raised.value.problem == Problem.MONTH_DAY


@pytest.mark.parametrize("text", ["25", "kl. 12", ""])
def test_a_time_of_day_that_does_not_exist_is_refused(text: str):
    with pytest.raises(UnreadableHours) as raised:
        hours.parse_clock(text)
    assert raised.value.problem == Problem.CLOCK


def test_a_week_is_told_in_runs_of_equal_days():
    office = [["08:00", "15:45"]]
    week = dict.fromkeys(("mon", "tue", "wed", "fri"), office) | {"thu": [["08:00", "18:00"]]}
    assert hours.runs(week) == [
        ("mon", "wed", office),
        ("thu", "thu", [["08:00", "18:00"]]),
        ("fri", "fri", office),
        ("sat", "sun", []),
    ]
