"""Bullets: how far a figure has come from its baseline to its target."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from kit.charts import svg
from kit.charts.axis import Scale, spread
from kit.charts.chart import COLOUR, Chart, Status, Table, symbol
from kit.charts.svg import WEB, Medium

WIDTHS = {"pt": 316.0, "": 640.0}
COMPACT_WIDTHS = {"pt": 120.0, "": 304.0}
ROW_SIZES = {"pt": (96.0, 11.0), "": (160.0, 20.0)}
BEYOND = 1.105
LARGE, LINE = 1.25, 1.3
"""The size of the measured value, and how far above it another line stands, in sizes of the text."""


@dataclass(frozen=True)
class Mark:
    """One value on a bullet: what it is called («Mål»), written («3,90») and dated («30.06.2027»)."""

    value: float
    name: str
    written: str
    note: str = ""

    @property
    def label(self) -> str:
        return f"{self.name} {self.written}".strip()


@dataclass(frozen=True)
class Bullet:
    """Baseline always stands left and target right, also where lower is better: progress reads left to right.

    plan is where the plan is today. headers name the columns of the table: what, value, note.
    """

    title: str
    summary: str
    headers: tuple[str, str, str]
    baseline: Mark
    now: Mark | None
    target: Mark
    status: Status
    good_enough: Mark | None = None
    plan: Mark | None = None

    @property
    def marks(self) -> list[Mark]:
        return [mark for mark in (self.baseline, self.now, self.plan, self.good_enough, self.target) if mark]

    @property
    def table(self) -> Table:
        return Table(self.headers, tuple((mark.name, mark.written, mark.note) for mark in self.marks))

    def progress(self, mark: Mark) -> float:
        """0 at the baseline, 1 at the target; below 0 it went the wrong way. ValueError when the two are equal."""
        distance = self.target.value - self.baseline.value
        if not distance:
            raise ValueError("A bullet needs a target that differs from its baseline.")
        return (mark.value - self.baseline.value) / distance


def bullet(data: Bullet, *, medium: Medium = WEB, width: float | None = None) -> Chart:
    """The large bullet: measures above the track, plan and dates below."""
    full = width or WIDTHS[medium.unit]
    unit = medium.text / WEB.text
    scale, track = _scale(data, full), 32 * unit
    lift = medium.em(0.5) if _giving_way(data, scale, medium) else 0
    top = 40 * unit + lift
    marks = [*_track(data, scale, top, track), *_bar(data, scale, top, track, "fjord")]
    marks += [*_ticks(data, scale, top, track, medium), *_measures(data, scale, top, medium)]
    lines = _plans(data, scale, medium)
    for index, words in enumerate(lines):
        marks += _row_of_words(words, scale, top + (58 + 18 * index) * unit, medium)
    height = top + (46 + 18 * len(lines)) * unit
    return Chart(data.title, data.summary, data.table, full, height, medium, "".join(marks))


def compact_bullet(data: Bullet, *, medium: Medium = WEB, width: float | None = None) -> Chart:
    """The bullet of a side panel: the bar takes the colour of the status, all words stand below."""
    full = width or COMPACT_WIDTHS[medium.unit]
    unit = medium.text / WEB.text
    scale, top, track = _scale(data, full), 4 * unit, 16 * unit
    marks = [*_track(data, scale, top, track), *_bar(data, scale, top, track, COLOUR[data.status])]
    marks += [*_ticks(data, scale, top, track, medium), *_row_of_words(_labels_below(data), scale, 38 * unit, medium)]
    return Chart(data.title, data.summary, data.table, full, 42 * unit, medium, "".join(marks))


def bullet_row(data: Bullet, *, medium: Medium = WEB, width: float | None = None) -> Chart:
    """The bullet of a table row: no words, the shape of the status at the value."""
    usual, height = ROW_SIZES[medium.unit]
    full, room, middle = width or usual, medium.mark * 0.75, height / 2
    scale = Scale(min([0, *_places(data)]), max([1.04, *_places(data)]), room, full - room)
    marks = [svg.line(scale.start, middle, scale.end, middle, "hairline", medium.hair * 2)]
    if data.now:
        now = scale(data.progress(data.now))
        marks.append(svg.line(scale(0), middle, now, middle, "tint", medium.mark * 0.5))
    marks += _row_ticks(data, scale, height, medium)
    marks.append(symbol(data.status, now, middle, medium.mark, halo=medium.rule) if data.now else "")
    return Chart(data.title, data.summary, data.table, full, height, medium, "".join(marks))


def _row_ticks(data: Bullet, scale: Scale, height: float, medium: Medium) -> Iterator[str]:
    middle, dash = height / 2, f"{svg.amount(medium.mark * 0.3)} {svg.amount(medium.mark * 0.2)}"
    yield svg.line(scale(0), middle - height * 0.3, scale(0), middle + height * 0.3, "stein", medium.rule)
    yield svg.line(scale(1), 0, scale(1), height, "ink", medium.rule * 1.3)
    if data.good_enough:
        x = scale(data.progress(data.good_enough))
        yield svg.line(x, 0, x, height, "ink", medium.rule * 1.3, stroke_dasharray=dash)


def _places(data: Bullet) -> list[float]:
    return [data.progress(mark) for mark in data.marks]


def _scale(data: Bullet, width: float) -> Scale:
    return Scale(min([0, *_places(data)]), max([BEYOND, *_places(data)]), 1, width - 1)


def _track(data: Bullet, scale: Scale, top: float, height: float) -> Iterator[str]:
    yield svg.rect(scale.start, top, scale.end - scale.start, height, "track")
    if data.good_enough:
        enough = scale(data.progress(data.good_enough))
        yield svg.rect(enough, top, scale(1) - enough, height, "rav-tint")
    yield svg.rect(scale(1), top, scale.end - scale(1), height, "furu-tint")


def _bar(data: Bullet, scale: Scale, top: float, track: float, colour: str) -> Iterator[str]:
    if data.now:
        left, right = sorted((scale(0), scale(data.progress(data.now))))
        yield svg.rect(left, top + track * 0.28, right - left, track * 0.44, colour)


def _ticks(data: Bullet, scale: Scale, top: float, track: float, medium: Medium) -> Iterator[str]:
    over = track * 0.25
    yield svg.line(scale(0), top - over, scale(0), top + track + over, "ink", medium.rule)
    yield svg.line(scale(1), top - over, scale(1), top + track + over, "ink", medium.rule * 2.6)
    if data.plan:
        x, dash = scale(data.progress(data.plan)), f"{svg.amount(medium.em(0.25))} {svg.amount(medium.em(0.2))}"
        yield svg.line(x, top, x, top + track + over, "ink", medium.rule * 1.6, stroke_dasharray=dash)
    if data.good_enough:
        x = scale(data.progress(data.good_enough))
        yield svg.line(x, top + track * 0.75, x, top + track + over, "rav", medium.rule * 1.2)


def _measures(data: Bullet, scale: Scale, top: float, medium: Medium) -> Iterator[str]:
    """Above the track. The measured value is the largest; a neighbour it would cover gives way to a line above."""
    unit = medium.text / WEB.text
    y, raised = top - 16 * unit, _giving_way(data, scale, medium)
    if data.now:
        x = scale(data.progress(data.now))
        yield svg.line(x, top - 10 * unit, x, top + 23 * unit, "fjord", medium.rule * 1.3)
        yield _kept(data.now.label, x, y, medium.em(LARGE), scale, end=True)
    for mark, place in _ends(data, scale):
        yield _kept(mark.label, place, y - medium.em(LINE) if mark in raised else y, medium.text, scale)


def _ends(data: Bullet, scale: Scale) -> list[tuple[Mark, float]]:
    return [(data.baseline, scale(0)), (data.target, scale(1))]


def _giving_way(data: Bullet, scale: Scale, medium: Medium) -> list[Mark]:
    """Those of baseline and target whose words the measured value would cover."""
    before, after = _taken(data, scale, medium.em(LARGE))
    spans = [(mark, _span(mark.label, place, medium.text, scale)) for mark, place in _ends(data, scale)]
    return [mark for mark, (left, right) in spans if right >= before and left <= after]


def _taken(data: Bullet, scale: Scale, size: float) -> tuple[float, float]:
    if not data.now:
        return (inf, -inf)
    left, right = _span(data.now.label, scale(data.progress(data.now)), size, scale, end=True)
    return left - size * 0.6, right + size * 0.6


def _span(words: str, x: float, size: float, scale: Scale, *, end: bool = False) -> tuple[float, float]:
    """Where words stand that are centred on x, or end there, and are kept within the track."""
    width = svg.width_of(words, size)
    wanted = x - width if end else x - width / 2
    left = min(max(wanted, scale.start - 1), scale.end + 1 - width)
    return left, left + width


def _kept(words: str, x: float, y: float, size: float, scale: Scale, *, end: bool = False) -> str:
    left, right = _span(words, x, size, scale, end=end)
    ends = right >= scale.end - size * 0.2
    anchor, place = ("end", right) if ends else ("start", left)
    if left > scale.start and not ends:
        anchor, place = "middle", (left + right) / 2
    return svg.text(place, y, words, size, anchor=anchor, weight=600)


type Words = tuple[str, float, int]
"""Words, how far along the track they belong, and their weight."""


def _plans(data: Bullet, scale: Scale, medium: Medium) -> list[list[Words]]:
    """Below the track: dates, and the plan and what is good enough by name; on two lines where one is too short."""
    dates = [(mark.note, data.progress(mark), 400) for mark in (data.baseline, data.target) if mark.note]
    named = [(mark.label, data.progress(mark), 400) for mark in (data.plan, data.good_enough) if mark]
    together = dates + named
    wide = sum(svg.width_of(words, medium.text) + medium.em(0.8) for words, _place, _weight in together)
    return [together] if wide <= scale.end else [dates, named]


def _labels_below(data: Bullet) -> list[Words]:
    named = [(data.baseline.written, 0.0, 400), (data.target.label, 1.0, 400)]
    named += [(data.now.written, data.progress(data.now), 600)] if data.now else []
    named += [(data.good_enough.written, data.progress(data.good_enough), 400)] if data.good_enough else []
    return named


def _row_of_words(named: list[Words], scale: Scale, y: float, medium: Medium) -> Iterator[str]:
    """Words near their place on one line, moved sideways so that none covers another."""
    ordered = sorted(named, key=lambda item: item[1])
    widths = [svg.width_of(words, medium.text) for words, _place, _weight in ordered]
    lefts = [_span(words, scale(place), medium.text, scale)[0] for words, place, _weight in ordered]
    moved = spread(lefts, widths, medium.em(0.5), scale.end + 1)
    for (words, _place, weight), left, width in zip(ordered, moved, widths, strict=True):
        fill = "ink" if weight > 400 else "stein"
        if left < 1:
            yield svg.text(0, y, words, medium.text, fill, weight=weight)
        else:
            yield svg.text(left + width / 2, y, words, medium.text, fill, anchor="middle", weight=weight)
