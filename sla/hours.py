"""The opening hours that a version is judged by: its own calendar and those of its targets, on its first day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from services.models import CalendarVersion, ServiceCalendar
from sla.models import AgreementVersion


def calendars_of(version: AgreementVersion) -> QuerySet[ServiceCalendar]:
    return ServiceCalendar.objects.filter(Q(agreement_versions=version) | Q(targets__version=version)).distinct()


def without_hours(version: AgreementVersion, day: date) -> QuerySet[ServiceCalendar]:
    """Those of them that have no hours on a day: nothing is judged by them, whatever is promised."""
    return calendars_of(version).exclude(pk__in=CalendarVersion.objects.on(day).values("calendar"))


def refuse_missing_hours(version: AgreementVersion, first_day: date) -> None:
    """ValidationError, at `first_day`, that names each calendar without hours then, and from when it has some."""
    if missing := [_told(calendar, first_day) for calendar in without_hours(version, first_day)]:
        raise ValidationError({"first_day": missing})


def _told(calendar: ServiceCalendar, day: date) -> ValidationError:
    later = calendar.versions.filter(period__startswith__gt=day).order_by("period").first()
    words = (
        _("“%(calendar)s” has no opening hours on %(day)s, only from %(first)s. Choose a later day, or other hours.")
        if later
        else _("“%(calendar)s” has no opening hours on %(day)s. Choose another day, or other hours.")
    )
    params = {"calendar": calendar, "day": _day(day), "first": later and _day(later.first_day)}
    return ValidationError(words, params=params)


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
