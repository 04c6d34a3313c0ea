"""Small charts to look at in tests, and how to look: their shapes, their words, how far the words reach."""

from datetime import datetime
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

from kit import charts
from kit.charts import Kind, Point, Status
from kit.charts.svg import width_of

OSLO = ZoneInfo("Europe/Oslo")
SVG = "{http://www.w3.org/2000/svg}"
WORDS = charts.SeriesWords("target", "good enough", "mean", "upper", "lower", "not measured")
STEADY = [85.1, 83.2, 84.6, 82.9, 84.8, 85.9, 83.0, 84.2, 85.3, 83.7, 82.8, 84.9]


def written(value):
    return f"{value:.1f}"


def drawn(chart):
    return ElementTree.fromstring(chart.image)  # noqa: S314 - our own drawing


def shapes(chart, tag, **attributes):
    return [
        shape
        for shape in drawn(chart).iter(SVG + tag)
        if all(shape.get(key.replace("_", "-")) == value for key, value in attributes.items())
    ]


def texts(chart):
    return [text.text for text in shapes(chart, "text")]


def series(values, **changes):
    points = tuple(Point(f"month {index}", value, tick=str(index)) for index, value in enumerate(values))
    fields = {"title": "Steady", "summary": "It is steady.", "headers": ("Month", "%"), "words": WORDS}
    return charts.Series(**fields | {"points": points, "number": written} | changes)


def bullet(now, *, baseline=61.0, target=90.0, good_enough=80.0):
    mark = charts.Mark
    return charts.Bullet(
        "Forms",
        "More forms are digital.",
        ("What", "Value", "Date"),
        mark(baseline, "Baseline", "61", "2024"),
        mark(now, "Now", "83"),
        mark(target, "Target", "90", "2027"),
        Status.GOOD_ENOUGH,
        good_enough=mark(good_enough, "good enough", "80"),
    )


def bars(*values):
    rows = tuple(
        charts.Bar(f"Town {index}", value, "–" if value is None else written(value), Status.GOOD_ENOUGH)
        for index, value in enumerate(values)
    )
    return charts.Bars("Deviation", "Two are over.", ("Town", "%"), rows, written, good_enough=-2)


def sparkline(values, status=Status.ON_TARGET, **changes):
    points = tuple(Point(f"quarter {index}", value) for index, value in enumerate(values))
    return charts.Sparkline("Trend", "It rose.", ("Quarter", "%"), points, status, written, "not measured", **changes)


def day(number, *, month=9, happenings=(), hours=(8, 16)):
    start, end = (datetime(2026, month, number, hour, tzinfo=OSLO) for hour in hours)
    return charts.Day(
        start.date(),
        f"day {number}",
        f"{number:02}.{month:02}.2026",
        openings=(charts.Opening(start, end, "open 08–16"),),
        stretches=(charts.Stretch(start, end, Kind.COUNTED, "8 h"),),
        happenings=happenings,
        counted="8 h",
        total="sum 8 h",
    )


def timeline(*days):
    words = charts.TimelineWords("closed", "Counted", "counted", "pause", "overdue", "opening hours")
    table = charts.Table(("Day", "Counted"), (("day 1", "8 h"),))
    folded = "{} more days".format
    return charts.Timeline("Due", "It fell due.", table, OSLO, days, words, lambda run: folded(len(run)))


def box(text):
    """Left, right, top and bottom of words, by the measure the drawing itself uses."""
    size, x, y = (float(text.get(name)) for name in ("font-size", "x", "y"))
    width = width_of(text.text, size)
    left = x - {"end": 1, "middle": 0.5, "start": 0, None: 0}[text.get("text-anchor")] * width
    return left, left + width, y - 0.8 * size, y + 0.22 * size


def widest(chart):
    """How far to the right words reach."""
    return max(box(text)[1] for text in shapes(chart, "text"))
