"""Opening windows of a span: cut at its ends, and found without a look at all others."""

from datetime import datetime
from time import perf_counter

import pytest

from kit.formats import OSLO
from kit.worktime import WorkTime

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


@pytest.fixture(scope="module")
def calendar() -> WorkTime:
    """One that has been asked of centuries, so that their windows are known."""
    made = WorkTime({day: [("08:00", "16:00")] for day in WEEKDAYS})
    made.elapsed(oslo("1800-01-01"), oslo("2999-01-01"))
    return made


def oslo(clock: str) -> datetime:
    return datetime.fromisoformat(clock).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-03-09 09:00", "2026-03-09 10:00", [("2026-03-09 09:00", "2026-03-09 10:00")]),
        (
            "2026-03-09 15:59",
            "2026-03-10 08:01",
            [("2026-03-09 15:59", "2026-03-09 16:00"), ("2026-03-10 08:00", "2026-03-10 08:01")],
        ),
        ("2026-03-09 16:00", "2026-03-10 08:00", []),
        ("2026-03-09 08:00", "2026-03-09 08:00", []),
        ("2026-03-12 12:00", "2026-03-09 12:00", []),
    ],
)
def test_openings_are_cut_at_both_ends(calendar, first, last, expected):
    wanted = [(oslo(opens), oslo(closes)) for opens, closes in expected]
    assert calendar.openings(oslo(first), oslo(last)) == wanted


def test_openings_of_one_day_cost_little_however_many_windows_are_known(calendar):
    began = perf_counter()
    for _ in range(100):
        calendar.openings(oslo("2026-03-09"), oslo("2026-03-10"))
    assert perf_counter() - began < 1
