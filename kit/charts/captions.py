"""Words above a bar: each beside its place, on the first line where it covers no word and crosses no line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from kit.charts.incident import Happening, Opening, Stretch

type Bounds = tuple[float, float]


@dataclass(frozen=True)
class Caption:
    """Words of a width that may begin at any of the places, the first preferred; a spare one is left out if need be.

    A caption with a vertical stands on a line that runs from the words down through the bar, with a symbol that
    reaches so far to either side.
    """

    of: Happening | Stretch | Opening
    width: float
    places: tuple[float, ...]
    vertical: float | None = None
    reach: float = 0
    spare: bool = False


@dataclass(frozen=True)
class Placed:
    """Where a caption came to stand: from left, on a line counted from the bar upwards."""

    caption: Caption
    left: float
    line: int = 0

    @property
    def right(self) -> float:
        return self.left + self.caption.width

    def spans(self, x: float | None) -> bool:
        """Whether a vertical at x would run through the words."""
        own = self.caption.vertical
        beside = x is not None and own is not None and abs(x - own) <= self.caption.reach
        return x is not None and not beside and self.left < x < self.right

    def overlaps(self, other: "Placed") -> bool:
        return self.left < other.right and other.left < self.right

    def faces(self, other: "Placed") -> bool:
        """Whether each stands over the other's vertical, so that no order of lines keeps both clear."""
        return self.spans(other.caption.vertical) and other.spans(self.caption.vertical)

    def clashes(self, other: "Placed") -> bool:
        """Whether the two share a line and a place, or the vertical of the upper runs through the lower words."""
        if self.line == other.line and self.overlaps(other):
            return True
        return any(
            upper.line >= lower.line and lower.spans(upper.caption.vertical)
            for upper, lower in ((self, other), (other, self))
        )


def arrange(captions: Sequence[Caption], bounds: Bounds) -> list[Placed]:
    """Place captions within the bounds: first those on verticals, then the others in the order given."""
    placed = _stacked(_sided([caption for caption in captions if caption.vertical is not None], bounds))
    for caption in captions:
        if caption.vertical is None:
            choices = _choices(caption, placed, bounds)
            free = (choice for choice in choices if not any(choice.clashes(other) for other in placed))
            placed += [choice for choice in (next(free, None),) if choice]
    return placed


def _choices(caption: Caption, placed: Sequence[Placed], bounds: Bounds) -> Iterator[Placed]:
    """Every place on every line; the line above all others is free for certain."""
    lines = 1 if caption.spare else 2 + max((other.line for other in placed), default=-1)
    yield from (Placed(caption, _held(caption, left, bounds), line) for line in range(lines) for left in caption.places)


def _held(caption: Caption, left: float, bounds: Bounds) -> float:
    return max(min(left, bounds[1] - caption.width), bounds[0])


def _sided(captions: Sequence[Caption], bounds: Bounds) -> list[Placed]:
    """From the last vertical to the first, each on its first side that is within the bounds and faces no other."""
    sided: list[Placed] = []
    for caption in sorted(captions, key=lambda caption: caption.vertical or 0, reverse=True):
        sides = [Placed(caption, left) for left in caption.places if left == _held(caption, left, bounds)]
        free = (side for side in sides if not any(side.faces(other) for other in sided))
        last = sides[0] if sides else Placed(caption, _held(caption, caption.places[0], bounds))
        sided.append(next(free, last))
    return sided


def _stacked(sided: Sequence[Placed]) -> list[Placed]:
    """Lines from the bar upwards: a caption stands above every caption whose vertical would cross its words."""
    placed: list[Placed] = []
    waiting = list(sided)
    while waiting:
        lowest = next((choice for choice in waiting if not _crossed(choice, waiting)), waiting[0])
        waiting.remove(lowest)
        placed.append(_lifted(lowest, placed))
    return placed


def _crossed(choice: Placed, others: Sequence[Placed]) -> bool:
    return any(choice.spans(other.caption.vertical) for other in others if other is not choice)


def _lifted(choice: Placed, placed: Sequence[Placed]) -> Placed:
    lowest = 1 + max((other.line for other in placed if choice.spans(other.caption.vertical)), default=-1)
    taken = {other.line for other in placed if choice.overlaps(other)}
    return replace(choice, line=next(line for line in count(lowest) if line not in taken))
