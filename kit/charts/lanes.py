"""The lanes of an incident's timeline, drawn: opening hours, the bar, and the words about the day."""

from collections.abc import Iterator

from kit.charts import svg
from kit.charts.frame import ABOVE_BAR, BAR, BOTTOM_PAD, GAP, LINE, TOP_PAD, Frame
from kit.charts.happenings import arranged, draw_captions
from kit.charts.incident import Day, Kind, Stretch, TimelineWords

HEAD = 24
FOLD = 34
HATCH = 7
COLOURS = {Kind.COUNTED: "fjord", Kind.PAUSE: "page", Kind.OVERDUE: "tegl"}
TICK_STEPS = (1, 2, 3, 4, 6, 12)


def draw_axis(frame: Frame, head: str, bottom: float) -> str:
    """Hours over the lanes and a thin line down through all of them, as many as there is room for."""
    wide = svg.width_of("00", frame.medium.text) * 2
    every = next((step for step in TICK_STEPS if step * frame.column >= wide), TICK_STEPS[-1])
    marks = []
    for index, hour in frame.axis.ticks(every):
        x = frame.left + index * frame.column
        marks.append(svg.line(x, frame.unit(24), x, bottom, "hairline", frame.medium.hair))
        marks.append(frame.words(x, frame.unit(16), f"{hour:02}", "stein", anchor="middle"))
    if not frame.narrow:
        marks.append(frame.words(frame.width, frame.unit(16), head, "stein", anchor="end"))
    return "".join(marks)


def draw_lane(frame: Frame, day: Day, words: TimelineWords, top: float) -> tuple[str, float]:
    """One day from ``top`` down, and its height with the gap below."""
    start = top + (frame.unit(HEAD) if frame.narrow else 0)
    placed = arranged(frame, day)
    lines = 1 + max((caption.line for caption in placed), default=0)
    bar = start + frame.unit(TOP_PAD + LINE * lines + ABOVE_BAR)
    end = bar + frame.unit(BAR + BOTTOM_PAD)
    marks = [*_openings(frame, day, start, end)]
    marks += [part for stretch in day.stretches for part in _stretch(frame, day, stretch, bar)]
    marks += _holes(frame, day, start, end)
    marks += [*_closed(frame, day, words.closed, bar), *draw_captions(frame, day, placed, bar)]
    marks += _about(frame, day, top if frame.narrow else (start + end) / 2)
    return "".join(marks), end + frame.unit(GAP) - top


def draw_fold(frame: Frame, words: str, top: float) -> tuple[str, float]:
    """A line in the place of the days that were left out, with what they held."""
    middle, height = top + frame.unit(FOLD - GAP) / 2, frame.unit(FOLD)
    half = frame.wide(words) / 2 + frame.unit(10)
    centre, dash = (frame.left + frame.right) / 2, f"{svg.amount(frame.unit(3))} {svg.amount(frame.unit(4))}"
    ends = ((frame.left, centre - half), (centre + half, frame.right))
    lines = [
        svg.line(a, middle, b, middle, "stein", frame.medium.hair, stroke_dasharray=dash) for a, b in ends if b > a
    ]
    cover = svg.rect(
        frame.left - 1, top - frame.unit(GAP), frame.right - frame.left + 2, height + frame.unit(GAP), "page"
    )
    written = frame.words(centre, frame.middle(middle), words, "stein", anchor="middle")
    return cover + "".join(lines) + written, height


def _openings(frame: Frame, day: Day, top: float, bottom: float) -> Iterator[str]:
    for opening in day.openings:
        left, right = frame.x(day, opening.start), frame.x(day, opening.end)
        yield svg.rect(left, top, right - left, bottom - top, "track")


def _holes(frame: Frame, day: Day, top: float, bottom: float) -> Iterator[str]:
    """Hours that this day does not have, on the nights the clock is moved."""
    for index in frame.axis.missing(day.day):
        left = frame.left + index * frame.column
        yield svg.rect(left, top - 1, frame.column, bottom - top + 2, "page")


