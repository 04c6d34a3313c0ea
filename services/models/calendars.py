"""Opening hours, in versions: a past result names the version it was reckoned with."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.worktime import EmptyCalendar, WorkTime
from partnership.access import SharedQuerySet
from partnership.history import tracked
from partnership.models.organisations import sort_key
from partnership.periods import PeriodModel, PeriodQuerySet
from services import opening


class ServiceCalendarQuerySet(SharedQuerySet["ServiceCalendar"]):
    pass


@tracked()
class ServiceCalendar(models.Model):
    """When a service is open. What that means on a day stands in the version that holds on that day."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    sort_key = sort_key("name")

    changed_with = {"CalendarVersion": "calendar"}

    objects = ServiceCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("service calendar")
        verbose_name_plural = _("service calendars")
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def version_on(self, day: date) -> "CalendarVersion | None":
        return self.versions.on(day).first()


class CalendarVersionQuerySet(PeriodQuerySet["CalendarVersion"], SharedQuerySet["CalendarVersion"]):
    pass


@tracked()
class CalendarVersion(PeriodModel):
    """Weekly hours, seasons, holidays, half days and dated exceptions, for a time."""

    calendar = models.ForeignKey(ServiceCalendar, models.CASCADE, related_name="versions", verbose_name=_("calendar"))
    number = models.PositiveSmallIntegerField(_("version"))
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Oslo")
    weekly = models.JSONField(
        _("weekly hours"), default=dict, blank=True, help_text=_('{"mon": [["08:00", "15:45"]], …}')
    )
    seasons = models.JSONField(_("seasons"), default=list, blank=True)
    has_public_holidays = models.BooleanField(_("closed on Norwegian public holidays"), default=True)
    holidays = models.JSONField(_("own closed days"), default=list, blank=True)
    half_days = models.JSONField(_("half days"), default=dict, blank=True)
    exceptions = models.JSONField(_("exceptions"), default=dict, blank=True)
    resolution = models.CharField(
        _("resolution"),
        max_length=100,
        blank=True,
        help_text=_("Of one that holds from a day gone by."),
    )

    objects = CalendarVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a calendar")
        verbose_name_plural = _("versions of calendars")
        ordering = ["calendar__sort_key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_number_once"),
            ExclusionConstraint(
                name="one_calendar_version_at_a_time",
                expressions=[("calendar", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another version of the calendar holds in part of this period."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(calendar)s, version %(number)s") % {"calendar": self.calendar, "number": self.number}

    def clean(self) -> None:
        try:
            self.work_time()
        except EmptyCalendar as error:
            raise ValidationError(_("Nothing ever opens. Write opening hours on at least one day.")) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValidationError(_("The opening hours cannot be read: %(reason)s") % {"reason": error}) from error

    @property
    def has_begun(self) -> bool:
        """From its first day on a version judges, and is never changed."""
        return self.first_day is None or self.first_day <= timezone.localdate()

    def work_time(self) -> WorkTime:
        """The calculation of working time under this version."""
        return opening.work_time(
            weekly=self.weekly,
            seasons=self.seasons,
            zone=self.zone,
            has_public_holidays=self.has_public_holidays,
            holidays=self.holidays,
            half_days=self.half_days,
            exceptions=self.exceptions,
        )
