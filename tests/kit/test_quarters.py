"""A quarter knows its days, its neighbours and how it is written."""

from datetime import date

import pytest

from kit.quarters import Quarter, last_closed_quarter
from tests.make import oslo


def test_a_quarter_holds_its_three_months():
    quarter = Quarter(2026, 3)
    assert quarter.months == (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1))
    assert (quarter.first, quarter.last) == (date(2026, 7, 1), date(2026, 9, 30))
    assert (quarter.start, quarter.end) == (oslo(2026, 7, 1), oslo(2026, 10, 1))


def test_the_quarters_that_end_here_pass_the_turn_of_the_year():
    assert [str(one) for one in Quarter(2026, 1).ending_here(3)] == ["2025Q3", "2025Q4", "2026Q1"]


@pytest.mark.parametrize(
    ("today", "closed"), [(date(2026, 9, 30), "2026Q2"), (date(2026, 10, 1), "2026Q3"), (date(2026, 1, 1), "2025Q4")]
)
def test_a_quarter_is_closed_the_day_after_its_last(today, closed):
    assert str(Quarter.last_closed(today)) == closed
    assert last_closed_quarter(today) == (Quarter.parse(closed).first, Quarter.parse(closed).last)


@pytest.mark.parametrize("text", ["2026", "2026Q5", "2026Q0", "26Q3", "2026Q3 ", "1999Q1", ""])
def test_what_is_no_quarter_is_refused(text):
    with pytest.raises(ValueError, match="is not a quarter such as 2026Q3"):
        Quarter.parse(text)


def test_quarters_are_in_order_of_time():
    assert Quarter(2025, 4) < Quarter(2026, 1) < Quarter(2026, 2)
