"""Rows that hold for a time. Days are half-open in the database, [from, until), and inclusive on screen."""

from datetime import UTC, date, datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ONE_DAY = timedelta(days=1)
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2999, 12, 31)
"""Days that people mean. Python reckons no day before the year 1 or after 9999, and periods end a day later."""
FIRST_INSTANT, LAST_INSTANT = datetime(1800, 1, 1, tzinfo=UTC), datetime(2999, 12, 31, tzinfo=UTC)


def meant_instants() -> list[MinValueValidator | MaxValueValidator]:
    """Validators of an instant that people mean."""
    words = _("This lies before the year 1800 or after 2999.")
    return [MinValueValidator(FIRST_INSTANT, words), MaxValueValidator(LAST_INSTANT, words)]


NO_DAYS = DateRange(empty=True)


def days(first: date | None, last: date | None = None) -> DateRange:
    """The range that holds `first` up to and including `last`; None is open."""
    return DateRange(first, last and last + ONE_DAY, "[)")


class PeriodQuerySet[M: models.Model](models.QuerySet[M]):
    def on(self, day: date) -> Self:
        return self.filter(period__contains=day)

    def current(self) -> Self:
        return self.on(timezone.localdate())

    def lasting(self) -> Self:
        """Those that hold today or begin later."""
        open_ended = models.Q(period__upper_inf=True)
        return self.filter(open_ended | models.Q(period__endswith__gt=timezone.localdate()))


class PeriodModel(models.Model):
    period = DateRangeField(_("valid from and to"))

    class Meta:
        abstract = True

    @property
    def first_day(self) -> date | None:
        return self.period.lower

    @property
    def last_day(self) -> date | None:
        return self.period.upper and self.period.upper - ONE_DAY

    def holds_on(self, day: date) -> bool:
        return day in self.period
