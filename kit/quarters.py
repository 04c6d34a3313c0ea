"""Calendar quarters, as reports and home pages speak of them."""

from datetime import date, timedelta

MONTHS_IN_A_QUARTER = 3


def quarter_of(day: date) -> tuple[date, date]:
    """First and last day of the quarter that holds the day."""
    first_month = (day.month - 1) // MONTHS_IN_A_QUARTER * MONTHS_IN_A_QUARTER + 1
    first = day.replace(month=first_month, day=1)
    beyond = (first + timedelta(days=100)).replace(day=1)
    return first, beyond - timedelta(days=1)


def last_closed_quarter(today: date) -> tuple[date, date]:
    """The quarter that ended before the one that holds today."""
    return quarter_of(quarter_of(today)[0] - timedelta(days=1))
