"""Words above a bar: each beside its place, on the first line where it covers no word and crosses no line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kit.charts.incident import Happening, Opening, Stretch


@dataclass(frozen=True)
class Caption:
    """Words of a width that may begin at any of the places, the first preferred; a spare one is left out if need be.

    A caption with a vertical stands on a line that runs from the words down through the bar.
    """

    of: Happening | Stretch | Opening
    width: float
    places: tuple[float, ...]
    vertical: float | None = None
    spare: bool = False


@dataclass(frozen=True)
class Placed:
    """Where a caption came to stand: from left, on a line counted from the bar upwards."""

    caption: Caption
    left: float
    line: int

    @property
    def right(self) -> float:
        return self.left + self.caption.width

    def spans(self, x: float | None) -> bool:
        return x is not None and self.left < x < self.right

    def clashes(self, other: "Placed") -> bool:
        """Whether the two share a line and a place, or the vertical of the upper runs through the lower words."""
        if self.line == other.line:
            return self.left < other.right and other.left < self.right
        upper, lower = (self, other) if self.line > other.line else (other, self)
        return lower.spans(upper.caption.vertical)


def arrange(captions: Sequence[Caption], bounds: tuple[float, float]) -> list[Placed]:
    """Place captions within the bounds in the order given.

    Give those with a vertical from right to left: an earlier one then rises over the later ones' lines.
    """
    placed: list[Placed] = []
    for index, caption in enumerate(captions):
        waiting = [other.vertical for other in captions[index + 1 :]]
        free = (choice for choice in _choices(caption, placed) if _is_free(choice, placed, waiting, bounds))
        choice = next(free, None if caption.spare else _on_top(caption, placed, bounds))
        if choice:
            placed.append(choice)
    return placed


def _choices(caption: Caption, placed: Sequence[Placed]) -> Iterator[Placed]:
    lines = 1 if caption.spare else 2 + max((other.line for other in placed), default=-1)
    yield from (Placed(caption, left, line) for line in range(lines) for left in caption.places)


def _is_free(
    choice: Placed, placed: Sequence[Placed], waiting: Sequence[float | None], bounds: tuple[float, float]
) -> bool:
    inside = bounds[0] <= choice.left and choice.right <= bounds[1]
    crossed = choice.line == 0 and any(choice.spans(vertical) for vertical in waiting)
    return inside and not crossed and not any(choice.clashes(other) for other in placed)


def _on_top(caption: Caption, placed: Sequence[Placed], bounds: tuple[float, float]) -> Placed:
    line = 1 + max((other.line for other in placed), default=-1)
    return Placed(caption, max(min(caption.places[0], bounds[1] - caption.width), bounds[0]), line)
