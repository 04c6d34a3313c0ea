"""A drawn chart with its words and its numbers, and the status symbols that charts and tables share."""

import base64
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.utils.safestring import SafeString, mark_safe

from kit.charts import svg
from kit.charts.svg import Medium


class Status(StrEnum):
    """How a figure stands against its target and what is good enough. Each has a shape, so colour is never alone."""

    ON_TARGET = "on-target"
    GOOD_ENOUGH = "good-enough"
    NOT_GOOD_ENOUGH = "not-good-enough"
    NOT_MEASURED = "not-measured"
    ONGOING = "ongoing"
    PAUSED = "paused"


COLOUR = {
    Status.ON_TARGET: "furu",
    Status.GOOD_ENOUGH: "rav",
    Status.NOT_GOOD_ENOUGH: "tegl",
    Status.NOT_MEASURED: "stein",
    Status.ONGOING: "fjord",
    Status.PAUSED: "stein",
}


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart, for those who read rather than look."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart: ``svg`` for a page, ``data_url`` for an <img> in a PDF, and the words and table around it.

    title states the finding, summary is one sentence that can stand as alternative text. Width and height are in the
    medium's unit.
    """

    title: str
    summary: str
    table: Table
    width: float
    height: float
    medium: Medium
    marks: str

    @property
    def svg(self) -> SafeString:
        """For a page: an image to assistive technology, named by the title and described by the summary."""
        words = svg.element("title", svg.escape(self.title)) + svg.element("desc", svg.escape(self.summary))
        return mark_safe(self._drawn(words, role="img", **{"class": "chart"}))  # noqa: S308 - every word is escaped

    @property
    def image(self) -> str:
        """A document of its own, with the font named and the colours in attributes."""
        return self._drawn("", xmlns="http://www.w3.org/2000/svg", font_family=self.medium.font_family)

    @property
    def data_url(self) -> str:
        """The image as an address that needs no server: the src of an <img> whose alt is the summary."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.image.encode()).decode()

    def _drawn(self, words: str, **attributes: object) -> str:
        unit = self.medium.unit
        size = {name: svg.amount(getattr(self, name)) for name in ("width", "height")}
        sized = {name: f"{value}{unit}" for name, value in size.items()}
        box = {"viewBox": f"0 0 {size['width']} {size['height']}"}
        return svg.element("svg", words + self.marks, **sized, **box, **attributes)


def symbol(status: Status, x: float, y: float, size: float, halo: float = 0) -> str:
    """The shape of a status about a point; halo is the width of a rim in the page's colour, for marks on a line."""
    half, colour = size / 2, COLOUR[status]
    rim = {"stroke": "page", "stroke_width": halo} if halo else {}
    match status:
        case Status.ON_TARGET:
            return svg.element("circle", cx=x, cy=y, r=half * 0.88, fill=colour, **rim)
        case Status.GOOD_ENOUGH:
            return _polygon(x, y, ((0, -half), (half, 0), (0, half), (-half, 0)), colour, **rim)
        case Status.NOT_GOOD_ENOUGH:
            return triangle(x, y, size, colour, **rim)
        case Status.NOT_MEASURED:
            return svg.rect(x - half, y - size * 0.09, size, size * 0.18, colour)
        case Status.PAUSED:
            bar = size * 0.28
            return "".join(svg.rect(x + side, y - half, bar, size, colour) for side in (-bar * 1.4, bar * 0.4))
    ring = {"stroke": colour, "stroke_width": size * 0.2}
    return svg.element("circle", cx=x, cy=y, r=half * 0.7, fill="page", **ring)


def triangle(x: float, y: float, size: float, colour: str, **attributes: object) -> str:
    half = size / 2
    return _polygon(x, y, ((0, -half), (half, half * 0.8), (-half, half * 0.8)), colour, **attributes)


def _polygon(x: float, y: float, corners: tuple[tuple[float, float], ...], fill: str, **attributes: object) -> str:
    points = " ".join(f"{svg.amount(x + dx)},{svg.amount(y + dy)}" for dx, dy in corners)
    return svg.element("polygon", points=points, fill=fill, **attributes)


def status_symbol(status: Status, medium: Medium = svg.WEB) -> SafeString:
    """The symbol alone, as decoration beside the word that says the same."""
    size = medium.mark
    box = {"viewBox": f"0 0 {svg.amount(size)} {svg.amount(size)}", "class": "chart-symbol"}
    sized = {name: f"{svg.amount(size)}{medium.unit}" for name in ("width", "height")}
    drawn = svg.element("svg", symbol(status, size / 2, size / 2, size), **sized, **box, aria_hidden="true")
    return mark_safe(drawn)  # noqa: S308 - no word of a person is in it


@cache
def status_image(status: Status, medium: Medium = svg.PRINT) -> str:
    """The symbol alone as the src of an <img>, whose alternative text is the word."""
    size = medium.mark
    drawn = symbol(status, size / 2, size / 2, size)
    return Chart("", "", Table((), ()), size, size, medium, drawn).data_url
