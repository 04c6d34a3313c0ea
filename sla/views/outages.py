"""«Nedetid og vedlikehold»: the list, what each outage cost, registering, judging anew, and a file of many."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import charts
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import Crumb, Tab, csv_file, file_url, form_page, in_pages, posted, wants_file
from sla.actions.outages import reclassify, register_outage
from sla.figures.fault import fault_sheets
from sla.figures.grid import measured
from sla.figures.outages import effects, outages
from sla.forms.outages import OutageFileForm, OutageForm, OutageSearch, ReclassifyForm
from sla.models import Metric, Outage
from sla.outages.reports import OWN_SOURCE
from sla.tables import OutageTable
from sla.words import fault
from sla.words import outages as words

PER_PAGE = 25
FILE_CHUNK = 1000
NARROW = 288


def outage_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    known = measured(request.user, Metric.AVAILABILITY)
    search = OutageSearch(request.GET, outages(request.user), user=request.user, known=known)
    table = OutageTable(search.qs)
    in_pages(request, table, PER_PAGE)
    if wants_file(request):
        return csv_file("nedetid", words.file_head(), words.file_rows(table.data.data.iterator(FILE_CHUNK)))
    context = {
        "filter": search,
        "table": table,
        "count": words.matches(table.paginator.count),
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_OUTAGES),
        "can_import": access.holds(request.user, Permission.IMPORT_INCIDENTS),
        "crumbs": crumbs(),
        "title": _("Downtime and planned work"),
        "state": words.state(Outage.objects.visible_to(request.user)),
    }
    return render_page(request, "sla/outage_list.html", context, partial="rows")


def outage_detail(request: HttpRequest, pk: int) -> HttpResponse:
    outage = get_object_or_404(outages(request.user), pk=pk)
    can_manage = access.holds(request.user, Permission.MANAGE_OUTAGES)
    context = {
        "outage": outage,
        "facts": words.facts(outage, outage.visible_reach),
        "effects": words.told_effects(effects(request.user, outage, timezone.now())),
        "decisions": [(words.decision(one), one.reason) for one in outage.reclassifications.select_related("by")],
        **drawn(request, outage),
        "can_manage": can_manage,
        "can_edit": can_manage and outage.source == OWN_SOURCE,
        "crumbs": crumbs((outage.external_id, "")),
        "title": str(outage),
        "state": words.lasted(outage),
    }
    return render_page(request, "sla/outage_detail.html", context)


def drawn(request: HttpRequest, outage: Outage) -> dict[str, Any]:
    """The drawing under the agreement that is asked for, or under that of most; nothing where none judges it."""
    sheets = fault_sheets(request.user, outage, timezone.now())
    asked = request.GET.get("target")
    shown = next((one for one in sheets if str(one.target.pk) == asked), next(iter(sheets), None))
    if shown is None:
        return {}
    path = reverse("sla:outage-detail", args=[outage.pk])
    lanes = fault.timeline(shown)
    return {
        "tabs": [
            Tab(str(one.target.version), f"{path}?target={one.target.pk}", one is shown)
            for one in sheets
            if len(sheets) > 1
        ],
        "chart": charts.incident_timeline(lanes),
        "narrow": charts.incident_timeline(lanes, width=NARROW),
        "rows": fault.rows(shown),
        "sentences": fault.sentences(shown),
        "rule": fault.rule(shown),
    }


def outage_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_OUTAGES)
    return outage_page(request, None, title=_("Register downtime or planned work"), trail=[])


def outage_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Of what was registered here; what comes from a source is corrected there, or judged anew here."""
    outage = get_object_or_404(outages(request.user), pk=pk, source=OWN_SOURCE)
    access.require(request.user, Permission.MANAGE_OUTAGES)
    return outage_page(request, outage, title=_("Correct or end"), trail=[way_to(outage)])


def outage_page(request: HttpRequest, outage: Outage | None, *, title: str, trail: list[Crumb]) -> HttpResponse:
    form = OutageForm(posted(request), user=request.user, outage=outage)
    if outage:
        form.editing(outage)

    def save(**_typed: Any) -> Outage:
        return register_outage(draft=form.draft(), outage=outage, by=request.user)

    if saved := form.perform(save):
        return calculated(request, saved)
    return form_page(request, form, title=title, submit=_("Save and calculate again"), trail=trail, way=crumbs)


def outage_reclassify(request: HttpRequest, pk: int) -> HttpResponse:
    outage = get_object_or_404(outages(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_OUTAGES)
    form = ReclassifyForm(posted(request), initial={"kind": outage.kind}).editing(outage)
    if judged := form.perform(reclassify, outage=outage, by=request.user):
        return calculated(request, judged)
    title = _("Judge anew whether it was planned")
    return form_page(
        request, form, title=title, submit=_("Save and calculate again"), trail=[way_to(outage)], way=crumbs
    )


def outage_import(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    form = OutageFileForm(request.POST, request.FILES) if request.method == "POST" else OutageFileForm()
    if form.is_bound and (saved := form.save(by=request.user)):
        counts = {"added": saved.created, "changed": saved.changed, "unchanged": saved.unchanged}
        messages.success(request, _("%(added)s new, %(changed)s changed, %(unchanged)s unchanged.") % counts)
        for outage in saved.kept:
            messages.info(request, words.kept(outage))
        return redirect("sla:outage-list")
    title = _("Import downtime and planned work")
    context = {
        "form": form,
        "title": title,
        "state": _("A row that cannot be used stops the whole file; nothing is half saved."),
        "crumbs": crumbs((title, "")),
    }
    return render_page(request, "sla/outage_import.html", context, status=422 if form.is_bound else 200)


def calculated(request: HttpRequest, outage: Outage) -> HttpResponse:
    messages.success(request, _("%(outage)s is saved, and availability is calculated again.") % {"outage": outage})
    return redirect("sla:outage-detail", outage.pk)


def crumbs(*trail: Crumb) -> list[Crumb]:
    above = [(_("Home"), reverse("portal:home")), (_("Service levels"), reverse("sla:grid"))]
    return [*above, (_("Downtime and planned work"), reverse("sla:outage-list")), *trail]


def way_to(outage: Outage) -> Crumb:
    return outage.external_id, reverse("sla:outage-detail", args=[outage.pk])
