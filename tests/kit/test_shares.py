"""Shares add up to the amount, and every odd øre goes where the rule says."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.shares import KRONE, split

amounts = st.integers(-(10**14), 10**14).map(lambda ore: Decimal(ore) / 100)
numbers = st.integers(0, 10**7) | st.decimals(0, 10**6, places=3) | st.fractions(0, 10**4)
weights = st.lists(numbers, min_size=1, max_size=30).filter(any)


def kroner(*texts):
    return [Decimal(text) for text in texts]


def test_a_third_equally_and_two_thirds_by_population():
    """IKT Nordhordland's key; the odd øre goes to the first by its remainder."""
    populations = [5000, 12000, 30000, 3333]
    key = [Fraction(1, 3) / 4 + Fraction(2, 3) * Fraction(people, sum(populations)) for people in populations]
    shares = split(Decimal("10000000.00"), key)
    assert shares == kroner("1495589.38", "2422747.83", "4806869.58", "1274793.21")


def test_ownership_shares_that_do_not_add_up_to_a_hundred_in_whole_kroner():
    """Hedmark IKT's agreement has 100.1 points."""
    points = kroner("32.5", "21.6", "8.1", "19.0", "5.1", "5.4", "8.4")
    shares = split(Decimal(7_000_000), points, unit=KRONE)
    assert shares == kroner("2272727", "1510490", "566434", "1328671", "356643", "377622", "587413")


def test_equal_remainders_go_to_the_earlier_shares_as_given():
    assert split(Decimal("0.05"), [1, 1, 1]) == kroner("0.02", "0.02", "0.01")


def test_a_negative_amount_mirrors_its_positive():
    shares = split(Decimal("-0.05"), [1, 1, 1, 0])
    assert [str(share) for share in shares] == ["-0.02", "-0.02", "-0.01", "0.00"]


def test_a_weight_of_zero_gets_nothing():
    assert split(Decimal("0.01"), [0, 1, 0]) == kroner("0.00", "0.01", "0.00")


def test_shares_are_written_with_the_decimals_of_the_unit():
    assert [str(share) for share in split(Decimal(1), [1, 0])] == ["1.00", "0.00"]


@pytest.mark.parametrize("unwanted", [[], [0, 0], [2, -1]])
def test_weights_without_meaning_are_refused(unwanted):
    with pytest.raises(ValueError, match="Weights are not negative"):
        split(Decimal(100), unwanted)


def test_an_amount_finer_than_the_unit_is_refused():
    with pytest.raises(ValueError, match=r"0\.005 is not a whole number of 0\.01"):
        split(Decimal("0.005"), [1, 1])


def test_a_unit_of_zero_is_refused():
    with pytest.raises(ValueError, match="A unit is above zero"):
        split(Decimal(1), [1, 1], unit=Decimal(0))


def test_floats_are_refused():
    with pytest.raises(TypeError, match=r"0\.1"):
        split(Decimal(1), [0.1, 0.9])


@given(amounts, weights)
def test_shares_add_up_and_each_is_within_one_unit_of_its_exact_share(amount, weights):
    shares = split(amount, weights)
    whole = sum(Fraction(weight) for weight in weights)
    assert sum(map(Fraction, shares)) == Fraction(amount)
    for share, weight in zip(shares, weights, strict=True):
        assert abs(Fraction(share) - Fraction(amount) * Fraction(weight) / whole) < Fraction(1, 100)


@given(amounts, weights)
def test_negating_the_amount_negates_the_shares(amount, weights):
    assert split(-amount, weights) == [-share for share in split(amount, weights)]
