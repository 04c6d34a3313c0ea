"""Calendars and their versions. A version that has begun stands: what it judged keeps the hours it was judged by,
unless a resolution says that others held from a day gone by.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from partnership.actions.versions import save_checked
from partnership.history import recorded
from partnership.jobs import open_job
from partnership.models import Job, User
from partnership.periods import days
from services.models import CalendarVersion, ServiceCalendar

ONE_DAY = timedelta(days=1)
HOURS_CHANGED = "hours-changed"
"""The kind of the job that follows when opening hours have changed."""

type Hours = Mapping[str, Any]
"""The fields of a version that say when it is open: weekly, seasons, zone, has_public_holidays, holidays …"""


@recorded
def add_calendar(*, name: str, first_day: date, hours: Hours, by: User | None) -> CalendarVersion:
    """A new calendar with its first version, from a day that may lie in the past."""
    calendar = ServiceCalendar(name=name)
    calendar.full_clean()
    calendar.save()
    return _save(CalendarVersion(calendar=calendar, number=1, period=days(first_day)), hours)


@recorded
def rename_calendar(*, calendar: ServiceCalendar, name: str, by: User | None) -> ServiceCalendar:
    calendar.name = name
    calendar.full_clean()
    calendar.save()
    return calendar


@recorded
def add_calendar_version(
    *, calendar: ServiceCalendar, first_day: date, hours: Hours, by: User | None
) -> CalendarVersion:
    """Other hours from `first_day` on; the newest version until then ends the day before.

    A day gone by needs a resolution among the hours. Whoever calls this opens a job for what it changes.
    """
    if first_day < timezone.localdate() and not hours.get("resolution") and calendar.versions.exists():
        words = _("Days gone by keep the hours they were judged by, unless it is resolved otherwise.")
        raise ValidationError({"resolution": words})
    newest = _newest(calendar)
    if newest is None:
        return _save(CalendarVersion(calendar=calendar, number=1, period=days(first_day)), hours)
    _end_before(newest, first_day)
    return _save(CalendarVersion(calendar=calendar, number=newest.number + 1, period=days(first_day)), hours)


@recorded
def change_calendar_version(
    *, version: CalendarVersion, first_day: date, hours: Hours, by: User | None
) -> CalendarVersion:
    """Other hours, or another first day, for a version that has not begun."""
    if version.has_begun:
        raise ValidationError(_("This version has begun and stands. Make a new version from a later day."))
    earlier = version.calendar.versions.select_for_update().filter(number=version.number - 1).first()
    version.period = days(first_day, version.last_day)
    if earlier and first_day < earlier.period.upper:
        _end_before(earlier, first_day)
        return _save(version, hours)
    _save(version, hours)
    if earlier:
        _end_before(earlier, first_day)
    return version


@transaction.atomic
def open_hours_job(*, calendar: ServiceCalendar, by: User | None) -> Job:
    """What was judged by the calendar is calculated again; those who judge have registered how."""
    return open_job(kind=HOURS_CHANGED, key=str(uuid4()), by=by, arguments={"calendar": calendar.pk})


def _newest(calendar: ServiceCalendar) -> CalendarVersion | None:
    """The calendar is locked, so that two people cannot make the same version."""
    ServiceCalendar.objects.select_for_update().get(pk=calendar.pk)
    return calendar.versions.order_by("-number").first()


def _end_before(version: CalendarVersion, first_day: date) -> None:
    if version.first_day and first_day <= version.first_day:
        words = _("Version %(number)s begins on %(day)s. Choose a later day.")
        params = {"number": version.number, "day": date_format(version.first_day)}
        raise ValidationError({"first_day": ValidationError(words, params=params)})
    version.period = days(version.first_day, first_day - ONE_DAY)
    save_checked(version)


def _save(version: CalendarVersion, hours: Hours) -> CalendarVersion:
    for name, value in hours.items():
        setattr(version, name, value)
    save_checked(version)
    return version
