"""What one sheet of paper holds, reckoned in points before anything is laid out.

A report has six sheets before its appendix, however many owners and services there are and whatever people write in
it. Each part of a sheet claims its height in the order of its weight; a part that finds no room stands in the appendix.
The heights are those of static/css/print.css, measured.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from kit.charts import PRINT, Medium

SHEET = 718.0
LABEL, TITLE_LINE, LEDE_LINE, GAP = 14.0, 19.5, 13.0, 26.0
TITLE_WIDTH, LEDE_WIDTH, COMMENT_WIDTH = 58, 82, 92
"""Letters in a line."""
COMMENT, COMMENT_LINE, COMMENT_PARAGRAPH = 48.0, 13.0, 6.5
DETAIL = 150.0
TABLE, WIDE_ROW, TIGHT_ROW, TWO_LINES = 48.0, 21.0, 16.5, 27.0


@dataclass
class Sheet:
    """One sheet, and how much of it is left. A page on a screen has no end."""

    medium: Medium
    left: float = SHEET

    def take(self, height: float) -> None:
        """What stands there whatever comes."""
        self.left -= height

    def holds(self, height: float) -> bool:
        """Whether a part finds room, which it then has."""
        if self.medium is not PRINT:
            return True
        fits = height <= self.left
        if fits:
            self.left -= height
        return fits

    def rows(self, height: float, most: int) -> int:
        """How many rows of a table find room."""
        return most if self.medium is not PRINT else min(most, max(int(self.left // height), 0))


def head(title: str, lede: str) -> float:
    """A section's label, heading and first sentences."""
    return LABEL + lines(title, TITLE_WIDTH) * TITLE_LINE + GAP + lines(lede, LEDE_WIDTH) * LEDE_LINE


def comments(texts: Iterable[str]) -> float:
    return sum(_comment(text) for text in texts if text)


def _comment(text: str) -> float:
    paragraphs = [part for part in text.splitlines() if part.strip()]
    written = sum(lines(part, COMMENT_WIDTH) for part in paragraphs)
    return COMMENT + written * COMMENT_LINE + (len(paragraphs) - 1) * COMMENT_PARAGRAPH


def lines(text: str, width: int) -> int:
    return max(ceil(len(text) / width), 1)


def table(rows: int, row: float = TIGHT_ROW) -> float:
    """With its heading and its head."""
    return TABLE + rows * row
