"""Values, units and statuses in the reader's language, and how an achievement was reckoned."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from benefits.arithmetic import Effect, Status, Way, percent
from benefits.models import BenefitShare, Unit
from kit import charts, formats

SHAPES = {
    Status.ON_TARGET: charts.Status.ON_TARGET,
    Status.GOOD_ENOUGH: charts.Status.GOOD_ENOUGH,
    Status.NOT_GOOD_ENOUGH: charts.Status.NOT_GOOD_ENOUGH,
    Status.NOT_MEASURED: charts.Status.NOT_MEASURED,
}
STATUS_WORDS = {
    Status.ON_TARGET: gettext_lazy("on target"),
    Status.GOOD_ENOUGH: gettext_lazy("good enough"),
    Status.NOT_GOOD_ENOUGH: gettext_lazy("not good enough"),
    Status.NOT_MEASURED: gettext_lazy("not measured"),
}
DIGITS = 6
"""As many decimals of an achievement are written out before it is rounded."""

type Fact = tuple[str, Any]


def language() -> str:
    return get_language() or "nb"


def day(value: date | None) -> str:
    return formats.day(value, language()) if value else "–"


def plain_number(value: Decimal) -> str:
    """Without zeros that say nothing: «2,5», «1 140 000»."""
    return formats.number(trimmed(value), language())


def trimmed(value: Decimal) -> Decimal:
    whole = value == value.to_integral_value()
    return value.quantize(Decimal(1)) if whole else value.normalize()


def kroner(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return formats.amount(value, language(), decimals=0 if whole else 2)


def full_time(value: Decimal) -> str:
    words = ngettext("%(number)s full-time equivalent", "%(number)s full-time equivalents", _grammatical(value))
    return words % {"number": plain_number(value)}


def hours(value: Decimal) -> str:
    return ngettext("%(number)s hour", "%(number)s hours", _grammatical(value)) % {"number": plain_number(value)}


def days(value: Decimal) -> str:
    return ngettext("%(number)s day", "%(number)s days", _grammatical(value)) % {"number": plain_number(value)}


def points(value: Decimal) -> str:
    return ngettext("%(number)s point", "%(number)s points", _grammatical(value)) % {"number": plain_number(value)}


def in_percent(value: Decimal) -> str:
    return formats.style_of(language()).percent.format(plain_number(value))


def _grammatical(value: Decimal) -> int:
    """Only one is singular."""
    return 1 if value == 1 else 2


WRITTEN: dict[str, Callable[[Decimal], str]] = {
    Unit.KRONER: kroner,
    Unit.FULL_TIME: full_time,
    Unit.HOURS: hours,
    Unit.DAYS: days,
    Unit.PERCENT: in_percent,
    Unit.COUNT: plain_number,
    Unit.POINTS: points,
}


def written(value: Decimal | None, unit: str) -> str:
    """A value with its unit, kept on one line; a dash where there is none."""
    return "–" if value is None else WRITTEN[unit](value).replace(" ", formats.NO_BREAK)


def achieved(achievement: Fraction | None) -> str:
    """«75,0 %», «−20,0 %»; what is not measured is a dash, never zero."""
    if achievement is None:
        return "–"
    number = formats.number(percent(achievement), language(), decimals=1)
    return formats.style_of(language()).percent.format(number)


def finding(effect: Effect) -> str:
    """The achievement as a headline."""
    achievement = effect.achievement
    if achievement is None:
        return _("Not measured yet")
    if achievement >= 1:
        return _("The target is reached")
    if achievement < 0:
        return _("Worse than the baseline")
    return _("%(percent)s of the way to the target") % {"percent": achieved(achievement)}


def status_counts(counts: Counter[Status]) -> list[tuple[charts.Status, str]]:
    """«3 på mål», one pair for each status that occurs, the best first."""
    found = [status for status in reversed(Status) if counts[status]]
    return [(SHAPES[status], f"{counts[status]} {STATUS_WORDS[status]}") for status in found]


def shares_counted(count: int) -> str:
    words = ngettext("%(count)s share", "%(count)s shares", count)
    return words % {"count": formats.number(count, language())}


def missing(share: BenefitShare) -> str:
    """What keeps a share from being judged; empty when nothing does."""
    if share.baseline is None:
        return _("The baseline is not measured.")
    return _("Nothing is measured since the baseline.") if share.newest_value is None else ""


def state(share: BenefitShare) -> str:
    """One sentence: what was measured, when, and what it amounts to."""
    if lack := missing(share):
        return lack
    values = {
        "value": written(share.newest_value, share.benefit.unit),
        "day": day(share.newest_on),
        "status": STATUS_WORDS[Status(share.standing)],
    }
    return _("%(value)s on %(day)s: %(status)s.") % values


def reckoning(share: BenefitShare) -> list[Fact]:
    """How the achievement came about, to the last digit; empty where it cannot be reckoned."""
    way, value = share.way, share.newest_value
    if way is None or value is None:
        return []
    unit, so_far, wanted = share.benefit.unit, value - way.baseline, way.target - way.baseline
    return [
        (_("Change so far"), difference(value, way.baseline, so_far, unit)),
        (_("Change wanted"), difference(way.target, way.baseline, wanted, unit)),
        (_("Achievement"), division(so_far, wanted)),
        (_("Good enough from"), achieved(way.achievement(good_enough_of(way)))),
        (_("Status"), STATUS_WORDS[way.status(value)]),
    ]


def good_enough_of(way: Way) -> Decimal:
    return way.target if way.good_enough is None else way.good_enough


def difference(value: Decimal, less: Decimal, result: Decimal, unit: str) -> str:
    return f"{written(value, unit)} − {written(less, unit)} = {written(result, unit)}"


def division(part: Decimal, whole: Decimal) -> str:
    """«−160 000 ÷ −400 000 = 0,4 = 40,0 %»; ≈ where the decimals have no end."""
    exact = Fraction(part) / Fraction(whole)
    shown = round(exact, DIGITS)
    sign = "=" if shown == exact else "≈"
    decimals = formats.number(trimmed(Decimal(shown.numerator) / Decimal(shown.denominator)), language())
    return f"{plain_number(part)} ÷ {plain_number(whole)} {sign} {decimals} = {achieved(exact)}"
