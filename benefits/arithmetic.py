"""How far a benefit has come: exact to the last digit, rounded only for show. Pure calculation.

A value is a Decimal in the unit of its indicator. Source: the achievement of Prosjektveiviseren's and DFØ's
gevinstrealiseringsplan, (measured - baseline) / (target - baseline); it holds whether higher or lower is better.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

ONE = Fraction(1)
NOTHING = Decimal(0)
TENTHS = 10


class Status(StrEnum):
    NOT_MEASURED = "not_measured"
    NOT_GOOD_ENOUGH = "not_good_enough"
    GOOD_ENOUGH = "good_enough"
    ON_TARGET = "on_target"


@dataclass(frozen=True)
class Way:
    """From a baseline to a target in one unit, by way of what is good enough. ValueError unless it leads somewhere."""

    baseline: Decimal
    target: Decimal
    good_enough: Decimal | None = None

    def __post_init__(self) -> None:
        if self.target == self.baseline:
            raise ValueError("A target that equals its baseline leaves nothing to achieve.")

    @property
    def rises(self) -> bool:
        """Is higher better?"""
        return self.target > self.baseline

    @property
    def planned(self) -> Decimal:
        """The whole change wanted, in the unit; always above zero."""
        return abs(self.target - self.baseline)

    @property
    def least(self) -> Decimal:
        """The change that is good enough, in the unit; all of it where nothing less is."""
        return self.planned if self.good_enough is None else self.gained(self.good_enough)

    def gained(self, measured: Decimal) -> Decimal:
        """The change so far, in the unit; below zero where it is worse than the baseline."""
        return measured - self.baseline if self.rises else self.baseline - measured

    def achievement(self, measured: Decimal | None) -> Fraction | None:
        """`part`; None when not measured, which is not zero."""
        return None if measured is None else self.part(measured)

    def part(self, measured: Decimal) -> Fraction:
        """The part of the way, exactly: 1 at the target, below 0 when worse, above 1 when better."""
        return Fraction(self.gained(measured)) / Fraction(self.planned)

    def status(self, measured: Decimal | None) -> Status:
        return Effect.of(self, measured).status


@dataclass(frozen=True)
class Effect:
    """What shares of one unit are to give and have given, added exactly. Effects of different units are never added.

    What is not measured counts in `planned` and not in `realised`. A share without a baseline has no way to measure.
    """

    planned: Decimal = NOTHING
    least: Decimal = NOTHING
    realised: Decimal = NOTHING
    measured: int = 0
    unmeasured: int = 0

    @classmethod
    def of(cls, way: Way | None, measured: Decimal | None) -> "Effect":
        if way is None:
            return cls(unmeasured=1)
        if measured is None:
            return cls(way.planned, way.least, unmeasured=1)
        return cls(way.planned, way.least, way.gained(measured), measured=1)

    def __add__(self, other: "Effect") -> "Effect":
        return Effect(
            self.planned + other.planned,
            self.least + other.least,
            self.realised + other.realised,
            self.measured + other.measured,
            self.unmeasured + other.unmeasured,
        )

    @property
    def achievement(self) -> Fraction | None:
        return Fraction(self.realised) / Fraction(self.planned) if self.measured else None

    @property
    def status(self) -> Status:
        if not self.measured:
            return Status.NOT_MEASURED
        if self.realised >= self.planned:
            return Status.ON_TARGET
        return Status.GOOD_ENOUGH if self.realised >= self.least else Status.NOT_GOOD_ENOUGH


def percent(achievement: Fraction) -> Decimal:
    """For show: one decimal, half away from zero, never clamped and never minus zero.

    Only what has arrived is 100: 99.96 is shown as 99.9, so that the number and its status do not disagree.
    """
    tenths = floor(abs(achievement) * 100 * TENTHS + Fraction(1, 2))
    if achievement < ONE:
        tenths = min(tenths, 100 * TENTHS - 1) if achievement > 0 else -tenths
    return Decimal(tenths).scaleb(-1)
