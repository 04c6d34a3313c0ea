"""A series over time with its target, what is good enough and, from twelve points, its control limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kit.charts import svg
from kit.charts.axis import Scale, extent, push_apart, round_ticks
from kit.charts.chart import Chart, Table, triangle
from kit.charts.limits import ControlLimits
from kit.charts.series import Event, Level, Point, Series, levels
from kit.charts.svg import WEB, Medium

WIDTHS = {"pt": 316.0, "": 640.0}
NARROW_EM = 34
PLOT_SHARE = 0.31
LEAST_PLOT_EM = 14
TICKS = 5


def time_series(series: Series, *, medium: Medium = WEB, width: float | None = None) -> Chart:
    """Draw a series. Lines are named at their ends, on a narrow screen below the axis. ValueError without points."""
    if not series.points:
        raise ValueError("A time series needs at least one point.")
    full = width or WIDTHS[medium.unit]
    plot = Plot.of(series, medium, full)
    names, bottom = _key(plot, full) if plot.narrow else (_ends(plot), plot.bottom + medium.em(3.2))
    marks = "".join([*_grid(plot), *_lines(plot), names, *_events(plot), *_series(plot), *_axis(plot)])
    return Chart(series.title, series.summary, Table(series.headers, series.written), full, bottom, medium, marks)


@dataclass(frozen=True)
class Plot:
    """The series with the place of everything: x by index, y by value."""

    series: Series
    medium: Medium
    narrow: bool
    levels: tuple[Level, ...]
    limits: ControlLimits | None
    x: Scale
    y: Scale
    ticks: tuple[float, ...]
    left: float
    right: float

    @property
    def bottom(self) -> float:
        return self.y.start

    @classmethod
    def of(cls, series: Series, medium: Medium, width: float) -> "Plot":
        narrow, lines = width < medium.em(NARROW_EM), tuple(levels(series, medium))
        low, high = extent([*series.values, *(level.value for level in lines)], pad=0.06)
        ticks = tuple(round_ticks(low, high, TICKS))
        left = _widest([series.number(tick) for tick in ticks], medium) + medium.em(0.9)
        names = 0 if narrow else _widest([level.label for level in lines], medium)
        right, inset, top = width - names - medium.em(1.4 if names else 0.6), medium.em(1), medium.em(1.2)
        x = Scale(0, max(len(series.points) - 1, 1), left + inset, right - inset)
        y = Scale(low, high, top + max(width * PLOT_SHARE, medium.em(LEAST_PLOT_EM)), top)
        return cls(series, medium, narrow, lines, series.limits, x, y, ticks, left, right)

    def words(self, x: float, y: float, words: str, fill: str = "ink", **attributes: object) -> str:
        """Words with their middle at y."""
        return svg.text(x, y + self.medium.em(0.35), words, self.medium.text, fill, **attributes)

    def wide(self, words: str) -> float:
        return svg.width_of(words, self.medium.text)

    def dash(self, level: Level) -> str | None:
        return f"{svg.amount(self.medium.em(0.36))} {svg.amount(self.medium.em(0.3))}" if level.dashed else None


def _widest(words: Sequence[str], medium: Medium) -> float:
    return max((svg.width_of(each, medium.text) for each in words), default=0)


def _grid(plot: Plot) -> Iterator[str]:
    medium, left, right = plot.medium, plot.left, plot.right
    if plot.limits:
        top, bottom = plot.y(plot.limits.upper), plot.y(plot.limits.lower)
        yield svg.rect(left, top, right - left, bottom - top, "band")
    for tick in plot.ticks:
        y = plot.y(tick)
        yield svg.line(left, y, right, y, "hairline", medium.hair)
        yield plot.words(left - medium.em(0.9), y, plot.series.number(tick), "stein", anchor="end")
    yield svg.line(left, plot.bottom, right, plot.bottom, "tint", medium.hair * 1.5)


def _lines(plot: Plot) -> Iterator[str]:
    for level in plot.levels:
        y = plot.y(level.value)
        yield svg.line(plot.left, y, plot.right, y, level.stroke, level.weight, stroke_dasharray=plot.dash(level))


def _ends(plot: Plot) -> str:
    """The names at the ends of the lines, pushed apart, with a thin leader to a name that had to move."""
    medium, right, marks = plot.medium, plot.right, []
    ordered = sorted(plot.levels, key=lambda level: plot.y(level.value))
    lines = [plot.y(level.value) for level in ordered]
    places = push_apart(lines, medium.em(1.16), medium.em(0.5), plot.bottom)
    for level, y, place in zip(ordered, lines, places, strict=True):
        if abs(place - y) > medium.em(0.15):
            marks.append(svg.line(right, y, right + medium.em(1), place, "tint", medium.hair))
        marks.append(plot.words(right + medium.em(1.2), place, level.label, level.colour))
    return "".join(marks)


def _key(plot: Plot, width: float) -> tuple[str, float]:
    """The names below the axis, each with a piece of its line, and where they end."""
    medium, sample = plot.medium, plot.medium.em(1.6)
    x, y, marks = 0.0, plot.bottom + medium.em(4), []
    for level in plot.levels:
        wide = sample + medium.em(0.5) + plot.wide(level.label)
        if x and x + wide > width:
            x, y = 0.0, y + medium.em(1.6)
        marks.append(svg.line(x, y, x + sample, y, level.stroke, level.weight, stroke_dasharray=plot.dash(level)))
        marks.append(plot.words(x + sample + medium.em(0.5), y, level.label, level.colour))
        x += wide + medium.em(1.2)
    return "".join(marks), y + medium.em(1)


def _events(plot: Plot) -> Iterator[str]:
    """A dotted vertical, with its words where no point is behind them."""
    medium = plot.medium
    for event in plot.series.events:
        x, dots = plot.x(event.at), f"{svg.amount(medium.em(0.16))} {svg.amount(medium.em(0.28))}"
        yield svg.line(x, medium.em(0.4), x, plot.bottom, "ink", medium.rule, stroke_dasharray=dots)
        place, y, anchor = _clear(plot, event, x)
        yield plot.words(place, y, event.label, anchor=anchor, weight=600)


def _clear(plot: Plot, event: Event, x: float) -> tuple[float, float, str]:
    """The lowest place beside the vertical that is clear of points, to its left if possible; else above the plot."""
    medium, wide = plot.medium, plot.wide(event.label) * 1.06
    before, after = x - medium.em(0.5), x + medium.em(0.5)
    sides = [(before - wide, before, "end"), (after, after, "start")]
    inside = [side for side in sides if plot.left <= side[0] <= plot.right - wide]
    points = [(plot.x(index), plot.y(value)) for index, value in enumerate(plot.series.values) if value is not None]
    for step in range(1, int((plot.bottom - plot.y.end) / medium.em(1))):
        y = plot.bottom - medium.em(step + 0.5)
        for left, place, anchor in inside:
            near = (abs(py - y) < medium.em(1.6) for px, py in points if left - medium.em(1) < px < left + wide)
            if not any(near):
                return place, y, anchor
    return max(min(x, plot.right - wide / 2), wide / 2), medium.em(0.2), "middle"


def _series(plot: Plot) -> Iterator[str]:
    places = [(plot.x(index), value) for index, value in enumerate(plot.series.values)]
    for measured, run in groupby(places, key=lambda place: place[1] is not None):
        if measured:
            yield from _run(plot, [(x, value) for x, value in run if value is not None])


def _run(plot: Plot, run: Sequence[tuple[float, float]]) -> Iterator[str]:
    """Neighbours that were measured: a line with a point a period, and a triangle where a limit is passed."""
    medium = plot.medium
    if len(run) > 1:
        yield svg.polyline([(x, plot.y(value)) for x, value in run], "fjord", medium.line)
    for x, value in run:
        rim: dict[str, object] = {"stroke": "page", "stroke_width": medium.rule}
        if plot.limits and not plot.limits.hold(value):
            worse = (value < plot.limits.mean) == plot.series.higher_is_better
            yield triangle(x, plot.y(value), medium.mark, "tegl" if worse else "fjord", **rim)
        else:
            yield svg.element("circle", cx=x, cy=plot.y(value), r=medium.point / 2, fill="fjord", **rim)


def _axis(plot: Plot) -> Iterator[str]:
    """Ticks that do not touch; those that begin a group (a year) come first."""
    medium = plot.medium
    for x, point in _ticks(plot):
        yield svg.line(x, plot.bottom, x, plot.bottom + medium.em(0.45), "tint", medium.hair * 1.5)
        yield plot.words(x, plot.bottom + medium.em(1.1), point.tick, "stein", anchor="middle")
        if point.group:
            yield plot.words(x, plot.bottom + medium.em(2.35), point.group, anchor="middle", weight=600)


def _ticks(plot: Plot) -> list[tuple[float, Point]]:
    named = [(plot.x(index), point) for index, point in enumerate(plot.series.points) if point.tick or point.group]
    chosen: list[tuple[float, Point]] = []
    for x, point in sorted(named, key=lambda place: (not place[1].group, place[0])):
        half = _half(plot, point)
        if all(abs(x - other_x) >= half + _half(plot, other) + plot.medium.em(0.5) for other_x, other in chosen):
            chosen.append((x, point))
    return sorted(chosen, key=lambda place: place[0])


def _half(plot: Plot, point: Point) -> float:
    return max(plot.wide(point.tick), plot.wide(point.group)) / 2
