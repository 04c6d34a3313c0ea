"""How numbers, money, dates and durations are written, in Bokmål, Nynorsk and English.

Every function takes the language last: "nb", "nn" or "en"; a regional tag counts as its language, any other as
Bokmål. No-break spaces keep a figure and its unit on one line.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.lists import format_list

type Number = Decimal | Fraction | int | float

OSLO = ZoneInfo("Europe/Oslo")
NO_BREAK = "\u00a0"
MINUS = "\u2212"


class Style(NamedTuple):
    """One language's habits; dates are patterns of Unicode's CLDR."""

    locale: str
    day: str
    day_with_weekday: str
    clock: str
    instant: str
    instant_with_weekday: str
    quarter: str
    week: str
    week_of_year: str
    thousands: str
    decimal_mark: str
    percent: str
    amount: str
    hours: str


BOKMAL = Style(
    locale="nb",
    day="dd.MM.y",
    day_with_weekday="EEEE dd.MM.y",
    clock="HH.mm",
    instant="dd.MM.y 'kl.' HH.mm",
    instant_with_weekday="EEEE dd.MM.y 'kl.' HH.mm",
    quarter="Q. 'kvartal' y",
    week="uke {}",
    week_of_year="uke {} i {}",
    thousands=NO_BREAK,
    decimal_mark=",",
    percent=f"{{}}{NO_BREAK}%",
    amount=f"{{}}{NO_BREAK}kr",
    hours="t",
)
NYNORSK = BOKMAL._replace(locale="nn", week="veke {}", week_of_year="veke {} i {}")
ENGLISH = Style(
    locale="en",
    day="d MMM y",
    day_with_weekday="EEEE d MMM y",
    clock="HH:mm",
    instant="d MMM y, HH:mm",
    instant_with_weekday="EEEE d MMM y 'at' HH:mm",
    quarter="'Q'Q y",
    week="week {}",
    week_of_year="week {} of {}",
    thousands=",",
    decimal_mark=".",
    percent="{}%",
    amount=f"NOK{NO_BREAK}{{}}",
    hours="h",
)
STYLES = {"nb": BOKMAL, "nn": NYNORSK, "en": ENGLISH}


def style_of(language: str) -> Style:
    return STYLES.get(language.partition("-")[0].lower(), BOKMAL)


def day(value: date, language: str = "nb") -> str:
    """«23.11.2026», «23 Nov 2026»."""
    return written_date(value, style_of(language).day, language)


def day_with_weekday(value: date, language: str = "nb") -> str:
    """«mandag 23.11.2026», «Monday 23 Nov 2026»."""
    return written_date(value, style_of(language).day_with_weekday, language)


def weekday(value: date, language: str = "nb") -> str:
    """«mandag», «måndag», «Monday»."""
    return written_date(value, "EEEE", language)


def month(value: date, language: str = "nb") -> str:
    """The month a day is in: «september 2026»."""
    return written_date(value, "LLLL y", language)


def quarter(value: date, language: str = "nb") -> str:
    """The quarter a day is in: «3. kvartal 2026», «Q3 2026»."""
    return written_date(value, style_of(language).quarter, language)


def week(value: date, language: str = "nb", *, year: bool = False) -> str:
    """The ISO week a day is in: «uke 53», or with the ISO year, «uke 53 i 2026», which is not always the day's."""
    iso, style = value.isocalendar(), style_of(language)
    return (style.week_of_year if year else style.week).format(iso.week, iso.year)


def instant(value: datetime, language: str = "nb") -> str:
    """The wall clock in Oslo: «23.11.2026 kl. 10.10», «23 Nov 2026, 10:10». ValueError without a zone."""
    return format_datetime(in_oslo(value), style_of(language).instant, locale=style_of(language).locale)


def instant_with_weekday(value: datetime, language: str = "nb") -> str:
    """«fredag 18.09.2026 kl. 08.30», «Friday 18 Sept 2026 at 08:30». ValueError without a zone."""
    return format_datetime(in_oslo(value), style_of(language).instant_with_weekday, locale=style_of(language).locale)


def clock(value: datetime, language: str = "nb") -> str:
    """The wall clock in Oslo: «10.10», «10:10». ValueError without a zone."""
    return format_datetime(in_oslo(value), style_of(language).clock, locale=style_of(language).locale)


def number(value: Number, language: str = "nb", *, decimals: int | None = None) -> str:
    """«−1 234,5»: grouped by thousands, half a unit rounded away from zero; without `decimals` those it has."""
    decimals = decimals_of(value) if decimals is None else decimals
    return grouped(rounded(value, decimals), decimals, style_of(language))


def amount(value: Number, language: str = "nb", *, decimals: int = 2) -> str:
    """Norwegian kroner: «1 234,50 kr», «NOK 1,234.50»."""
    return style_of(language).amount.format(number(value, language, decimals=decimals))


def percent(share: Number, language: str = "nb", *, decimals: int | None = 1) -> str:
    """A share of one as «92,9 %», «92.9%», rounded down: 0.99496 never shows as 99,50 %.

    Show the target with `decimals=None`, all that it has: then what misses it is never shown as reaching it.
    """
    hundredfold = exact(share) * 100
    places = max(decimals_of(share) - 2, 0) if decimals is None else decimals
    style = style_of(language)
    return style.percent.format(grouped(floor(hundredfold * 10**places), places, style))


def duration(value: timedelta, language: str = "nb") -> str:
    """«2 t 15 min», «2 h 15 min», «45 s»; hours run past 24, since a working day is no 24 hours. Seconds are whole."""
    seconds = abs(value) // timedelta(seconds=1)
    parts = (
        (seconds // 3600, style_of(language).hours),
        (seconds // 60 % 60, "min"),
        (seconds % 60, "s"),
    )
    words = [f"{count}{NO_BREAK}{unit}" for count, unit in parts if count] or [f"0{NO_BREAK}min"]
    return (MINUS if seconds and value < timedelta() else "") + " ".join(words)


def listed(names: Sequence[object], language: str = "nb") -> str:
    """«E-post, Nettverk og Telefoni»; in English as the British write it, without a comma before the last."""
    locale = style_of(language).locale
    return format_list([str(name) for name in names], locale="en_GB" if locale == "en" else locale)


def written_date(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=style_of(language).locale)


def in_oslo(value: datetime) -> datetime:
    if value.utcoffset() is None:
        raise ValueError(f"{value!r} has no time zone, so it has no time of day in Oslo.")
    return value.astimezone(OSLO)


def exact(value: Number) -> Fraction:
    """A float is taken as it is written: 0.29 is 29 hundredths."""
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def rounded(value: Number, decimals: int) -> int:
    """In units of the last decimal, half away from zero."""
    units = floor(abs(exact(value)) * 10**decimals + Fraction(1, 2))
    return -units if value < 0 else units


def decimals_of(value: Number) -> int:
    """As many as a decimal number is written with. ValueError for a fraction, which may have no end."""
    if isinstance(value, Fraction):
        raise ValueError(f"Say how many decimals to show of {value}.")
    exponent = Decimal(str(value)).as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def grouped(units: int, decimals: int, style: Style) -> str:
    whole, rest = divmod(abs(units), 10**decimals)
    fraction = f"{style.decimal_mark}{rest:0{decimals}}" if decimals else ""
    return (MINUS if units < 0 else "") + f"{whole:,}".replace(",", style.thousands) + fraction