def _stretch(frame: Frame, day: Day, stretch: Stretch, y: float) -> Iterator[str]:
    left, right = frame.x(day, stretch.start), frame.x(day, stretch.end)
    width, height = max(right - left, frame.medium.rule), frame.unit(BAR)
    paused = stretch.kind is Kind.PAUSE
    rim = {"stroke": "fjord", "stroke_width": frame.medium.hair} if paused else {}
    yield svg.rect(left, y, width, height, COLOURS[stretch.kind], **rim)
    wide = frame.wide(stretch.label)
    fits = stretch.label and wide + frame.unit(10) < width
    middle, base = left + width / 2, frame.middle(y + height / 2)
    if paused:
        yield hatch(left, y, width, height, frame.unit(HATCH), frame.medium.hair)
        yield (
            svg.rect(middle - wide / 2 - frame.unit(4), y + 1, wide + frame.unit(8), height - 2, "page") if fits else ""
        )
    if fits:
        yield frame.words(middle, base, stretch.label, "ink" if paused else "page", anchor="middle", weight=600)


def hatch(x: float, y: float, width: float, height: float, gap: float, stroke: float) -> str:
    """Slanted lines within a rectangle, as one path: a <pattern> would need an id that is unique on the page."""
    strokes, offset = [], gap - height
    while offset < width:
        low, high = max(0.0, -offset), min(height, width - offset)
        ends = (x + offset + low, y + height - low, x + offset + high, y + height - high)
        strokes.append("M{} {}L{} {}".format(*map(svg.amount, ends)))
        offset += gap
    return svg.element("path", d="".join(strokes), stroke="fjord", stroke_width=stroke, fill="none")


def _closed(frame: Frame, day: Day, words: str, bar: float) -> Iterator[str]:
    """«closed» after the last opening, when there is room before the clock ends."""
    ends = [frame.x(day, opening.end) for opening in day.openings]
    start = max(ends, default=frame.left) + frame.unit(8)
    if start + frame.wide(words) <= frame.right + frame.unit(4):
        yield frame.words(start, frame.middle(bar + frame.unit(BAR) / 2), words, "stein")


def _about(frame: Frame, day: Day, y: float) -> Iterator[str]:
    """The day and its sums: beside the lane, or above it when narrow."""
    if frame.narrow:
        yield from _heading(frame, day, y)
        return
    upper, lower = y - frame.unit(5), y + frame.unit(16)
    yield svg.text(0, upper, day.name, frame.medium.em(1.12), weight=600)
    yield frame.words(0, lower, day.dated, "stein")
    yield svg.text(frame.width, upper, day.counted, frame.medium.em(1.12), anchor="end", weight=600)
    yield frame.words(frame.width, lower, day.total, "stein", anchor="end")


def _heading(frame: Frame, day: Day, y: float) -> Iterator[str]:
    """One line over a narrow lane; the running sum stands in it only where there is room."""
    base, gap = y + frame.unit(16), frame.unit(6)
    dated = frame.wide(day.name) + gap
    total = frame.width - frame.wide(day.counted) - gap
    yield svg.rect(0, y - 1, frame.width, frame.unit(HEAD), "page")
    yield frame.words(0, base, day.name, weight=600)
    yield frame.words(dated, base, day.dated, "stein")
    yield frame.words(frame.width, base, day.counted, anchor="end", weight=600)
    if dated + frame.wide(day.dated) + gap + frame.wide(day.total) < total:
        yield frame.words(total, base, day.total, "stein", anchor="end")


def draw_key(frame: Frame, words: TimelineWords, top: float) -> tuple[str, float]:
    """What the colours mean, on as many lines as they need."""
    square, x, y, marks = frame.unit(20), 0.0, top + frame.unit(8), []
    named = (("fjord", words.counted), ("page", words.pause), ("tegl", words.overdue), ("track", words.opening))
    for colour, name in ((colour, name) for colour, name in named if name):
        wide = square + frame.unit(8) + frame.wide(name)
        if x and x + wide > frame.width:
            x, y = 0.0, y + frame.unit(LINE)
        marks += [
            *_swatch(frame, colour, x, y, square),
            frame.words(x + square + frame.unit(8), y + frame.unit(11), name),
        ]
        x += wide + frame.unit(20)
    return "".join(marks), y + frame.unit(LINE) - top


def _swatch(frame: Frame, colour: str, x: float, y: float, width: float) -> Iterator[str]:
    height, hair = frame.unit(12), frame.medium.hair
    rims = {"page": "fjord", "track": "tint"}
    rim = {"stroke": rims[colour], "stroke_width": hair} if colour in rims else {}
    yield svg.rect(x + hair, y, width - 2 * hair, height, colour, **rim)
    if colour == "page":
        yield hatch(x + hair, y, width - 2 * hair, height, frame.unit(HATCH) * 0.7, hair)
