"""A sparkline: a few periods as one line, the last of them with the shape of its status."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kit.charts import svg
from kit.charts.axis import Scale, extent
from kit.charts.chart import Chart, Status, Table, symbol
from kit.charts.series import Point
from kit.charts.svg import WEB, Medium

SIZES = {"pt": (66.0, 20.0), "": (120.0, 36.0)}


@dataclass(frozen=True)
class Sparkline:
    """One figure over a few periods.

    scale is (lowest, highest) shared by a column of sparklines of one metric (``shared_scale``): with a scale of its
    own a flat service looks as wild as the failing one. Without it the line fills its height and the limits are drawn.
    """

    title: str
    summary: str
    headers: tuple[str, str]
    points: tuple[Point, ...]
    status: Status
    number: Callable[[float], str]
    not_measured: str
    target: float | None = None
    good_enough: float | None = None
    scale: tuple[float, float] | None = None


def shared_scale(columns: Iterable[Iterable[Point]]) -> tuple[float, float]:
    """The lowest and highest value of several sparklines of one metric."""
    return extent(point.value for points in columns for point in points)


def sparkline(
    line: Sparkline, *, medium: Medium = WEB, width: float | None = None, height: float | None = None
) -> Chart:
    """Draw a sparkline; a dense table wants it lower. With nothing measured there is only the dash that says so."""
    usual_width, usual_height = SIZES[medium.unit]
    full, tall, room = width or usual_width, height or usual_height, medium.mark * 0.75
    low, high = line.scale or extent([*(point.value for point in line.points), line.target, line.good_enough])
    x = Scale(0, max(len(line.points) - 1, 1), room, full - room)
    y = Scale(low, high, tall - room, room)
    marks = "".join([*_limits(line, medium, full, y), *_runs(line, medium, x, y), _last(line, medium, x, y)])
    rows = tuple(
        (point.label, line.not_measured if point.value is None else line.number(point.value)) for point in line.points
    )
    return Chart(line.title, line.summary, Table(line.headers, rows), full, tall, medium, marks)


def _limits(line: Sparkline, medium: Medium, width: float, y: Scale) -> Iterator[str]:
    dash = f"{svg.amount(medium.mark * 0.4)} {svg.amount(medium.mark * 0.3)}"
    for value, dashes in ((line.target, None), (line.good_enough, dash)):
        if value is not None and y.low <= value <= y.high:
            yield svg.line(0, y(value), width, y(value), "stein", medium.rule * 0.8, stroke_dasharray=dashes)


def _runs(line: Sparkline, medium: Medium, x: Scale, y: Scale) -> Iterator[str]:
    places = [(index, point.value) for index, point in enumerate(line.points)]
    for measured, run in groupby(places, key=lambda place: place[1] is not None):
        if measured:
            path = [(x(index), y.clamp(value)) for index, value in run if value is not None]
            yield svg.polyline(path if len(path) > 1 else path * 2, "fjord", medium.line)


def _last(line: Sparkline, medium: Medium, x: Scale, y: Scale) -> str:
    last = line.points[-1].value if line.points else None
    if last is None:
        return symbol(Status.NOT_MEASURED, x.end, (y.start + y.end) / 2, medium.mark)
    return symbol(line.status, x(len(line.points) - 1), y.clamp(last), medium.mark, halo=medium.rule)
