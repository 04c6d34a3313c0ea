"""Versions that follow each other: a new one ends the one before the day before it begins."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from partnership.periods import PeriodModel, PeriodQuerySet, days


def checked_days(first_day: date, last_day: date | None) -> DateRange:
    """`days`, with words at the field `last_day` when it lies before the first."""
    if last_day and last_day < first_day:
        raise ValidationError({"last_day": _("The last day cannot be before the first day.")})
    return days(first_day, last_day)


def save_checked(row: PeriodModel) -> None:
    """Saves after every rule, the database's constraints too, has been asked for words."""
    row.full_clean()
    row.save()


def start_version[M: PeriodModel](versions: PeriodQuerySet[M], first_day: date, **values: Any) -> M:
    """A version from `first_day` on, until the next one that is known.

    The version before ends the day before. One that begins on the same day is corrected instead; the history keeps
    what it said.
    """
    known = versions.select_for_update().order_by("period")
    version = known.filter(period__startswith=first_day).first()
    if version is None:
        version = versions.model(period=make_room(known, first_day))
    for name, value in values.items():
        setattr(version, name, value)
    save_checked(version)
    return version


def make_room[M: PeriodModel](known: PeriodQuerySet[M], first_day: date) -> DateRange:
    """From `first_day` to the next version; the version it cuts into is shortened."""
    later = known.filter(period__startswith__gt=first_day).first()
    for earlier in known.on(first_day):
        earlier.period = DateRange(earlier.period.lower, first_day)
        earlier.save(update_fields=["period"])
    return DateRange(first_day, later and later.period.lower)
