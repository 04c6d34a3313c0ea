"""The same time from other sides, with numbers reckoned by hand."""

from datetime import timedelta
from decimal import Decimal

from partnership.models import Organisation
from services.models import Service
from sla.figures.uptime import Uptime
from sla.models import Availability
from sla.spans import Month


def month(number: int, agreed: int, **seconds: int) -> Availability:
    """Promised 99.5 %."""
    counts = {"planned_seconds": 0, "down_seconds": 0, "weighted_microseconds": 0}
    wall = {"wall_planned_seconds": 0, "wall_down_seconds": 0}
    shares = {"wanted": Decimal("0.995"), "good_enough": Decimal("0.99")}
    return Availability(month=Month(2026, number).first, agreed_seconds=agreed, **(counts | wall | shares | seconds))


APRIL = month(
    4,
    100_000,
    planned_seconds=4_000,
    down_seconds=480,
    weighted_microseconds=120_000_000,
    wall_seconds=30 * 86_400,
    wall_planned_seconds=12_000,
    wall_down_seconds=3_600,
)
MAY = month(5, 50_000, wall_seconds=31 * 86_400)


def up(*rows: Availability, stretches: tuple[int, ...] = ()) -> Uptime:
    times = [timedelta(seconds=one) for one in stretches]
    return Uptime(Service(), Organisation(), Month(2026, 4), rows, [], times)


def test_a_month_by_agreed_time_weighted_by_users_and_by_the_clock_on_the_wall():
    """96 000 s were promised. Down 480: 99,5. Weighted 120: 99,875. By the wall 3 600 of 2 580 000: 99,8604..."""
    april = up(APRIL)
    assert (april.percent, april.weighted_percent, april.wall_percent) == (
        Decimal("99.50"),
        Decimal("99.87"),
        Decimal("99.86"),
    )


def test_months_are_added_before_they_are_divided():
    """146 000 s: 99,6712..., 99,9178... By the wall 3 600 of 5 258 400: 99,9315... No mean of two percentages."""
    both = up(APRIL, MAY)
    assert (both.percent, both.weighted_percent, both.wall_percent) == (
        Decimal("99.67"),
        Decimal("99.91"),
        Decimal("99.93"),
    )


def test_two_failures_share_the_time_down_and_the_time_up():
    """300 s and 180 s down; 95 520 s up."""
    april = up(APRIL, stretches=(300, 180))
    assert april.longest == timedelta(seconds=300)
    assert april.mean_time_to_restore == timedelta(seconds=240)
    assert april.mean_time_between_failures == timedelta(seconds=47_760)


def test_time_up_of_all_months_stands_between_failures():
    """145 520 s up, three times down."""
    mean = up(APRIL, MAY, stretches=(300, 100, 80)).mean_time_between_failures
    assert mean == timedelta(seconds=145_520) / 3


def test_what_never_went_down_has_no_mean():
    may = up(MAY)
    assert (may.mean_time_to_restore, may.mean_time_between_failures, may.longest) == (None, None, timedelta())
    assert (may.percent, may.weighted_percent, may.wall_percent) == (Decimal("100.00"),) * 3


def test_what_is_left_of_the_downtime_that_the_target_allows():
    """99.5 % of 96 000 s is 95 520 s, which is what it was up; of 146 000 s 250 s more than it was down."""
    assert (up(APRIL).budget_left, up(APRIL, MAY).budget_left) == (timedelta(), timedelta(seconds=250))
