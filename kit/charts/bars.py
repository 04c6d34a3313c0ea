"""Bars on one shared scale: a row for each municipality, to either side of zero, or stacked from parts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kit.charts import svg
from kit.charts.axis import Scale, apart, extent, round_ticks
from kit.charts.chart import COLOUR, Chart, Status, Table, symbol
from kit.charts.svg import SERIES, WEB, Medium

WIDTHS = {"pt": 316.0, "": 640.0}
ROW_SIZES = {"pt": (96.0, 11.0), "": (200.0, 18.0)}
NARROW_EM = 34


@dataclass(frozen=True)
class Bar:
    """One row: a value of None was not measured and gets an empty track and a dash."""

    label: str
    value: float | None
    written: str
    status: Status | None = None

    @property
    def colour(self) -> str:
        return COLOUR[self.status] if self.status else "fjord"


@dataclass(frozen=True)
class Bars:
    """Bars that share a scale; values below zero grow to the left of it.

    target and good_enough are lines through every row, with the words given for them on the axis. ``number`` writes
    the values on the axis in the reader's language.
    """

    title: str
    summary: str
    headers: tuple[str, str]
    bars: tuple[Bar, ...]
    number: Callable[[float], str]
    target: float | None = None
    good_enough: float | None = None
    target_label: str = ""

    @property
    def table(self) -> Table:
        return Table(self.headers, tuple((bar.label, bar.written) for bar in self.bars))

    def scale(self, start: float, end: float) -> Scale:
        low, high = extent([0.0, self.target, self.good_enough, *(bar.value for bar in self.bars)])
        room = (high - low) * 0.04
        return Scale(low - room if low < 0 else low, high + room if high > 0 else high, start, end)


def bars(data: Bars, *, medium: Medium = WEB, width: float | None = None) -> Chart:
    """Draw the whole figure: names, bars, values. On a narrow screen the names stand above their bars."""
    full = width or WIDTHS[medium.unit]
    frame = Frame.of([bar.label for bar in data.bars], [bar.written for bar in data.bars], medium, full)
    scale = data.scale(frame.left, frame.right)
    marks = [_axis(data, scale, medium.em(2.2), medium)]
    for index, bar in enumerate(data.bars):
        top = frame.top + index * frame.row
        marks += [*_names(frame, bar.label, bar.written, top), _bar(data, bar, scale, top + frame.drop, medium.em(1.7))]
        if bar.status:
            marks.append(symbol(bar.status, full - medium.mark / 2, frame.base(top) - medium.em(0.35), medium.mark))
    height = frame.top + len(data.bars) * frame.row
    return Chart(data.title, data.summary, data.table, full, height, medium, "".join(marks))


def bar_row(bar: Bar, data: Bars, *, medium: Medium = WEB, width: float | None = None) -> Chart:
    """One bar for the cell of a table, on the scale of all of them."""
    usual, height = ROW_SIZES[medium.unit]
    full = width or usual
    marks = _bar(data, bar, data.scale(1, full - 1), 0, height)
    table = Table(data.headers, ((bar.label, bar.written),))
    return Chart(bar.label, f"{bar.label}: {bar.written}", table, full, height, medium, marks)


def bar_axis(data: Bars, *, medium: Medium = WEB, width: float | None = None) -> Chart:
    """The axis for the head cell over a column of ``bar_row``."""
    full = width or ROW_SIZES[medium.unit][0]
    marks = _axis(data, data.scale(1, full - 1), medium.em(2.3), medium)
    return Chart(data.title, data.summary, data.table, full, medium.em(3), medium, marks)


@dataclass(frozen=True)
class Frame:
    """Where names, bars and values stand."""

    medium: Medium
    width: float
    left: float
    right: float
    top: float
    row: float
    drop: float

    @classmethod
    def of(cls, names: list[str], values: list[str], medium: Medium, width: float) -> "Frame":
        name = max((svg.width_of(words, medium.text) for words in names), default=0)
        value = max((svg.width_of(words, medium.text) for words in values), default=0)
        if width < medium.em(NARROW_EM):
            return cls(medium, width, 1, width - 1, medium.em(3.2), medium.em(4.2), medium.em(1.7))
        right = width - value - medium.mark - medium.em(1.6)
        return cls(medium, width, name + medium.em(1), right, medium.em(3.2), medium.em(2.5), medium.em(0.4))

    def base(self, top: float) -> float:
        """The base line of the words in a row: over the bar when narrow, else beside it."""
        return top + self.medium.em(1.2 if self.drop > self.medium.em(1) else 1.6)


def _names(frame: Frame, name: str, written: str, top: float) -> Iterator[str]:
    medium, y = frame.medium, frame.base(top)
    yield svg.text(0, y, name, medium.text)
    yield svg.text(frame.width - medium.mark - medium.em(0.5), y, written, medium.text, anchor="end", weight=600)


def _axis(data: Bars, scale: Scale, y: float, medium: Medium) -> str:
    """Round values with a short tick; the target's words stand above its place, not among them."""
    wanted = 5
    ticks = round_ticks(scale.low, scale.high, wanted)
    while wanted > 1 and not _fits(data, scale, ticks, medium):
        wanted -= 1
        ticks = round_ticks(scale.low, scale.high, wanted)
    words = [svg.text(scale(tick), y, data.number(tick), medium.small, "stein", anchor="middle") for tick in ticks]
    lines = [svg.line(scale(tick), y + 2, scale(tick), y + medium.em(0.5), "tint", medium.hair) for tick in ticks]
    if data.target is not None and data.target_label:
        place = scale(data.target)
        words.append(svg.text(place, y - medium.em(1.1), data.target_label, medium.small, anchor="middle", weight=600))
    return "".join(words + lines)


