"""Calendars and their versions. A version that has begun stands: what it judged keeps the hours it was judged by,
unless a resolution says that others held from a day gone by.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from partnership.actions.versions import make_room, save_checked
from partnership.history import recorded
from partnership.jobs import open_job
from partnership.models import Job, User
from partnership.periods import days
from services.models import CalendarVersion, ServiceCalendar
from services.models.calendars import CalendarVersionQuerySet

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
    """Other hours from `first_day` until the next version known; the one that held then ends the day before.

    A day gone by needs a resolution among the hours. ValidationError where a version begins on that very day. Whoever
    calls this opens a job for what it changes.
    """
    if first_day < timezone.localdate() and not hours.get("resolution") and calendar.versions.exists():
        words = _("Days gone by keep the hours they were judged by, unless it is resolved otherwise.")
        raise ValidationError({"resolution": words})
    known = _locked(calendar).order_by("period")
    if same := known.filter(period__startswith=first_day).first():
        raise _begins(same, _("Version %(number)s begins on %(day)s, and stands. Choose another day."))
    number = 1 + (known.aggregate(highest=Max("number"))["highest"] or 0)
    return _save(CalendarVersion(calendar=calendar, number=number, period=make_room(known, first_day)), hours)


@recorded
def change_calendar_version(
    *, version: CalendarVersion, first_day: date, hours: Hours, by: User | None
) -> CalendarVersion:
    """Other hours, or another first day before the next version, for a version that has not begun."""
    if version.has_begun:
        raise ValidationError(_("This version has begun and stands. Make a new version from a later day."))
    known = _locked(version.calendar)
    earlier = known.filter(period__endswith=version.first_day).first()
    if later := known.filter(period__startswith=version.period.upper, period__startswith__lte=first_day).first():
        raise _begins(later, _("Version %(number)s begins on %(day)s. Choose an earlier day."))
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


def _locked(calendar: ServiceCalendar) -> CalendarVersionQuerySet:
    """Its versions; the calendar is locked, so that two people cannot make the same one."""
    ServiceCalendar.objects.select_for_update().get(pk=calendar.pk)
    return CalendarVersion.objects.filter(calendar=calendar)


def _end_before(version: CalendarVersion, first_day: date) -> None:
    if version.first_day and first_day <= version.first_day:
        raise _begins(version, _("Version %(number)s begins on %(day)s. Choose a later day."))
    version.period = days(version.first_day, first_day - ONE_DAY)
    save_checked(version)


def _begins(version: CalendarVersion, words: Any) -> ValidationError:
    """In the way of another, with words that name its number and first day."""
    params = {"number": version.number, "day": date_format(version.period.lower)}
    return ValidationError({"first_day": ValidationError(words, params=params)})


def _save(version: CalendarVersion, hours: Hours) -> CalendarVersion:
    for name, value in hours.items():
        setattr(version, name, value)
    save_checked(version)
    return version
