"""Charts say the same in the drawing, in words and as a table, at any width and in both media."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import charts
from kit.charts import PRINT, WEB, Status
from kit.charts.axis import push_apart, round_ticks
from tests.kit.drawing import STEADY, bars, bullet, day, drawn, series, shapes, sparkline, texts, timeline, widest

NASTY = "</title><script>alert('x')</script> & \x0b\ud800"
ALLOWED = {"svg", "title", "desc", "rect", "line", "polyline", "polygon", "circle", "path", "text"}
EVERY = {
    "series": lambda **options: charts.time_series(series(STEADY, title=NASTY, summary=NASTY), **options),
    "sparkline": lambda **options: charts.sparkline(sparkline([1.0, 2.0]), **options),
    "bullet": lambda **options: charts.bullet(bullet(83.0), **options),
    "bars": lambda **options: charts.bars(bars(-3.0, 2.0), **options),
    "timeline": lambda **options: charts.incident_timeline(timeline(day(16)), **options),
}


@pytest.mark.parametrize(
    ("values", "bounds", "limits"),
    [
        ([10.0, 12.0] * 6, {}, (11, 5.68, 16.32)),
        ([10.0, 12.0] * 6, {"floor": 6, "cap": 16}, (11, 6, 16)),
        ([7.0] * 12, {}, (7, 7, 7)),
        ([10.0, 12.0, None, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0], {}, (11, 5.68, 16.32)),
    ],
    ids=["mean ± 2.66 × moving range", "bounded by the unit", "never moving", "no range across a gap"],
)
def test_control_limits(values, bounds, limits):
    found = charts.control_limits(values, **bounds)
    assert (found.mean, found.lower, found.upper) == pytest.approx(limits)


@pytest.mark.parametrize("values", [STEADY[:11], [*STEADY[:11], None], [1.0, None] * 12, []])
def test_no_control_limits_without_twelve_points_and_a_pair_of_neighbours(values):
    assert charts.control_limits(values) is None


def test_a_value_on_the_limit_is_inside():
    limits = charts.control_limits([10.0, 12.0] * 6, floor=6, cap=16)
    assert [limits.hold(value) for value in (5.99, 6, 16, 16.01)] == [False, True, True, False]


def test_points_outside_the_limits_of_the_baseline_become_triangles():
    chart = charts.time_series(series([*STEADY, 60.0, 61.0, 84.0], baseline=slice(0, 12)))
    colours = [shape.get("class") for shape in shapes(chart, "polygon")]
    assert colours == ["chart-fill-tegl chart-stroke-page"] * 2
    assert len(shapes(chart, "circle")) == 13


def test_a_point_outside_on_the_good_side_is_no_alarm():
    chart = charts.time_series(series([*STEADY, 99.0], baseline=slice(0, 12)))
    assert [shape.get("class") for shape in shapes(chart, "polygon")] == ["chart-fill-fjord chart-stroke-page"]


def test_a_month_not_measured_is_a_gap_in_the_line_and_a_word_in_the_table():
    chart = charts.time_series(series([1.0, 2.0, None, 3.0, 4.0, None, 5.0]))
    assert [len(line.get("points").split()) for line in shapes(chart, "polyline")] == [2, 2]
    assert chart.table.rows[2] == ("month 2", "not measured")


def test_the_names_of_close_lines_stand_eight_points_apart():
    chart = charts.time_series(series(STEADY, target=84.3, good_enough=84.2), medium=PRINT)
    names = ("upper", "mean", "target", "good enough", "lower")
    places = sorted(float(text.get("y")) for text in shapes(chart, "text") if text.text.startswith(names))
    gaps = [below - above for above, below in pairwise(places)]
    assert len(places) == 5
    assert min(gaps) >= 8


def test_a_phone_names_the_lines_below_the_axis():
    chart = charts.time_series(series(STEADY, target=90), width=288)
    assert [text for text in texts(chart) if "target" in text] == ["target 90.0"]
    assert widest(chart) <= 288


def test_an_event_is_a_dotted_line_with_words():
    chart = charts.time_series(series(STEADY, events=(charts.Event(5.5, "new version"),)))
    assert texts(chart).count("new version") == 1


def test_a_series_without_points_is_refused():
    with pytest.raises(ValueError, match="at least one point"):
        charts.time_series(series([]))


@given(st.lists(st.floats(0, 100), max_size=8).map(sorted), st.floats(0.5, 10))
def test_labels_pushed_apart_keep_their_order_and_their_distance(places, distance):
    moved = push_apart(places, distance, 0, 100)
    assert len(moved) == len(places)
    assert all(b - a >= distance - 1e-6 for a, b in pairwise(moved))
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in moved)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_ticks_lie_within_the_axis(low, spread):
    assert all(low - spread * 1e-6 <= tick <= low + spread * 1.000001 for tick in round_ticks(low, low + spread))


@pytest.mark.parametrize(
    ("status", "tag"),
    [
        (Status.ON_TARGET, "circle"),
        (Status.GOOD_ENOUGH, "polygon"),
        (Status.NOT_GOOD_ENOUGH, "polygon"),
        (Status.NOT_MEASURED, "rect"),
        (Status.ONGOING, "circle"),
        (Status.PAUSED, "rect"),
    ],
)
def test_each_status_has_a_shape_that_assistive_technology_passes_over(status, tag):
    symbol = charts.status_symbol(status)
    assert f"<{tag} " in symbol
    assert 'aria-hidden="true"' in symbol


def test_the_status_shapes_differ_without_their_colours():
    drawings = {charts.status_symbol(status).split("fill=")[0] for status in Status}
    assert len(drawings) == len(Status)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("medium", [WEB, PRINT], ids=["web", "print"])
def test_every_chart_is_an_image_with_a_name_and_obeys_a_strict_policy(name, medium):
    chart = EVERY[name](medium=medium)
    inline = ElementTree.fromstring(chart.svg)  # noqa: S314 - our own drawing
    assert (inline.get("role"), [child.tag for child in inline][:2]) == ("img", ["title", "desc"])
    assert {element.tag for element in inline.iter()} <= ALLOWED
    assert not [element for element in inline.iter() if element.get("style")]
    assert chart.data_url.startswith("data:image/svg+xml;base64,")


def test_words_of_people_are_escaped_and_characters_that_xml_forbids_left_out():
    inline = ElementTree.fromstring(EVERY["series"]().svg)  # noqa: S314 - our own drawing
    assert inline[0].text == "</title><script>alert('x')</script> & "


def test_paper_names_its_font_and_measures_in_points_and_a_page_inherits_both():
    paper, page = (drawn(EVERY["bullet"](medium=medium)) for medium in (PRINT, WEB))
    assert (paper.get("font-family"), paper.get("width")) == ("Inter", "316pt")
    assert (page.get("font-family"), page.get("width")) == (None, "640")
