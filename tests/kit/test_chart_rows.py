"""Sparklines, bullets and bars: small charts that stand in the rows of tables."""

from itertools import combinations

import pytest

from kit import charts
from kit.charts import Status
from tests.kit.drawing import bars, box, bullet, shapes, sparkline


def test_a_sparkline_ends_in_the_shape_of_its_status():
    chart = charts.sparkline(sparkline([1.0, 2.0, 3.0], Status.NOT_GOOD_ENOUGH))
    assert [shape.get("fill") for shape in shapes(chart, "polygon")] == ["#A4262C"]


def test_a_sparkline_whose_last_period_was_not_measured_ends_in_a_dash():
    chart = charts.sparkline(sparkline([1.0, None]))
    assert [shape.get("fill") for shape in shapes(chart, "rect")] == ["#5B6670"]


def test_sparklines_that_share_a_scale_show_a_flat_service_flat():
    flat, failing = sparkline([99.9, 99.8]), sparkline([99.9, 90.0])
    scale = charts.shared_scale([flat.points, failing.points])
    heights = [
        [float(place.split(",")[1]) for place in shapes(chart, "polyline")[0].get("points").split()]
        for chart in (charts.sparkline(sparkline([99.9, 99.8], scale=scale)), charts.sparkline(flat))
    ]
    assert heights[0][1] - heights[0][0] < 1 < 10 < heights[1][1] - heights[1][0]


@pytest.mark.parametrize(("baseline", "target"), [(61.0, 90.0), (90.0, 61.0)], ids=["more is better", "less is better"])
def test_a_bullet_reads_from_left_to_right_whichever_way_is_better(baseline, target):
    data = bullet(80.0, baseline=baseline, target=target, good_enough=75.0)
    progress = [data.progress(mark) for mark in (data.baseline, data.now, data.target)]
    assert progress == sorted(progress)
    assert (progress[0], progress[2]) == (0, 1)


def test_a_bullet_needs_a_way_to_go():
    with pytest.raises(ValueError, match="differs from its baseline"):
        charts.bullet(bullet(61.0, target=61.0))


@pytest.mark.parametrize("draw", [charts.bullet, charts.compact_bullet, charts.bullet_row])
@pytest.mark.parametrize("now", [40.0, 61.0, 90.0, 130.0])
def test_a_bullet_stays_within_its_drawing(draw, now):
    chart = draw(bullet(now), width=288)
    edges = [float(bar.get("x")) + float(bar.get("width")) for bar in shapes(chart, "rect")]
    assert all(edge <= 288 for edge in edges)
    assert chart.table.rows[0] == ("Baseline", "61", "2024")


@pytest.mark.parametrize("width", [288, 640])
@pytest.mark.parametrize("now", [40.0, 61.0, 61.5, 70.0, 83.0, 86.0, 89.0, 90.0, 94.0, 130.0])
def test_no_word_of_a_bullet_covers_another_or_leaves_the_drawing(now, width):
    boxes = [box(text) for text in shapes(charts.bullet(bullet(now), width=width), "text")]
    assert [(one, other) for one, other in combinations(boxes, 2) if covers(one, other)] == []
    assert min(top for _left, _right, top, _bottom in boxes) >= 0


def covers(one, other):
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def test_bars_below_zero_end_where_bars_above_it_begin():
    chart = charts.bars(bars(-3.0, 2.0))
    below, above = shapes(chart, "rect", fill="#B25E09")
    assert float(below.get("x")) + float(below.get("width")) == pytest.approx(float(above.get("x")), abs=0.02)


def test_what_was_not_measured_has_no_bar_but_a_row():
    chart = charts.bars(bars(-3.0, None))
    assert len(shapes(chart, "rect", fill="#B25E09")) == 1
    assert chart.table.rows == (("Town 0", "-3.0"), ("Town 1", "–"))


def test_a_bar_in_a_table_has_the_scale_of_all_bars():
    data = bars(-4.0, -2.0)
    widths = [float(shapes(charts.bar_row(bar, data), "rect", fill="#B25E09")[0].get("width")) for bar in data.bars]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.05)


def test_parts_of_a_stack_lie_end_to_end_and_add_up():
    stacks = (charts.Stack("Town", (3.0, 5.0), ("3", "5"), "8"), charts.Stack("Hamlet", (4.0, 0.0), ("4", "0"), "4"))
    data = charts.StackedBars("Parts", "All.", ("Town", "Price", "Volume", "Sum"), ("Price", "Volume"), stacks)
    chart = charts.stacked_bars(data)
    first, second, half, _none = shapes(chart, "rect", stroke="#FFFFFF")
    assert float(first.get("x")) + float(first.get("width")) == pytest.approx(float(second.get("x")), abs=0.02)
    assert float(half.get("width")) == pytest.approx(
        (float(first.get("width")) + float(second.get("width"))) / 2, abs=0.02
    )
    assert chart.table.rows == (("Town", "3", "5", "8"), ("Hamlet", "4", "0", "4"))
