"""«Feil»: the list of incidents, and for each how its deadlines were reckoned."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit import charts
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import Crumb, Tab, csv_file, file_url, form_page, in_pages, posted, wants_file
from sla.actions.pauses import pause_incident, resume_incident
from sla.figures.grid import measured
from sla.figures.incidents import Story, TimeLeft, by_deadline, clock_of, story, with_clocks
from sla.figures.sheet import Sheet
from sla.forms.incidents import IncidentSearch, PauseForm
from sla.models import Incident, Metric, Pause
from sla.tables import IncidentTable
from sla.tasks import recalculate_incidents
from sla.words import incident as words
from sla.words import plain, sheet
from sla.words.lines import lines
from sla.words.timeline import timeline

PER_PAGE = 25
NARROW = 288
FILE_CHUNK = 1000


def incident_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    incidents = with_clocks(request.user)
    search = IncidentSearch(request.GET, incidents, user=request.user, known=measured(request.user))
    rows = by_deadline(search.qs, search.which)
    order = {"order_by": "deadline"} if search.is_about_time else {}
    table = IncidentTable(rows, metric=search.which, now=search.now, **order)
    in_pages(request, table, PER_PAGE)
    if wants_file(request):
        return csv_file("feil", words.file_head(), file_rows(table.data.data, search))
    context = {
        "filter": search,
        "table": table,
        "count": words.matches(table.paginator.count),
        "csv_url": file_url(request),
        "can_import": access.holds(request.user, Permission.IMPORT_INCIDENTS),
        "crumbs": crumbs(),
        "title": _("Incidents"),
        "state": words.list_state(incidents, search.now),
    }
    return render_page(request, "sla/incident_list.html", context, partial="rows")


def file_rows(incidents: QuerySet[Incident], search: IncidentSearch) -> Iterator[list[Any]]:
    left = TimeLeft(search.now)
    for incident in incidents.iterator(FILE_CHUNK):
        yield words.file_row(incident, clock_of(incident, search.which), left)


def incident_detail(request: HttpRequest, pk: int) -> HttpResponse:
    incidents = Incident.objects.visible_to(request.user).select_related("service", "organisation")
    told = story(get_object_or_404(incidents, pk=pk), timezone.now())
    asked = request.GET.get("metric")
    metric = next((one for one in told.metrics if one == asked), next(iter(told.metrics), None))
    shown = told.sheets[metric] if metric else None
    if wants_file(request):
        return csv_file(f"feil-{pk}", words.steps_head(), words.step_rows(shown))
    context = {
        "incident": told.incident,
        "figures": words.strip(told, shown),
        "crumbs": crumbs((told.incident.external_id, "")),
        "above": words.place(told.incident),
        "title": told.incident.title or told.incident.external_id,
        "state": sheet.state(shown, told.now) if shown else words.without_sheet(told),
    }
    if told.incident.is_open and access.holds(request.user, Permission.IMPORT_INCIDENTS, told.incident.organisation):
        context |= {"can_handle": True, "can_resume": told.waiting and told.waiting.is_own}
    if told.incident.is_open and told.waiting:
        context["waiting"] = words.waiting(told.waiting)
    if shown:
        context |= sheet_page(request, told, shown)
    return render_page(request, "sla/incident_detail.html", context)


def incident_pause(request: HttpRequest, pk: int) -> HttpResponse:
    incident = handled(request, pk)
    if not incident.is_open:
        raise Http404
    form = PauseForm(posted(request))

    def save(**_typed: Any) -> Pause:
        return pause_incident(incident=incident, by=request.user, **form.typed())

    if form.perform(save):
        return calculated(request, incident, _("It waits now, and goes on by itself."))
    trail = [(incident.external_id, reverse("sla:incident-detail", args=[pk]))]
    return form_page(request, form, title=_("Set to wait"), submit=_("Set to wait"), trail=trail, way=crumbs)


@require_POST
def incident_resume(request: HttpRequest, pk: int) -> HttpResponse:
    incident = handled(request, pk)
    try:
        resume_incident(incident=incident, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("sla:incident-detail", pk)
    return calculated(request, incident, _("The time runs again."))


def handled(request: HttpRequest, pk: int) -> Incident:
    incidents = Incident.objects.visible_to(request.user).select_related("organisation")
    incident = get_object_or_404(incidents, pk=pk)
    access.require(request.user, Permission.IMPORT_INCIDENTS, incident.organisation)
    return incident


def calculated(request: HttpRequest, incident: Incident, words: str) -> HttpResponse:
    recalculate_incidents.delay_on_commit([incident.pk], request.user.pk, incident.external_id)
    messages.success(request, words)
    return redirect("sla:incident-detail", incident.pk)


def sheet_page(request: HttpRequest, told: Story, shown: Sheet) -> dict[str, Any]:
    drawn = timeline(shown)
    return {
        "tabs": metric_tabs(told, Metric(shown.clock.target.metric)),
        "chart": charts.incident_timeline(drawn),
        "narrow": charts.incident_timeline(drawn, width=NARROW),
        "lines": lines(shown),
        "sentences": [sheet.decided(shown, told.now), *sheet.reckoning(shown)],
        "rule": words.rule(shown),
        "csv_url": file_url(request),
    }


def metric_tabs(told: Story, current: Metric) -> list[Tab]:
    path = reverse("sla:incident-detail", args=[told.incident.pk])
    if len(told.metrics) == 1:
        return []
    return [Tab(str(plain.STOPS[one]), f"{path}?metric={one.value}", one == current) for one in told.metrics]


def crumbs(*trail: Crumb) -> list[Crumb]:
    return [(_("Home"), reverse("portal:home")), (_("Incidents"), reverse("sla:incident-list")), *trail]
