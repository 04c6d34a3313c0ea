"""Control limits of a series of single values (an XmR chart)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

FEWEST_POINTS = 12
XMR_FACTOR = 2.66


@dataclass(frozen=True)
class ControlLimits:
    """Between which values a process moves when nothing particular has happened; same unit as the values."""

    mean: float
    lower: float
    upper: float

    def hold(self, value: float) -> bool:
        """A value on the limit is inside."""
        return self.lower <= value <= self.upper


def control_limits(
    values: Sequence[float | None], *, floor: float | None = None, cap: float | None = None
) -> ControlLimits | None:
    """The mean ± 2.66 × the mean moving range, or None with fewer than 12 measured values.

    values are one a period, in order of time, all in one unit; None is a period that was not measured. A moving
    range is the absolute difference of two neighbouring periods that were both measured: across a gap there is none.
    Give the values of a stated baseline period to judge later ones by it. floor and cap bound the limits where the
    unit ends (0 and 100 for a percentage); the mean is never moved. None as well when no two neighbours were measured.

    Source: Donald J. Wheeler, Understanding Variation (1993). 2.66 is 3 / d2, with d2 = 1.128 for ranges of two.
    """
    measured = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if len(measured) < FEWEST_POINTS or not ranges:
        return None
    mean, reach = fmean(measured), XMR_FACTOR * fmean(ranges)
    lower, upper = mean - reach, mean + reach
    return ControlLimits(mean, lower if floor is None else max(lower, floor), upper if cap is None else min(upper, cap))
