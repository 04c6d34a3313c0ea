"""What happened on a day: lines through the lane with a symbol and words, and the captions over the bar."""

from collections.abc import Iterator

from kit.charts import svg
from kit.charts.captions import Caption, Placed, arrange
from kit.charts.frame import BAR, LINE, Frame
from kit.charts.incident import Day, Happening, Moment, Opening, Stretch

SYMBOL = 16
CAPTION_MIDDLE = 18
BELOW_BAR = 6


def arranged(frame: Frame, day: Day) -> list[Placed]:
    """The captions of a day: what happened, then the bar's, then the opening hours if there is room."""
    captions = [_beside(frame, frame.x(day, happening.at), happening) for happening in day.happenings]
    captions += [_over(frame, day, stretch) for stretch in day.stretches if stretch.caption]
    captions += [_within(frame, day, opening) for opening in day.openings if opening.label]
    return arrange(captions, frame.bounds)


def _reach(frame: Frame, happening: Happening) -> tuple[float, float]:
    """How far a symbol reaches to the left and to the right of its line."""
    half = frame.unit(SYMBOL) / 2
    reaches = {Moment.REPORTED: (1, 1), Moment.DUE: (1, half * 1.6)}
    return reaches.get(happening.moment, (half, half))


def _beside(frame: Frame, x: float, happening: Happening) -> Caption:
    """To the right of the line, else to its left; the symbol belongs to the caption."""
    before, after = _reach(frame, happening)
    words = frame.wide(happening.label) + frame.unit(7)
    return Caption(happening, before + after + words, (x - before, x - before - words), vertical=x, reach=after)


def _over(frame: Frame, day: Day, stretch: Stretch) -> Caption:
    left, right = frame.x(day, stretch.start), frame.x(day, stretch.end)
    width = frame.wide(stretch.caption)
    return Caption(stretch, width, (left, right - width))


def _within(frame: Frame, day: Day, opening: Opening) -> Caption:
    """In the opening hours, clear of an hour that the day does not have."""
    holes = [(frame.left + index * frame.column, frame.column) for index in frame.axis.missing(day.day)]
    starts = [frame.x(day, opening.start), *(left + width for left, width in holes)]
    ends = [*(left for left, _width in holes), frame.x(day, opening.end)]
    width, room = frame.wide(opening.label), frame.unit(8)
    places = tuple(left + room for left, right in zip(starts, ends, strict=True) if left + room + width < right)
    return Caption(opening, width, places, spare=True)


def draw_captions(frame: Frame, day: Day, placed: list[Placed], bar: float) -> Iterator[str]:
    """Each caption on its line above the bar."""
    for caption in placed:
        middle, what = bar - frame.unit(CAPTION_MIDDLE + LINE * caption.line), caption.caption.of
        if isinstance(what, Happening):
            yield from _happening(frame, day, what, caption, middle, bar + frame.unit(BAR + BELOW_BAR))
        elif isinstance(what, Stretch):
            yield frame.words(caption.left, frame.middle(middle), what.caption, weight=600)
        else:
            yield frame.words(caption.left, frame.middle(middle), what.label, "stein")


def _happening(
    frame: Frame, day: Day, happening: Happening, placed: Placed, middle: float, bottom: float
) -> Iterator[str]:
    x, (before, after) = frame.x(day, happening.at), _reach(frame, happening)
    half = frame.unit(SYMBOL) / 2
    yield svg.line(x, middle - half, x, bottom, "ink", frame.medium.rule * 1.6)
    yield _symbol(happening.moment, x, middle, half)
    after_words = placed.left < x - before - 1
    place = x - before - frame.unit(7) if after_words else x + after + frame.unit(7)
    anchor = "end" if after_words else None
    yield frame.words(place, frame.middle(middle), happening.label, anchor=anchor, weight=600)


def _symbol(moment: Moment, x: float, y: float, half: float) -> str:
    match moment:
        case Moment.DUE:
            flag = ((0, -half), (half * 1.6, -half), (half * 1.1, -half / 2), (half * 1.6, 0), (0, 0))
            points = " ".join(f"{svg.amount(x + dx)},{svg.amount(y + dy)}" for dx, dy in flag)
            return svg.element("polygon", points=points, fill="ink")
        case Moment.SOLVED:
            tick = [
                (x - half * 0.42, y + half * 0.02),
                (x - half * 0.1, y + half * 0.34),
                (x + half * 0.46, y - half * 0.3),
            ]
            disc = svg.element("circle", cx=x, cy=y, r=half, fill="ink")
            return disc + svg.polyline(tick, "page", half * 0.24)
        case Moment.RESPONDED:
            return svg.element("circle", cx=x, cy=y, r=half * 0.55, fill="page", stroke="ink", stroke_width=half * 0.25)
    return ""
