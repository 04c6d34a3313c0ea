"""How a report speaks: numbers, names and lists in the reader's language, which the caller has made the active one."""

from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from kit import charts, formats
from kit.quarters import Quarter
from sla.levels import Level, Status, share_in_percent
from sla.reporting import Names
from sla.words.plain import count_word as count
from sla.words.plain import language, listed, with_percent

__all__ = ["count", "language", "listed", "with_percent"]  # said here as everywhere else

MARKS = {
    Status.ON_TARGET: charts.Status.ON_TARGET,
    Status.GOOD_ENOUGH: charts.Status.GOOD_ENOUGH,
    Status.NOT_GOOD_ENOUGH: charts.Status.NOT_GOOD_ENOUGH,
    Status.NOT_MEASURED: charts.Status.NOT_MEASURED,
}
MILLION = Decimal(1_000_000)


def number(value: Decimal | int | float, decimals: int | None = None) -> str:
    return formats.number(value, language(), decimals=decimals)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def inside(name: str) -> str:
    """A name in the middle of a sentence: «sak/arkiv», but «PC-er» and «Visma HRM» as they are."""
    plain = name[1:].islower() and not any(sign.isdigit() for sign in name)
    return name[:1].lower() + name[1:] if plain and len(name) > 1 else name


def service(name: Names) -> str:
    return inside(name.written(language()))


def services(rows: Iterable[Names]) -> str:
    return listed([service(name) for name in rows])


def bare_percent(level: Level, decimals: int = 0) -> str:
    """Rounded down, without the sign; a dash where nothing was measured."""
    value = level.percent(decimals)
    return "–" if value is None else number(value, decimals)


def percent(level: Level, decimals: int = 0) -> str:
    """«74,0 %»."""
    value = level.percent(decimals)
    return _("not measured") if value is None else formats.percent(value / 100, language(), decimals=decimals)


def wanted(level: Level, decimals: int = 1) -> str:
    return _limit(level.wanted, level.counted, decimals)


def good_enough(level: Level, decimals: int = 1) -> str:
    return _limit(level.good_enough, level.counted, decimals)


def _limit(part: Decimal, whole: int, decimals: int = 1) -> str:
    value = share_in_percent(part, whole, decimals)
    return "–" if value is None else number(value.normalize())


def quarter(written: str) -> str:
    """«3. kvartal 2026»."""
    return formats.quarter(Quarter.parse(written).first, language())


def short_quarter(written: str) -> str:
    """«3. kv. 2026»."""
    one = Quarter.parse(written)
    return _("Q%(number)s %(year)s") % {"number": one.number, "year": one.year}


def part(some: int, whole: int, decimals: int = 0) -> str:
    """So many of so many in per cent, rounded down, without the sign; a dash where there is no whole."""
    value = share_in_percent(Decimal(some), whole, decimals)
    return "–" if value is None else number(value, decimals)


def money(value: Decimal) -> str:
    """As said in a sentence: «3,7 mill. kr», «812 000 kr»; what lies between two is shown as the lower."""
    if abs(value) < MILLION:
        return formats.amount(value.to_integral_value(rounding=ROUND_FLOOR), language(), decimals=0)
    millions = (value / MILLION).quantize(Decimal("0.1"), rounding=ROUND_FLOOR)
    return _("NOK %(millions)s million") % {"millions": number(millions, 1)}


def of_all(part: int, whole: int) -> str:
    """«4 av 7»."""
    return _("%(part)s of %(whole)s") % {"part": number(part), "whole": number(whole)}
