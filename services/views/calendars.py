"""Opening hours: which there are, what they mean on the coming days, and how they change."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.tasks import perform_job
from partnership.views.pages import posted
from services.actions.calendars import (
    add_calendar,
    add_calendar_version,
    change_calendar_version,
    open_hours_job,
    rename_calendar,
)
from services.forms.calendars import NameForm, NewCalendarForm, typed_as
from services.forms.sheet import VersionSheet
from services.models import CalendarVersion, ServiceCalendar
from services.tables import CalendarTable
from services.timetable import Timetable
from services.views.pages import calendar_crumbs, form_page, rooms
from services.words import told_versions

VERSION_TEMPLATE = "services/version_form.html"


def calendar_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    today = CalendarVersion.objects.current()
    calendars = (
        ServiceCalendar.objects.visible_to(request.user)
        .annotate(service_count=Count("services"))
        .prefetch_related(Prefetch("versions", queryset=today, to_attr="in_force"))
    )
    table = CalendarTable(calendars)
    RequestConfig(request, paginate=False).configure(table)
    context = {
        "table": table,
        "can_manage": access.holds(request.user, Permission.MANAGE_CATALOGUE),
        "tabs": rooms(request),
        "crumbs": calendar_crumbs(),
        "title": _("Opening hours"),
        "state": _("A calendar says when a service is open. Time to answer and to solve runs only then."),
    }
    return render_page(request, "services/calendar_list.html", context)


def calendar_detail(request: HttpRequest, pk: int) -> HttpResponse:
    calendar = get_object_or_404(ServiceCalendar.objects.visible_to(request.user), pk=pk)
    versions = list(calendar.versions.order_by("-period"))
    timetable, today = Timetable(versions), timezone.localdate()
    context = {
        "calendar": calendar,
        "versions": told_versions(versions),
        "weeks": timetable.weeks(today),
        "months": timetable.months(today),
        "services": calendar.services.visible_to(request.user),
        "can_manage": access.holds(request.user, Permission.MANAGE_CATALOGUE),
        "crumbs": calendar_crumbs((calendar.name, "")),
        "title": calendar.name,
    }
    return render_page(request, "services/calendar_detail.html", context)


def calendar_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_CATALOGUE)
    sheet = VersionSheet(posted(request), form_class=NewCalendarForm)
    if row := asked_row(request):
        sheet = sheet.with_another_row(row)
    elif version := sheet.perform(add_calendar, by=request.user):
        messages.success(request, _("%(calendar)s is saved.") % {"calendar": version.calendar})
        return redirect("services:calendar-detail", pk=version.calendar_id)
    return form_page(request, sheet, title=_("New opening hours"), trail=calendar_crumbs(), template=VERSION_TEMPLATE)


def calendar_rename(request: HttpRequest, pk: int) -> HttpResponse:
    calendar = get_object_or_404(ServiceCalendar.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_CATALOGUE)
    form = NameForm(posted(request), initial={"name": calendar.name}).editing(calendar)
    if form.perform(rename_calendar, calendar=calendar, by=request.user):
        messages.success(request, _("%(calendar)s is saved.") % {"calendar": calendar})
        return redirect("services:calendar-detail", pk=pk)
    return form_page(request, form, title=_("Change the name"), trail=_way_to(calendar))


def version_add(request: HttpRequest, pk: int) -> HttpResponse:
    calendar = get_object_or_404(ServiceCalendar.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_CATALOGUE)
    newest, today = calendar.versions.order_by("-period").first(), timezone.localdate()
    initial = typed_as(newest, today) if newest else None
    sheet = VersionSheet(posted(request), initial=initial, earliest=today if newest else None)
    if row := asked_row(request):
        sheet = sheet.with_another_row(row).editing(calendar, seen=request.POST.get("seen", ""))
    elif version := sheet.editing(calendar).perform(add_calendar_version, calendar=calendar, by=request.user):
        hours_changed(request, version)
        return redirect("services:calendar-detail", pk=pk)
    note = _("The hours of today hold until the day before the new ones begin.")
    return form_page(
        request, sheet, title=_("New version"), trail=_way_to(calendar), note=note, template=VERSION_TEMPLATE
    )


def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    versions = CalendarVersion.objects.visible_to(request.user).select_related("calendar")
    version = get_object_or_404(versions, pk=pk)
    access.require(request.user, Permission.MANAGE_CATALOGUE)
    if version.has_begun:
        messages.warning(request, _("%(version)s has begun and stands. Make a new version.") % {"version": version})
        return redirect("services:calendar-detail", pk=version.calendar_id)
    sheet = VersionSheet(posted(request), initial=typed_as(version, version.first_day), earliest=timezone.localdate())
    if row := asked_row(request):
        sheet = sheet.with_another_row(row).editing(version, seen=request.POST.get("seen", ""))
    elif sheet.editing(version).perform(change_calendar_version, version=version, by=request.user):
        hours_changed(request, version)
        return redirect("services:calendar-detail", pk=version.calendar_id)
    title = _("Edit version %(number)s") % {"number": version.number}
    return form_page(request, sheet, title=title, trail=_way_to(version.calendar), template=VERSION_TEMPLATE)


def hours_changed(request: HttpRequest, version: CalendarVersion) -> None:
    words = _("%(version)s is saved. What is judged by it is calculated again now.")
    messages.success(request, words % {"version": version})
    perform_job.delay_on_commit(open_hours_job(calendar=version.calendar, by=request.user).pk)


def asked_row(request: HttpRequest) -> str:
    """Which kind of row the button «Legg til rad» asked for; empty when the sheet was sent to be saved."""
    return request.POST.get("more", "")


def _way_to(calendar: ServiceCalendar) -> list[Any]:
    return calendar_crumbs((calendar.name, reverse("services:calendar-detail", args=[calendar.pk])))
