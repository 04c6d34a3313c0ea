"""The catalogue: find a service, read what it is, and keep it true."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import csv_file, file_url, in_pages, posted, wants_file
from services import figures
from services.actions.catalogue import add_service, describe_service, move_service
from services.actions.dependencies import set_dependencies
from services.filters import ServiceFilter
from services.forms.catalogue import NewServiceForm, ServiceForm, StageForm
from services.forms.dependencies import DependenciesForm
from services.models import Service, Subscription
from services.tables import ServiceTable
from services.timetable import Timetable
from services.views.pages import crumbs, form_page, rooms

PAGE_SIZE = 25


def service_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    services = Service.objects.visible_to(request.user)
    chosen = ServiceFilter(request.GET, services.select_related("calendar", "owner"))
    table = ServiceTable(chosen.qs)
    in_pages(request, table, PAGE_SIZE)
    if wants_file(request):
        return csv_file("tjenester", service_head(), (service_cells(service) for service in table.data))
    context = {
        "filter": chosen,
        "table": table,
        "groups": figures.group_lines(services.offered()),
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_CATALOGUE),
        "tabs": rooms(request),
        "crumbs": crumbs(),
        "title": _("Services"),
    }
    return render_page(request, "services/service_list.html", context, partial="rows")


def service_head() -> list[Any]:
    return [
        _("Code"), _("Service"), _("Product group"), _("Tier"), _("Step"), _("Level"),
        _("Critical"), _("Opening hours"), _("Service owner"), _("Life cycle"),
    ]  # fmt: skip


def service_cells(service: Service) -> list[Any]:
    return [
        service.code,
        service.name,
        service.get_group_display(),
        service.get_tier_display(),
        service.step,
        service.get_level_display(),
        _("yes") if service.is_critical else _("no"),
        service.calendar,
        service.owner,
        service.get_stage_display(),
    ]


def service_detail(request: HttpRequest, pk: int) -> HttpResponse:
    services = Service.objects.visible_to(request.user).select_related("calendar", "owner")
    service = get_object_or_404(services, pk=pk)
    today = timezone.localdate()
    timetable = Timetable(service.calendar.versions.all() if service.calendar else ())
    subscriptions = Subscription.objects.visible_to(request.user).filter(service=service).lasting()
    weeks = timetable.weeks(today) if timetable.pages else []
    context = {
        "service": service,
        "weeks": weeks,
        "other_hours": [day for week in weeks for day in week.exceptional],
        "subscriptions": subscriptions.select_related("organisation"),
        "needs": [row.needed for row in service.dependencies.select_related("needed")],
        "needed_by": [row.service for row in service.dependants.select_related("service")],
        "life": figures.life_of(service),
        "step": _steps()[service.step],
        "can_manage": access.holds(request.user, Permission.MANAGE_CATALOGUE),
        "can_order": service.is_offered and access.holds_anywhere(request.user, Permission.PLACE_ORDERS),
        "crumbs": crumbs((service.name, "")),
        "title": service.name,
        "above": f"{service.code} · {capfirst(service.get_group_display())} · {service.get_tier_display()}",
    }
    return render_page(request, "services/service_detail.html", context)


def _steps() -> dict[Any, Any]:
    return dict(ServiceForm.base_fields["step"].choices)  # type: ignore[attr-defined]


def service_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_CATALOGUE)
    form = NewServiceForm(posted(request))
    if service := form.perform(add_service, by=request.user):
        messages.success(request, _("%(service)s stands in the catalogue.") % {"service": service})
        return redirect("services:service-detail", pk=service.pk)
    return form_page(request, form, title=_("New service"), trail=crumbs(), template="services/service_form.html")


def service_edit(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_CATALOGUE)
    form = ServiceForm(posted(request), initial=model_to_dict(service), service=service).editing(service)
    if form.perform(describe_service, service=service, by=request.user):
        messages.success(request, _("%(service)s is saved.") % {"service": service})
        return redirect("services:service-detail", pk=pk)
    return form_page(
        request,
        form,
        title=_("Edit %(service)s") % {"service": service.name},
        trail=_way_to(service),
        note=_("The code is %(code)s and never changes.") % {"code": service.code},
        template="services/service_form.html",
    )


def service_needs(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_CATALOGUE)
    form = DependenciesForm(posted(request), service=service, user=request.user).editing(service)

    def act(**typed: Any) -> bool:
        set_dependencies(service=service, by=request.user, **typed)
        return True

    if form.perform(act):
        messages.success(request, _("%(service)s is saved.") % {"service": service})
        return redirect("services:service-detail", pk=pk)
    title = _("What %(service)s needs") % {"service": service.name}
    return form_page(request, form, title=title, trail=_way_to(service))


def service_stage(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_CATALOGUE)
    form = StageForm(posted(request), initial={"stage": service.stage}).editing(service)
    if form.perform(move_service, service=service, by=request.user):
        stage = service.get_stage_display()
        messages.success(request, _("%(service)s is now %(stage)s.") % {"service": service, "stage": stage})
        return redirect("services:service-detail", pk=pk)
    return form_page(
        request,
        form,
        title=_("Change the life cycle of %(service)s") % {"service": service.name},
        trail=_way_to(service),
        note=_still_held_words(service),
    )


def _way_to(service: Service) -> list[tuple[str, str]]:
    return crumbs((service.name, reverse("services:service-detail", args=[service.pk])))


def _still_held_words(service: Service) -> str:
    count = service.subscriptions.lasting().count()
    words = ngettext("%(count)s organisation has it.", "%(count)s organisations have it.", count)
    return words % {"count": count}
