"""Scales: from values to places, round ticks, and labels that keep their distance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

ROUND_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Scale:
    """A straight line from [low, high] in the data to [start, end] on the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def clamp(self, value: float) -> float:
        """The place of a value, at the nearer end when it lies outside."""
        return self(min(max(value, self.low), self.high))


def extent(values: Iterable[float | None], pad: float = 0) -> tuple[float, float]:
    """Lowest and highest of what was measured, widened by a share on each side and never of no width."""
    measured = [value for value in values if value is not None]
    low, high = (min(measured), max(measured)) if measured else (0.0, 1.0)
    spread = (high - low) or abs(high) * 0.1 or 1.0
    room = pad * spread if high > low else spread / 2
    return low - room, high + room


def round_ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """About as many round values as wanted, all within [low, high]."""
    rough = (high - low) / max(wanted, 1)
    power = 10 ** floor(log10(rough))
    step = next(power * factor for factor in ROUND_STEPS if power * factor >= rough * 0.999)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def push_apart(places: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Places moved as little as keeps them the distance apart, in order, within [low, high] as far as there is room.

    places are sorted. Neighbours that would touch become one block about their middle; the blocks are then kept
    inside the bounds from the top and from the bottom.
    """
    blocks: list[list[float]] = []
    for place in places:
        blocks.append([place])
        while len(blocks) > 1 and _start(blocks[-1], distance) < _end(blocks[-2], distance) + distance:
            last = blocks.pop()
            blocks[-1] += last
    spread = [_start(block, distance) + index * distance for block in blocks for index in range(len(block))]
    return _within(spread, distance, low, high)


def _start(block: list[float], distance: float) -> float:
    return sum(block) / len(block) - (len(block) - 1) * distance / 2


def _end(block: list[float], distance: float) -> float:
    return _start(block, distance) + (len(block) - 1) * distance


def _within(places: list[float], distance: float, low: float, high: float) -> list[float]:
    for index in reversed(range(len(places))):
        ceiling = places[index + 1] - distance if index + 1 < len(places) else high
        places[index] = min(places[index], ceiling)
    for index in range(len(places)):
        ground = places[index - 1] + distance if index else low
        places[index] = max(places[index], ground)
    return places


def apart(places: Sequence[float], widths: Sequence[float], gap: float) -> bool:
    """Whether words of these widths, centred on these places, leave the gap between them."""
    spans = [(place - width / 2, place + width / 2) for place, width in zip(places, widths, strict=True)]
    return all(right[0] - left[1] >= gap for left, right in pairwise(spans))


def spread(lefts: Sequence[float], widths: Sequence[float], gap: float, high: float) -> list[float]:
    """Left edges of words on one line, moved as little as keeps a gap between them and none beyond high."""
    moved = list(lefts)
    for index in range(1, len(moved)):
        moved[index] = max(moved[index], moved[index - 1] + widths[index - 1] + gap)
    limit = high
    for index in reversed(range(len(moved))):
        moved[index] = min(moved[index], limit - widths[index])
        limit = moved[index] - gap
    return moved
