"""The charts of a report, with their words, for paper or for a page."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from benefits.arithmetic import Effect
from kit import charts, formats
from kit.charts import Chart, Medium, Point, Series, Sparkline
from kit.quarters import Quarter
from reports import voice
from sla.drawing import HUNDRED, course, limits_of, series_words, share
from sla.levels import Level


def whole_percent(value: float) -> str:
    return formats.percent(value / HUNDRED, voice.language(), decimals=0)


def in_whole(value: float) -> str:
    return voice.number(round(value))


def share_points(quarters: Sequence[str], levels: Sequence[Level]) -> tuple[Point, ...]:
    return tuple(Point(voice.quarter(one), share(level)) for one, level in zip(quarters, levels, strict=True))


def share_line(
    label: str,
    quarters: Sequence[str],
    levels: Sequence[Level],
    medium: Medium,
    *,
    scale: tuple[float, float] | None = None,
    size: tuple[float, float] | None = None,
) -> Chart:
    """The quarters of a share kept, the last with its status. `scale` is shared by a column of them."""
    points = share_points(quarters, levels)
    target, good_enough = limits_of(levels[-1])
    return _line(
        label,
        points,
        medium,
        status=voice.MARKS[levels[-1].status],
        number=whole_percent,
        limits=(target, good_enough),
        scale=scale,
        size=size,
    )


def count_line(
    label: str,
    quarters: Sequence[str],
    counts: Sequence[int | None],
    medium: Medium,
    size: tuple[float, float] | None = None,
) -> Chart:
    """The quarters of a count; a ring at the end, as nobody has said what is good enough."""
    points = tuple(
        Point(voice.quarter(one), None if count is None else float(count))
        for one, count in zip(quarters, counts, strict=True)
    )
    return _line(label, points, medium, status=charts.Status.ONGOING, number=in_whole, size=size)


def part_line(
    label: str,
    quarters: Sequence[str],
    parts: Sequence[float | None],
    medium: Medium,
    *,
    status: charts.Status = charts.Status.ONGOING,
    limits: tuple[float | None, float | None] = (None, None),
) -> Chart:
    """The quarters of something in per cent; a ring at the end unless a status is given."""
    points = tuple(Point(voice.quarter(one), part) for one, part in zip(quarters, parts, strict=True))
    return _line(label, points, medium, status=status, number=whole_percent, limits=limits)


def _line(
    label: str,
    points: tuple[Point, ...],
    medium: Medium,
    *,
    status: charts.Status,
    number: Callable[[float], str],
    limits: tuple[float | None, float | None] = (None, None),
    scale: tuple[float, float] | None = None,
    size: tuple[float, float] | None = None,
) -> Chart:
    width, height = size or (None, None)
    line = Sparkline(
        title=label,
        summary=course(label, points, number),
        headers=(_("Quarter"), label),
        points=points,
        status=status,
        number=number,
        not_measured=_("not measured"),
        target=limits[0],
        good_enough=limits[1],
        scale=scale,
    )
    return charts.sparkline(line, medium=medium, width=width, height=height)


def realised_series(title: str, label: str, quarters: Sequence[str], effects: Sequence[Effect]) -> Series:
    """Thousands of kroner realised when each quarter ended, against what is wanted now."""
    now = effects[-1]
    points = tuple(_realised(quarter, effect) for quarter, effect in zip(quarters, effects, strict=True))
    return Series(
        title=title,
        summary=course(label, points, in_whole),
        headers=(_("Quarter"), label),
        points=points,
        words=series_words(),
        number=in_whole,
        target=_thousands(now.planned),
        good_enough=_thousands(now.least),
        floor=0,
    )


def _realised(quarter: str, effect: Effect) -> Point:
    one = Quarter.parse(quarter)
    year = str(one.year) if one.number == 1 else ""
    value = _thousands(effect.realised) if effect.measured else None
    return Point(voice.quarter(quarter), value, _("Q%(number)s") % {"number": one.number}, year)


def _thousands(value: Decimal) -> float:
    return float(value / 1000)


def drawn(series: Series, medium: Medium, width: float | None = None) -> Chart:
    return charts.time_series(series, medium=medium, width=width)


def common_scale(series: Sequence[Sequence[Level]]) -> tuple[float, float]:
    """One scale for a column of lines, so that a flat one does not look as wild as the failing one."""
    points = ((Point("", share(level)) for level in levels) for levels in series)
    return charts.shared_scale(points)
