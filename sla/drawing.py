"""How a share was kept, as a line over months: for the pages and for the board report."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kit import charts, formats
from kit.charts import Chart, Point, Series, SeriesWords, Sparkline
from sla.levels import Level, share_in_percent
from sla.words import plain

TICK_MONTHS = 3
HUNDRED = 100.0


def share(level: Level) -> float | None:
    """In per cent, unrounded; None where nothing was measured."""
    return level.met * HUNDRED / level.counted if level.counted else None


def limits_of(level: Level, decimals: int = 1) -> tuple[float | None, float | None]:
    """Target and good enough in per cent."""
    found = (share_in_percent(part, level.counted, decimals) for part in (level.wanted, level.good_enough))
    target, good_enough = (None if value is None else float(value) for value in found)
    return target, good_enough


def course(label: str, points: Sequence[Point], number: Callable[[float], str]) -> str:
    """How it went, in one sentence."""
    known = [point for point in points if point.value is not None]
    values = {"label": label}
    if not known:
        return _("%(label)s has not been measured.") % values
    first, last = known[0], known[-1]
    values |= {"last": number(last.value), "to": last.label}
    if first is last:
        return _("The line has one point: %(label)s was %(last)s in %(to)s.") % values
    values |= {"first": number(first.value), "from": first.label}
    return _("The line shows that %(label)s went from %(first)s in %(from)s to %(last)s in %(to)s.") % values


def monthly_series(
    title: str, label: str, months: Sequence[date], levels: Sequence[Level], *, decimals: int = 1
) -> Series:
    """From the first month that was measured. `decimals` are those of a value; the sentence has one less."""
    first = next((index for index, level in enumerate(levels) if level.counted), 0)
    months, levels = months[first:], levels[first:]
    target, good_enough = limits_of(sum(levels, Level()), decimals)
    points = tuple(_month(month, level, index) for index, (month, level) in enumerate(zip(months, levels, strict=True)))
    return Series(
        title=title,
        summary=course(label, points, lambda value: in_percent(value, decimals - 1)),
        headers=(_("Month"), label),
        points=points,
        words=series_words(),
        number=lambda value: _number(value, decimals),
        target=target,
        good_enough=good_enough,
        floor=0,
        cap=HUNDRED,
    )


def in_percent(value: float, decimals: int) -> str:
    return formats.percent(value / HUNDRED, plain.language(), decimals=decimals)


def _number(value: float, decimals: int) -> str:
    rounded = round(value, decimals)
    return formats.number(rounded, plain.language(), decimals=0 if rounded.is_integer() else decimals)


def series_words() -> SeriesWords:
    return SeriesWords(
        target=pgettext("on a chart", "target"),
        good_enough=_("good enough"),
        mean=_("mean"),
        upper=_("upper limit"),
        lower=_("lower limit"),
        not_measured=_("not measured"),
    )


def _month(month: date, level: Level, index: int) -> Point:
    named = month.month % TICK_MONTHS == 1
    tick = formats.written_date(month, "MMM", plain.language()) if named else ""
    year = str(month.year) if month.month == 1 or (named and index < TICK_MONTHS) else ""
    return Point(formats.month(month, plain.language()), share(level), tick, year)


def monthly_line(label: str, series: Series, status: charts.Status, scale: tuple[float, float]) -> Chart:
    """The same as a sparkline beside others of its kind, on their common scale."""
    line = Sparkline(
        title=label,
        summary=series.summary,
        headers=series.headers,
        points=series.points,
        status=status,
        number=series.number,
        not_measured=series.words.not_measured,
        target=series.target,
        good_enough=series.good_enough,
        scale=scale,
    )
    return charts.sparkline(line)
