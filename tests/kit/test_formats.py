"""What a person reads is written the way the language writes it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from kit import formats

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
LANGUAGES = ("nb", "nn", "en")


def in_each_language(write, value, **options):
    return tuple(write(value, language, **options) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("write", "value", "texts"),
    [
        (formats.day, MONDAY, ("23.11.2026", "23.11.2026", "23 Nov 2026")),
        (formats.day_with_weekday, MONDAY, ("mandag 23.11.2026", "måndag 23.11.2026", "Monday 23 Nov 2026")),
        (formats.weekday, date(2026, 11, 28), ("lørdag", "laurdag", "Saturday")),
        (formats.month, date(2026, 9, 1), ("september 2026", "september 2026", "September 2026")),
        (formats.quarter, date(2026, 9, 30), ("3. kvartal 2026", "3. kvartal 2026", "Q3 2026")),
        (formats.week, date(2027, 1, 3), ("uke 53", "veke 53", "week 53")),
        (formats.instant, MORNING, ("23.11.2026 kl. 10.10", "23.11.2026 kl. 10.10", "23 Nov 2026, 10:10")),
        (formats.clock, MORNING, ("10.10", "10.10", "10:10")),
        (formats.amount, Decimal("1234.5"), ("1\u00a0234,50\u00a0kr", "1\u00a0234,50\u00a0kr", "NOK\u00a01,234.50")),
        (formats.number, Decimal("-1234567.5"), ("−1\u00a0234\u00a0567,5", "−1\u00a0234\u00a0567,5", "−1,234,567.5")),
        (formats.percent, Decimal("0.929"), ("92,9\u00a0%", "92,9\u00a0%", "92.9%")),
        (
            formats.duration,
            timedelta(hours=2, minutes=15),
            ("2\u00a0t 15\u00a0min", "2\u00a0t 15\u00a0min", "2\u00a0h 15\u00a0min"),
        ),
    ],
)
def test_each_language_has_its_way(write, value, texts):
    assert in_each_language(write, value) == texts


def test_the_year_of_an_iso_week_is_not_always_that_of_the_day():
    texts = in_each_language(formats.week, date(2027, 1, 3), year=True)
    assert texts == ("uke 53 i 2026", "veke 53 i 2026", "week 53 of 2026")


@pytest.mark.parametrize(
    ("language", "text"), [("en-gb", "23 Nov 2026"), ("nb-NO", "23.11.2026"), ("de", "23.11.2026")]
)
def test_a_regional_language_counts_as_its_language_and_an_unknown_one_as_bokmal(language, text):
    assert formats.day(MONDAY, language) == text


@pytest.mark.parametrize("write", [formats.instant, formats.clock])
def test_an_instant_without_zone_is_refused(write):
    with pytest.raises(ValueError, match="no time zone"):
        write(datetime(2026, 11, 23, 9, 10))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Decimal("0.99496"), "99,4\u00a0%"),
        (Fraction(199, 200), "99,5\u00a0%"),
        (Fraction(2, 3), "66,6\u00a0%"),
        (0.29, "29,0\u00a0%"),
        (Decimal("0.99999"), "99,9\u00a0%"),
        (1, "100,0\u00a0%"),
        (0, "0,0\u00a0%"),
    ],
)
def test_a_share_is_rounded_down(share, text):
    assert formats.percent(share) == text


def test_two_decimals_of_99_496_are_not_99_50():
    assert formats.percent(Decimal("0.99496"), decimals=2) == "99,49\u00a0%"


@pytest.mark.parametrize(
    ("target", "text"), [("0.9", "90\u00a0%"), ("0.995", "99,5\u00a0%"), ("0.9295", "92,95\u00a0%")]
)
def test_a_target_is_shown_with_all_its_decimals(target, text):
    assert formats.percent(Decimal(target), decimals=None) == text


def test_a_fraction_without_end_needs_a_number_of_decimals():
    with pytest.raises(ValueError, match="Say how many decimals to show of 1/3"):
        formats.number(Fraction(1, 3))


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("13976.50"), 0, "13\u00a0977\u00a0kr"),
        (Decimal("-0.004"), 2, "0,00\u00a0kr"),
        (-1234, 0, "−1\u00a0234\u00a0kr"),
    ],
)
def test_an_amount_is_rounded_half_away_from_zero(value, decimals, text):
    assert formats.amount(value, decimals=decimals) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (timedelta(), "0 min"),
        (timedelta(seconds=45.9), "45 s"),
        (timedelta(hours=26), "26 t"),
        (timedelta(hours=2, seconds=30), "2 t 30 s"),
        (timedelta(minutes=-5), "−5 min"),
        (timedelta(microseconds=-5), "0 min"),
    ],
)
def test_a_duration_says_only_the_parts_it_has(value, text):
    assert formats.duration(value).replace(formats.NO_BREAK, " ") == text
