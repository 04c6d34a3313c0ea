"""The timeline of an incident copes with many days, crowded days, phones, and nights when the clock is moved."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import charts
from kit.charts import Moment
from kit.charts.captions import Caption, arrange
from kit.charts.clock import ClockAxis, slots_of
from kit.charts.timeline import kept
from tests.kit.drawing import OSLO, day, shapes, texts, timeline, widest


def test_a_timeline_has_a_lane_a_day_with_its_sums():
    chart = charts.incident_timeline(timeline(day(16), day(17)))
    assert [text for text in texts(chart) if text.startswith(("day", "sum"))] == [
        "day 16",
        "sum 8 h",
        "day 17",
        "sum 8 h",
    ]
    assert len(shapes(chart, "rect", fill="#E1E9ED")) == 3


def test_many_days_fold_into_a_line_that_says_so_and_keep_those_where_something_happened():
    due = charts.Happening(datetime(2026, 9, 20, 9, tzinfo=OSLO), Moment.DUE, "due 09.00")
    days = [day(number, happenings=(due,) if number == 20 else ()) for number in range(1, 31)]
    chart = charts.incident_timeline(timeline(*days), most_lanes=5)
    assert [item.day.day for item in kept(days, 5)] == [1, 2, 3, 20, 30]
    assert [text for text in texts(chart) if text.endswith("more days")] == ["16 more days", "9 more days"]
    assert texts(chart).count("due 09.00") == 1


def test_happenings_close_together_stand_on_lines_of_their_own():
    start = datetime(2026, 9, 16, 8, 5, tzinfo=OSLO)
    labels = [f"happening {index}" for index in range(4)]
    moments = [Moment.REPORTED, Moment.RESPONDED, Moment.DUE, Moment.SOLVED]
    happenings = tuple(
        charts.Happening(start + timedelta(minutes=10 * index), moment, label)
        for index, (moment, label) in enumerate(zip(moments, labels, strict=True))
    )
    chart = charts.incident_timeline(timeline(day(16, happenings=happenings)), width=288)
    places = {text.get("y") for text in shapes(chart, "text") if text.text in labels}
    assert len(places) == 4
    assert widest(chart) <= 288


@given(st.lists(st.tuples(st.floats(12, 700), st.floats(20, 110)), min_size=1, max_size=6))
def test_no_caption_covers_another_or_is_crossed_where_there_is_room(wanted):
    captions = [
        Caption(day(1).openings[0], 16 + width, (x - 8, x - 8 - width), vertical=x, reach=8) for x, width in wanted
    ]
    placed = arrange([*captions, Caption(day(1).openings[0], 80, (300,))], (0, 760))
    assert len(placed) == len(wanted) + 1
    assert not any(one.clashes(other) for one, other in combinations(placed, 2))


@pytest.mark.parametrize(
    ("local_day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 6, 1), 24), (date(2026, 10, 25), 25)]
)
def test_a_day_has_the_hours_the_clock_gives_it(local_day, hours):
    assert len(slots_of(local_day, OSLO)) == hours


def test_the_repeated_hour_has_a_column_of_its_own():
    night = date(2026, 10, 25)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    axis = ClockAxis.over(OSLO, [(night, first - timedelta(hours=1)), (night, first + timedelta(hours=2, minutes=30))])
    assert axis.slots == ((0, 0), (1, 0), (2, 0), (2, 1), (3, 0), (4, 0))
    assert [axis.place(night, first + timedelta(hours=hour)) for hour in range(3)] == [2.5, 3.5, 4.5]
    assert list(axis.missing(date(2026, 10, 26))) == [3]


def test_the_skipped_hour_is_empty_in_its_lane():
    axis = ClockAxis.over(OSLO, [(date(2026, 3, 29), datetime(2026, 3, 29, hour, tzinfo=OSLO)) for hour in (0, 5)])
    assert list(axis.missing(date(2026, 3, 29))) == [2]


def test_midnight_belongs_to_the_end_of_its_lane():
    whole = datetime(2026, 9, 17, tzinfo=OSLO)
    axis = ClockAxis.over(OSLO, [(date(2026, 9, 16), whole - timedelta(hours=24)), (date(2026, 9, 16), whole)])
    assert [axis.place(date(2026, 9, 16), instant) for instant in (whole - timedelta(hours=24), whole)] == [0, 24]


def test_a_timeline_without_days_is_refused():
    with pytest.raises(ValueError, match="at least one day"):
        charts.incident_timeline(timeline())
