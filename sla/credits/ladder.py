"""How much a level that fell short takes off the price: exact, in per cent, by the ladder that was agreed.

A step says: from so many percentage points below the wanted share on, so many per cent of the month's price. The
highest step that is reached holds; a target that is met gives nothing, whatever the steps say. What the metrics of a
month give together is at most the cap.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from sla.levels import Level

HUNDRED = 100
NOTHING = Decimal(0)
NUMBER = r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%?"
STEP = re.compile(rf"{NUMBER}\s*[:=]\s*{NUMBER}")


class UnreadableLadder(ValueError):  # noqa: N818 - it is the ladder that is unreadable
    """A text that is no ladder: a step that cannot be read, or steps that do not rise."""


@dataclass(frozen=True, order=True)
class Step:
    """From `points` percentage points below the target on, `percent` of the month's price."""

    points: Decimal
    percent: Decimal


type Ladder = Sequence[Step]


def shortfall(level: Level) -> Fraction:
    """Percentage points below the wanted share, exactly; 0 where it is met, or nothing was measured."""
    if not level.counted:
        return Fraction(0)
    return max(Fraction(level.wanted - level.met) * HUNDRED / level.counted, Fraction(0))


def credit(level: Level, ladder: Ladder) -> Decimal:
    """Per cent of the month's price."""
    short = shortfall(level)
    reached = [step.percent for step in ladder if short and short >= step.points]
    return max(reached, default=NOTHING)


def capped(percents: Iterable[Decimal], cap: Decimal) -> Decimal:
    return min(sum(percents, NOTHING), cap)


def parse_ladder(text: str) -> list[Step]:
    """«0: 5; 0,5: 10»: points below the target, and per cent of the price; both rise."""
    parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
    steps = sorted(_step(part) for part in parts)
    if any(later.points == one.points or later.percent <= one.percent for one, later in pairwise(steps)):
        raise UnreadableLadder(text)
    return steps


def _step(part: str) -> Step:
    found = STEP.fullmatch(part)
    if found is None:
        raise UnreadableLadder(part)
    points, percent = (Decimal(number.replace(",", ".")) for number in found.groups())
    if points > HUNDRED or not 0 < percent <= HUNDRED:
        raise UnreadableLadder(part)
    return Step(points, percent)
