"""The timeline of an incident: one lane a day on a shared clock, what counted, what did not, and when it fell due."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from kit.charts.chart import Chart
from kit.charts.clock import ClockAxis
from kit.charts.frame import TOP, Frame
from kit.charts.incident import Day, Timeline
from kit.charts.lanes import draw_axis, draw_fold, draw_key, draw_lane
from kit.charts.svg import WEB, Medium

MOST_LANES = 10
WIDTHS = {"pt": 481.0, "": 992.0}


def incident_timeline(
    data: Timeline, *, medium: Medium = WEB, width: float | None = None, most_lanes: int = MOST_LANES
) -> Chart:
    """Draw the lanes, at most about ``most_lanes`` of them; a run of left-out days is folded into a line that says so.

    A width under 48 times the size of the words (620 px) is a phone: the day and its sums stand above each lane.
    ValueError when there is no day.
    """
    if not data.days:
        raise ValueError("A timeline needs at least one day.")
    shown = kept(data.days, most_lanes)
    axis = ClockAxis.over(data.zone, [(day.day, instant) for day in shown for instant in day.instants])
    frame = Frame.of(axis, medium, width or WIDTHS[medium.unit])
    lanes, bottom = _lanes(data, frame, shown)
    key, depth = draw_key(frame, data.words, bottom)
    marks = draw_axis(frame, data.words.sums, bottom) + lanes + key
    return Chart(data.title, data.summary, data.table, frame.width, bottom + depth, medium, marks)


def kept(days: Sequence[Day], most: int) -> list[Day]:
    """The lanes to show: the first, the last and those where something happened, then the earliest of the rest."""
    if len(days) <= most:
        return list(days)
    must = {day.day for day in days if day.happenings} | {days[0].day, days[-1].day}
    rest = [day.day for day in days if day.day not in must][: max(most - len(must), 0)]
    chosen = must.union(rest)
    return [day for day in days if day.day in chosen]


def _lanes(data: Timeline, frame: Frame, shown: list[Day]) -> tuple[str, float]:
    """All lanes and folds from the top down, and where they end."""
    marks, y = [], frame.unit(TOP)
    for draw in _rows(data, frame, shown):
        drawn, height = draw(y)
        marks.append(drawn)
        y += height
    return "".join(marks), y


def _rows(data: Timeline, frame: Frame, shown: list[Day]) -> Iterator[Callable[[float], tuple[str, float]]]:
    visible = {day.day for day in shown}
    for seen, run in groupby(data.days, key=lambda day: day.day in visible):
        if seen:
            yield from (partial(draw_lane, frame, day, data.words) for day in run)
        else:
            yield partial(draw_fold, frame, data.folded(list(run)))
