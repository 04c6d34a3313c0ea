"""Where things stand on an incident's timeline: one width for all lanes, lengths that follow the size of the words."""

from dataclasses import dataclass
from datetime import datetime

from kit.charts import svg
from kit.charts.clock import ClockAxis
from kit.charts.incident import Day
from kit.charts.svg import WEB, Medium

NARROW_EM = 48
LEFT, RIGHT, EDGE = 131, 150, 12
TOP, TOP_PAD, LINE, ABOVE_BAR, BAR, BOTTOM_PAD, GAP = 34, 6, 20, 10, 24, 14, 10


@dataclass(frozen=True)
class Frame:
    """Where the clock stands; narrow means that words about a day stand above its lane."""

    axis: ClockAxis
    medium: Medium
    width: float
    narrow: bool

    @classmethod
    def of(cls, axis: ClockAxis, medium: Medium, width: float) -> "Frame":
        return cls(axis, medium, width, width < medium.em(NARROW_EM))

    def unit(self, pixels: float) -> float:
        """Lengths are given for the screen and follow the size of the words."""
        return pixels * self.medium.text / WEB.text

    @property
    def left(self) -> float:
        return self.unit(EDGE) if self.narrow else self.unit(LEFT)

    @property
    def right(self) -> float:
        return self.width - (self.unit(EDGE) if self.narrow else self.unit(RIGHT))

    @property
    def bounds(self) -> tuple[float, float]:
        """How far words in a lane may reach: on a phone to its edges, else a little past the clock."""
        return (0, self.width) if self.narrow else (self.left - self.unit(EDGE), self.right + self.unit(4 * EDGE))

    @property
    def column(self) -> float:
        return (self.right - self.left) / len(self.axis.slots)

    def x(self, day: Day, instant: datetime) -> float:
        return self.left + self.axis.place(day.day, instant) * self.column

    def words(self, x: float, y: float, words: str, fill: str = "ink", **attributes: object) -> str:
        """Words in the size of the medium."""
        return svg.text(x, y, words, self.medium.text, fill, **attributes)

    def wide(self, words: str) -> float:
        return svg.width_of(words, self.medium.text)

    def middle(self, y: float) -> float:
        """The base line of words whose middle is at y."""
        return y + self.medium.em(0.35)
