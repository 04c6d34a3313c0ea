"""Days on which people of the demonstration meet."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone

from services.opening import public_holidays

SATURDAY = 5
CHRISTMAS = ((12, 20), (12, 31))
"""Month and day, first and last: nobody calls a board together before Christmas is over."""


def meeting_day(day: date) -> date:
    """The day itself, or the next one on which a board would meet."""
    return next(other for other in _onwards(day) if _is_met_on(other))


def meeting_time(when: datetime) -> datetime:
    """The same, with the time of day kept."""
    local = timezone.localtime(when)
    return local + (meeting_day(local.date()) - local.date())


def _onwards(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def _is_met_on(day: date) -> bool:
    first, last = CHRISTMAS
    return day.weekday() < SATURDAY and day not in public_holidays() and not first <= (day.month, day.day) <= last
