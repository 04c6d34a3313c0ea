"""How far a benefit has come: the vectors of the domain, and what holds for every way there is."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benefits.arithmetic import Effect, Status, Way, percent

VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=3)


@st.composite
def ways(draw) -> Way:
    baseline, target = draw(VALUES), draw(VALUES)
    assume(baseline != target)
    part = draw(st.sampled_from(["0.25", "0.5", "0.9", "1"]))
    return Way(baseline, target, baseline + (target - baseline) * Decimal(part))


@pytest.mark.parametrize(
    ("baseline", "target", "measured", "achieved"),
    [
        (60000, 50000, 59000, "10.0"),
        (60000, 50000, 60000, "0.0"),
        (100, 0, 10, "90.0"),
        (80, 90, 82, "20.0"),
        (5, 10, 4, "-20.0"),
        (100, 50, 120, "-40.0"),
        (0, 100, 115, "115.0"),
        (100, 50, 50, "100.0"),
        (0, 3, 1, "33.3"),
        (0, 3, 2, "66.7"),
        (0, 10000, 5, "0.1"),
        (0, 10000, -4, "0.0"),
        (0, 10000, 9996, "99.9"),
        (0, 10000, 10004, "100.0"),
    ],
)
def test_the_achievement_is_the_part_of_the_way_that_is_gone(baseline, target, measured, achieved):
    way = Way(Decimal(baseline), Decimal(target))
    assert str(percent(way.achievement(Decimal(measured)))) == achieved


def test_a_target_that_equals_its_baseline_is_refused():
    with pytest.raises(ValueError, match="equals its baseline"):
        Way(Decimal(5), Decimal("5.0"))


def test_what_is_not_measured_has_no_achievement():
    way = Way(Decimal(100), Decimal(50))
    assert (way.achievement(None), way.status(None)) == (None, Status.NOT_MEASURED)


@pytest.mark.parametrize(
    ("measured", "status"),
    [
        ("50", Status.ON_TARGET),
        ("49.999", Status.ON_TARGET),
        ("50.001", Status.GOOD_ENOUGH),
        ("60", Status.GOOD_ENOUGH),
        ("60.001", Status.NOT_GOOD_ENOUGH),
        ("0", Status.ON_TARGET),
        ("120", Status.NOT_GOOD_ENOUGH),
    ],
)
def test_the_status_compares_exactly_what_is_measured(measured, status):
    assert Way(Decimal(100), Decimal(50), Decimal(60)).status(Decimal(measured)) == status


def test_zero_is_a_value():
    assert Way(Decimal(10), Decimal(20)).achievement(Decimal(0)) == -1


def test_effects_add_what_is_planned_and_only_what_is_measured():
    way = Way(Decimal(100), Decimal(50), Decimal(60))
    effects = [Effect.of(way, Decimal(70)), Effect.of(way, None), Effect.of(None, Decimal(9))]
    assert sum(effects, Effect()) == Effect(Decimal(100), Decimal(80), Decimal(30), measured=1, unmeasured=2)


@given(ways(), VALUES)
def test_turning_a_way_around_zero_changes_no_achievement(way: Way, measured: Decimal):
    mirrored = Way(-way.baseline, -way.target)
    assert mirrored.achievement(-measured) == way.achievement(measured)


@given(ways(), VALUES, st.integers(min_value=1, max_value=1000))
def test_another_unit_changes_no_achievement(way: Way, measured: Decimal, factor: int):
    scaled = Way(way.baseline * factor, way.target * factor)
    assert scaled.achievement(measured * factor) == way.achievement(measured)


@given(ways())
def test_a_way_begins_at_nothing_and_ends_at_all(way: Way):
    assert (way.achievement(way.baseline), way.achievement(way.target)) == (0, 1)


@given(ways(), VALUES)
def test_the_status_follows_the_achievement(way: Way, measured: Decimal):
    achieved, enough = way.achievement(measured), way.achievement(way.good_enough)
    expected = Status.NOT_GOOD_ENOUGH if achieved < enough else Status.GOOD_ENOUGH
    assert way.status(measured) == (Status.ON_TARGET if achieved >= 1 else expected)


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_only_what_has_arrived_is_shown_as_all_of_it(achievement: Fraction):
    assert (percent(achievement) >= 100) == (achievement >= 1)
    assert abs(Fraction(percent(achievement)) - achievement * 100) <= Fraction(1, 10)
