"""What a time series is made of: points, words, what it is held against, and its control limits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kit.charts.limits import ControlLimits, control_limits
from kit.charts.svg import Medium


@dataclass(frozen=True)
class Point:
    """One period. A value of None was not measured, and the line has a gap there.

    label names the period in full, for the table; tick and group are what the axis says below it («juli», «2026»).
    """

    label: str
    value: float | None
    tick: str = ""
    group: str = ""


@dataclass(frozen=True)
class Event:
    """Something that happened between two points: at is an index into the points and may be a fraction."""

    at: float
    label: str


@dataclass(frozen=True)
class SeriesWords:
    """What the lines are called, in the reader's language."""

    target: str
    good_enough: str
    mean: str
    upper: str
    lower: str
    not_measured: str


@dataclass(frozen=True)
class Series:
    """Measurements of one thing, a period at a time.

    baseline is the part of the points that the control limits are reckoned from (all of them when None); floor and
    cap are the ends of the unit. ``number`` writes a value in the reader's language.
    """

    title: str
    summary: str
    headers: tuple[str, str]
    points: tuple[Point, ...]
    words: SeriesWords
    number: Callable[[float], str]
    target: float | None = None
    good_enough: float | None = None
    baseline: slice | None = None
    floor: float | None = None
    cap: float | None = None
    events: tuple[Event, ...] = ()
    higher_is_better: bool = True

    @property
    def values(self) -> list[float | None]:
        return [point.value for point in self.points]

    @property
    def written(self) -> tuple[tuple[str, str], ...]:
        """Each period and its value in words."""
        missing, number = self.words.not_measured, self.number
        return tuple((point.label, missing if point.value is None else number(point.value)) for point in self.points)

    @property
    def limits(self) -> ControlLimits | None:
        return control_limits(self.values[self.baseline or slice(None)], floor=self.floor, cap=self.cap)


@dataclass(frozen=True)
class Level:
    """A horizontal line across the plot and the words at its end."""

    value: float
    label: str
    colour: str
    stroke: str
    weight: float
    dashed: bool = False


def levels(series: Series, medium: Medium) -> list[Level]:
    """The horizontal lines of a series: its control limits, if there are points enough, and what it is held against."""
    return list(_levels(series, medium))


def _levels(series: Series, medium: Medium) -> Iterator[Level]:
    words, number, limits = series.words, series.number, series.limits
    if limits:
        yield Level(limits.upper, f"{words.upper} {number(limits.upper)}", "stein", "tint-dark", medium.hair * 1.6)
        yield Level(limits.mean, f"{words.mean} {number(limits.mean)}", "fjord", "fjord", medium.rule)
        yield Level(limits.lower, f"{words.lower} {number(limits.lower)}", "stein", "tint-dark", medium.hair * 1.6)
    if series.target is not None:
        yield Level(series.target, f"{words.target} {number(series.target)}", "ink", "ink", medium.rule)
    if series.good_enough is not None:
        label = f"{words.good_enough} {number(series.good_enough)}"
        yield Level(series.good_enough, label, "ink", "ink", medium.rule, dashed=True)
