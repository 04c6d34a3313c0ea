"""Rows that hold for a time. Days are half-open in the database, [from, until), and inclusive on screen."""

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ONE_DAY = timedelta(days=1)


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
        return (self.period.lower is None or self.period.lower <= day) and (
            self.period.upper is None or day < self.period.upper
        )
