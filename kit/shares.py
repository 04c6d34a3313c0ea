"""Shares of an amount that add up to it, to the øre.

Largest remainder (Hamilton's method): each share is rounded down to whole units, and the units left over go one
each to the largest remainders.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

ORE = Decimal("0.01")
KRONE = Decimal(1)

type Weight = Decimal | Fraction | int


def split(amount: Decimal, weights: Sequence[Weight], unit: Decimal = ORE) -> list[Decimal]:
    """The amount shared in proportion to the weights, in whole units, in the order of the weights.

    Exact: the shares add up to the amount and each lies within one unit of its exact share. Of equal remainders
    the earlier share gets the unit. A negative amount is shared as its absolute value and negated, so that a
    credit mirrors its invoice. A weight of zero gets nothing.

    ValueError for a negative weight, for weights that add up to zero, for a unit that is not positive, and for an
    amount that is not a whole number of units; TypeError for floats.
    """
    exact = [as_fraction(weight) for weight in weights]
    whole = sum(exact)
    if not whole or any(weight < 0 for weight in exact):
        raise ValueError("Weights are not negative, and at least one is above zero.")
    units = units_in(amount, unit)
    sign = -1 if units < 0 else 1
    return [sign * share * unit for share in apportion(abs(units), [weight / whole for weight in exact])]


def apportion(units: int, shares: Sequence[Fraction]) -> list[int]:
    """Whole units by largest remainder, for shares that add up to one."""
    quotas = [units * share for share in shares]
    floors = [quota.numerator // quota.denominator for quota in quotas]
    by_remainder = sorted(range(len(shares)), key=lambda place: floors[place] - quotas[place])
    for place in by_remainder[: units - sum(floors)]:
        floors[place] += 1
    return floors


def units_in(amount: Decimal, unit: Decimal) -> int:
    if unit <= 0:
        raise ValueError(f"A unit is above zero, not {unit}.")
    units = as_fraction(amount) / as_fraction(unit)
    if units.denominator != 1:
        raise ValueError(f"{amount} is not a whole number of {unit}.")
    return units.numerator


def as_fraction(number: Weight) -> Fraction:
    """Exactly. TypeError for a float: 0.1 is not a tenth."""
    if not isinstance(number, Decimal | Fraction | int):
        raise TypeError(f"Amounts and weights are Decimal, Fraction or int, not {number!r}.")
    return Fraction(number)