def _fits(data: Bars, scale: Scale, ticks: list[float], medium: Medium) -> bool:
    widths = [svg.width_of(data.number(tick), medium.small) for tick in ticks]
    return apart([scale(tick) for tick in ticks], widths, medium.em(0.6))


def _bar(data: Bars, bar: Bar, scale: Scale, top: float, height: float) -> str:
    """Track, bar from zero, and the lines of zero, target and good enough."""
    thick, middle, zero = height * 0.46, top + height / 2, scale(0)
    marks = [_track(scale, middle, thick)]
    if bar.value is not None:
        left, right = sorted((zero, scale(bar.value)))
        marks.append(svg.rect(left, middle - thick / 2, right - left, thick, bar.colour))
    if scale.low < 0:
        marks.append(svg.line(zero, top, zero, top + height, "ink", height * 0.06))
    if data.target:
        marks.append(svg.line(scale(data.target), top, scale(data.target), top + height, "ink", height * 0.1))
    if data.good_enough is not None:
        place, dash = scale(data.good_enough), f"{svg.amount(height * 0.15)} {svg.amount(height * 0.1)}"
        marks.append(svg.line(place, top, place, top + height, "ink", height * 0.07, stroke_dasharray=dash))
    return "".join(marks)


def _track(scale: Scale, middle: float, thick: float) -> str:
    """The room a bar could fill, or a thin line where bars grow to either side."""
    if scale.low < 0:
        return svg.line(scale.start, middle, scale.end, middle, "hairline", thick * 0.12)
    return svg.rect(scale.start, middle - thick / 2, scale.end - scale.start, thick, "track")


@dataclass(frozen=True)
class Stack:
    """One row of parts, in the order of ``StackedBars.parts``; values are zero or more, in one unit."""

    label: str
    values: tuple[float, ...]
    written: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class StackedBars:
    """What a sum consists of, a row for each municipality. headers: the name, each part, the sum."""

    title: str
    summary: str
    headers: tuple[str, ...]
    parts: tuple[str, ...]
    stacks: tuple[Stack, ...]


def stacked_bars(data: StackedBars, *, medium: Medium = WEB, width: float | None = None) -> Chart:
    """Draw stacks on one scale. ValueError for more parts than there are colours that can be told apart."""
    if len(data.parts) > len(SERIES):
        raise ValueError(f"A stack can show {len(SERIES)} parts, not {len(data.parts)}.")
    full = width or WIDTHS[medium.unit]
    frame = Frame.of([stack.label for stack in data.stacks], [stack.total for stack in data.stacks], medium, full)
    keys, depth = _keys(data.parts, medium, full)
    largest = max((sum(stack.values) for stack in data.stacks), default=0) or 1.0
    scale, marks = Scale(0, largest, frame.left, frame.right), [keys]
    for index, stack in enumerate(data.stacks):
        top = depth + index * frame.row
        marks += [*_names(frame, stack.label, stack.total, top), *_parts(stack, scale, top + frame.drop, medium)]
    rows = tuple((stack.label, *stack.written, stack.total) for stack in data.stacks)
    table = Table(data.headers, rows)
    height = depth + len(data.stacks) * frame.row
    return Chart(data.title, data.summary, table, full, height, medium, "".join(marks))


def _keys(parts: tuple[str, ...], medium: Medium, width: float) -> tuple[str, float]:
    """A square and a word for each part, on as many lines as they need."""
    x, y, marks, square = 0.0, medium.em(1), [], medium.em(0.8)
    for colour, part in zip(SERIES, parts, strict=False):
        wide = square + medium.em(0.5) + svg.width_of(part, medium.text)
        if x and x + wide > width:
            x, y = 0.0, y + medium.em(1.6)
        marks.append(svg.rect(x, y - square * 0.9, square, square, colour))
        marks.append(svg.text(x + square + medium.em(0.5), y, part, medium.text, "stein"))
        x += wide + medium.em(1.4)
    return "".join(marks), y + medium.em(0.8)


def _parts(stack: Stack, scale: Scale, top: float, medium: Medium) -> Iterator[str]:
    """Parts end to end with a seam in the page's colour; a number stands in a part that has room for it."""
    start, thick = 0.0, medium.em(1.5)
    for colour, value, written in zip(SERIES, stack.values, stack.written, strict=False):
        left, right = scale(start), scale(start + value)
        yield svg.rect(left, top, right - left, thick, colour, stroke="page", stroke_width=medium.rule)
        if svg.width_of(written, medium.small) + medium.em(0.8) < right - left:
            ink = "ink" if colour in ("tint-dark", "tint-light") else "page"
            yield svg.text((left + right) / 2, top + medium.em(1.1), written, medium.small, ink, anchor="middle")
        start += value
