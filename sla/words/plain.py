"""Words that all pages about service levels share, in the reader's language."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kit import charts, formats
from sla.deadlines import Deadline
from sla.levels import Level, Status
from sla.models import Metric, Target

HUNDRED = Decimal(100)
SHAPES = {
    Status.ON_TARGET: charts.Status.ON_TARGET,
    Status.GOOD_ENOUGH: charts.Status.GOOD_ENOUGH,
    Status.NOT_GOOD_ENOUGH: charts.Status.NOT_GOOD_ENOUGH,
    Status.NOT_MEASURED: charts.Status.NOT_MEASURED,
}
DEADLINE_SHAPES = {
    Deadline.HELD: charts.Status.ON_TARGET,
    Deadline.BROKEN: charts.Status.NOT_GOOD_ENOUGH,
    Deadline.RUNNING: charts.Status.ONGOING,
    Deadline.PAUSED: charts.Status.PAUSED,
    Deadline.SOON: charts.Status.GOOD_ENOUGH,
    Deadline.NONE: charts.Status.NOT_MEASURED,
}
METRIC_NAMES = {
    Metric.RESOLUTION: gettext_lazy("Solved in time"),
    Metric.RESPONSE: gettext_lazy("Answered in time"),
    Metric.AVAILABILITY: gettext_lazy("Availability"),
}
CLOCK_NAMES = {metric: METRIC_NAMES[metric] for metric in (Metric.RESOLUTION, Metric.RESPONSE)}
STOPS = {
    Metric.RESOLUTION: gettext_lazy("Solution"),
    Metric.RESPONSE: gettext_lazy("Answer"),
    Metric.AVAILABILITY: gettext_lazy("Availability"),
    Metric.LEAD_TIME: gettext_lazy("Delivery"),
}
COUNTS = (
    gettext_lazy("none"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
)


def language() -> str:
    return get_language() or "nb"


def count_word(count: int) -> str:
    """Up to twelve as a word, above as a number."""
    return str(COUNTS[count]) if count < len(COUNTS) else formats.number(count, language())


def listed(names: Sequence[object]) -> str:
    """«E-post, Nettverk og Telefoni»."""
    return formats.listed(names, language())


def in_percent(level: Level, metric: Metric = Metric.RESOLUTION) -> str:
    """Without its sign; 100 has no decimal, and 99,96 is not 100. Availability has two decimals, all else one."""
    decimals = decimals_of(metric)
    percent = level.percent(decimals)
    if percent is None:
        return "–"
    return "100" if percent == HUNDRED else formats.number(percent, language(), decimals=decimals)


def percentage(level: Level, metric: Metric = Metric.RESOLUTION) -> str:
    """With its sign: «98,55 %», «98.55%»; a dash where nothing was measured."""
    return with_percent(in_percent(level, metric))


def with_percent(value: str) -> str:
    """A written number with its sign: «92,6 %»; a dash stays one."""
    return value if value == "–" else formats.style_of(language()).percent.format(value)


def decimals_of(metric: Metric) -> int:
    return 2 if metric == Metric.AVAILABILITY else 1


def share(value: Decimal) -> str:
    """A promised share with all its decimals: «90 %», «99,95 %»."""
    return formats.percent(value.normalize(), language(), decimals=None)


def per_cent(value: Decimal) -> str:
    """What is in per cent already: «12,5 %»."""
    return share(value / HUNDRED)


def duration(value: timedelta) -> str:
    return formats.duration(value, language())


def in_minutes(value: timedelta) -> str:
    """Without its seconds, of time that runs."""
    return duration(value - value % timedelta(minutes=1))


def allowed(target: Target) -> str:
    """«8 t», «3 virkedager», «neste virkedag»: as one types it."""
    if target.days is None:
        return duration(timedelta(minutes=target.minutes or 0))
    if target.until_closing:
        return _("next working day")
    return ngettext("%(days)s working day", "%(days)s working days", target.days) % {"days": target.days}


def day(value: date) -> str:
    return formats.day(value, language())


def clock(value: datetime) -> str:
    return formats.clock(value, language())


def short_day(value: date) -> str:
    """«14.07.», «14 Jul»."""
    return formats.written_date(value, "d MMM" if language().startswith("en") else "dd.MM.", language())


def day_and_clock(value: datetime) -> str:
    """«fredag 18.09.2026 kl. 08.30»."""
    return formats.instant_with_weekday(value, language())


def until(value: datetime) -> str:
    """The day where it is its first instant, else the clock too."""
    local = formats.in_oslo(value)
    if local.time() == time.min:
        return formats.day_with_weekday(local.date(), language())
    return day_and_clock(value)


def weekday_and_clock(value: datetime) -> str:
    """«fredag kl. 08.30»."""
    local = formats.in_oslo(value)
    return _("%(day)s at %(clock)s") % {"day": formats.weekday(local.date(), language()), "clock": clock(value)}


def month(value: date) -> str:
    return formats.month(value, language())


def instant(value: datetime) -> str:
    return formats.instant(value, language())


def sentence(words: Any) -> str:
    return str(capfirst(words))
