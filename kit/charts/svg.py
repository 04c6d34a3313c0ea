"""The pen of the charts: SVG elements as text, in colours a stylesheet can override.

Every colour is written twice on an element: as a presentation attribute, so that the chart is right by itself in a
PDF, and as a class (``chart-fill-fjord``, ``chart-stroke-fjord``), so that a page can repaint it for a dark scheme.
There is no style attribute and no <style>, so a strict content security policy lets the chart pass.
"""

import re
from dataclasses import dataclass

PALETTE = {
    "page": "#FFFFFF",
    "ink": "#16232B",
    "fjord": "#0B4F6C",
    "stein": "#5B6670",
    "furu": "#2F6B3C",
    "rav": "#B25E09",
    "tegl": "#A4262C",
    "hairline": "#D3DAE0",
    "band": "#EDF2F5",
    "track": "#E1E9ED",
    "tint-dark": "#7FA3B3",
    "tint": "#9DB4C0",
    "tint-light": "#B9CCD5",
    "furu-tint": "#BACFBF",
    "rav-tint": "#EBD6BE",
}
SERIES = ("fjord", "tint-dark", "tint-light", "rav", "furu", "stein")

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
NARROW, WIDE = frozenset("fijlrtI.,:;|!'()[] -\u00a0/"), frozenset("mwMWÆæ@%—…")
NARROW_EM, WIDE_EM, OTHER_EM = 0.32, 0.88, 0.62


@dataclass(frozen=True)
class Medium:
    """Where a chart is seen, and so how large its words and marks are.

    Lengths are in the medium's own unit (pt on paper, px on a screen), and a chart is shown at 1:1.
    """

    unit: str
    text: float
    small: float
    hair: float
    rule: float
    line: float
    mark: float
    point: float
    font_family: str | None = None

    def em(self, factor: float) -> float:
        """A length that follows the size of the words."""
        return self.text * factor


PRINT = Medium(unit="pt", text=7, small=6.6, hair=0.35, rule=0.7, line=1.3, mark=6, point=3.6, font_family="Inter")
WEB = Medium(unit="", text=13, small=12, hair=1, rule=1.5, line=3, mark=10, point=8)


def escape(words: str) -> str:
    """Words made safe for XML: markup escaped, characters that XML forbids left out."""
    return NOT_XML.sub("", words).translate(ENTITIES)


def amount(value: float) -> str:
    """A length with two decimals at most: 12.5, 12, never -0."""
    return f"{round(value, 2) + 0:.2f}".rstrip("0").rstrip(".")


def width_of(words: str, size: float) -> float:
    """About how wide words stand in Inter at this size; a little too much rather than too little."""
    widths = (NARROW_EM if sign in NARROW else WIDE_EM if sign in WIDE else OTHER_EM for sign in words)
    return size * sum(widths)


def element(tag: str, content: str = "", /, **attributes: object) -> str:
    """One element. Underscores in names become hyphens, None is left out, fill and stroke are names in PALETTE."""
    written = "".join(_attribute(name.replace("_", "-"), value) for name, value in _coloured(attributes).items())
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _attribute(name: str, value: object) -> str:
    if value is None:
        return ""
    return f' {name}="{amount(value) if isinstance(value, int | float) else escape(str(value))}"'


def _coloured(attributes: dict[str, object]) -> dict[str, object]:
    names = {key: str(attributes[key]) for key in ("fill", "stroke") if attributes.get(key) in PALETTE}
    classes = " ".join(f"chart-{key}-{name}" for key, name in names.items())
    paints = {key: PALETTE[name] for key, name in names.items()}
    return {**attributes, **paints, **({"class": classes} if classes else {})}


def rect(x: float, y: float, width: float, height: float, fill: str, **attributes: object) -> str:
    return element("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), fill=fill, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float, **attributes: object) -> str:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, **attributes)


def polyline(points: list[tuple[float, float]], stroke: str, width: float, **attributes: object) -> str:
    path = " ".join(f"{amount(x)},{amount(y)}" for x, y in points)
    shape = {"fill": "none", "stroke_linejoin": "round", "stroke_linecap": "round"} | attributes
    return element("polyline", points=path, stroke=stroke, stroke_width=width, **shape)


def text(x: float, y: float, words: str, size: float, fill: str = "ink", **attributes: object) -> str:
    """Words on their base line; anchor start, middle or end; weight 400 or 600."""
    anchor, weight = attributes.pop("anchor", None), attributes.pop("weight", None)
    place = {"x": x, "y": y, "font_size": size, "text_anchor": anchor, "font_weight": weight}
    return element("text", escape(words), fill=fill, **place, **attributes)
