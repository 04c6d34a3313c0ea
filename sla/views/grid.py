"""«Tjenestenivå»: each service for each owner, and the incidents behind a cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.models import Organisation
from partnership.views.pages import Tab, csv_file, file_url, wants_file
from services.models import Service
from sla.figures import grid as figures
from sla.figures.chain import chain
from sla.figures.panel import Panel, panel
from sla.figures.uptime import Uptime, uptime
from sla.forms.spans import SpanForm, metric_of
from sla.models import Metric, Target
from sla.querysets import Pair
from sla.spans import span_name
from sla.views.addresses import at, behind
from sla.views.following import following
from sla.words import chain as chain_words
from sla.words import grid as words
from sla.words import panel as panel_words
from sla.words import plain
from sla.words import uptime as uptime_words


def grid(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    asked = SpanForm(request.GET, figures.measured(request.user, metric_of(request.GET)))
    shown = figures.grid(request.user, asked.which, asked.span)
    if wants_file(request):
        return csv_file(f"tjenesteniva-{asked.span}", words.file_head(asked.which), words.file_rows(shown))
    return render_page(request, "sla/grid.html", grid_page(shown, asked, reverse("sla:grid")))


def grid_cell(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The grid with one cell opened beside it."""
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    service = get_object_or_404(Service.objects.visible_to(request.user), code=code)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    asked = SpanForm(request.GET, figures.measured(request.user, metric_of(request.GET)))
    name = f"tjenesteniva-{asked.span}-{service.code}-{organisation.pk}"
    opened = open_cell(request, service, organisation, asked)
    if wants_file(request):
        return csv_file(name, *opened.file())
    shown = figures.grid(request.user, asked.which, asked.span)
    context = grid_page(shown, asked, reverse("sla:grid"), opened=(service.pk, pk)) | opened.page()
    return render_page(request, "sla/grid.html", context)


@dataclass(frozen=True)
class Opened:
    """What stands behind a cell, as a page and as a file."""

    page: Callable[[], dict[str, Any]]
    file: Callable[[], tuple[list[Any], Iterator[list[Any]]]]


def open_cell(request: HttpRequest, service: Service, organisation: Organisation, asked: SpanForm) -> Opened:
    if asked.which == Metric.AVAILABILITY:
        up = uptime(request.user, service, organisation, asked.span)
        return Opened(lambda: uptime_page(request, up), lambda: (uptime_words.file_head(), uptime_words.file_rows(up)))
    shown = panel(request.user, service, organisation, asked.which, asked.span)
    return Opened(lambda: panel_page(request, shown), lambda: (panel_words.file_head(), panel_words.file_rows(shown)))


def grid_page(shown: figures.Grid, asked: SpanForm, path: str, opened: Pair | None = None) -> dict[str, Any]:
    def address(cell: figures.Cell) -> str:
        """A cell opens beside the grid, a sum in the list of its rows."""
        if cell.place is None:
            return behind(shown.metric, shown.span, cell.service, cell.organisation)
        way = reverse("sla:grid-cell", args=[cell.service.code, cell.organisation.pk])
        return at(way, shown.metric, shown.span)

    return {
        "grid": shown,
        "rows": [
            words.told_row(row, str(row.service), shown, address, opened, course_url(row, shown.metric))
            for row in shown.rows
        ],
        "owners": [(owner, at(reverse("sla:owner-course", args=[owner.pk]), shown.metric)) for owner in shown.owners],
        "total": words.told_row(shown.total, _("All services"), shown, address) if len(shown.rows) > 1 else None,
        "owners_head": words.owners_head(shown),
        "column_note": words.column_note(shown.metric),
        "dash": words.dash(shown.metric),
        "rounding": words.rounding(shown.metric),
        "key": words.key_of(shown),
        "promise": words.promise(shown),
        "left_out": words.left_out(shown),
        "left_out_url": at(reverse("sla:incident-list"), deadline="none", reported=shown.span),
        "form": asked,
        "tabs": metric_tabs(path, shown),
        "earlier": neighbour(path, shown, -1),
        "later": neighbour(path, shown, 1),
        "csv_url": at(path, shown.metric, shown.span, format="csv"),
        "calculated": shown.calculated and plain.instant(shown.calculated),
        "crumbs": [(_("Home"), reverse("portal:home")), (_("Service levels"), "")],
        "title": words.title(shown),
        "state": words.state(shown),
    }


def course_url(row: figures.Row, metric: Metric) -> str:
    """How the service went month by month."""
    return at(reverse("sla:service-course", args=[row.service.code]), metric) if row.service else ""


def panel_page(request: HttpRequest, opened: Panel) -> dict[str, Any]:
    """What the panel says; closing it leads back to the cell that opened it."""
    back = at(reverse("sla:grid"), opened.metric, opened.span)
    return {
        "panel": opened,
        "panel_template": "sla/panel.html",
        "panel_title": panel_words.title(opened),
        "panel_note": panel_words.note(opened),
        "close_url": f"{back}#celle-{opened.service.pk}-{opened.organisation.pk}",
        "status": plain.SHAPES[opened.level.status],
        "status_word": opened.level.status.label,
        "share": plain.percentage(opened.level),
        "counts": panel_words.counts(opened),
        "bullet": panel_words.bullet(opened),
        "months": [panel_words.told_month(line) for line in opened.months],
        "heading": panel_words.heading(opened),
        "clocks": [panel_words.told_clock(clock) for clock in opened.shown],
        "all_url": behind(opened.metric, opened.span, opened.service, opened.organisation)
        if len(opened.clocks) > len(opened.shown)
        else "",
        "rule": panel_words.rule(opened) if opened.clocks else [],
        "panel_csv_url": file_url(request),
        **followed(request, opened, opened.missed),
    }


def uptime_page(request: HttpRequest, up: Uptime) -> dict[str, Any]:
    """What the panel of availability says."""
    back = at(reverse("sla:grid"), Metric.AVAILABILITY, up.span)
    return {
        "panel": up,
        "panel_template": "sla/uptime_panel.html",
        "panel_title": panel_words.place_title(up.service, up.organisation),
        "panel_note": panel_words.note_of(Metric.AVAILABILITY, up.span),
        "close_url": f"{back}#celle-{up.service.pk}-{up.organisation.pk}",
        "status": plain.SHAPES[up.level.status],
        "status_word": up.level.status.label,
        "share": plain.percentage(up.level, Metric.AVAILABILITY),
        "counts": uptime_words.counts(up),
        "budget": uptime_words.budget(up),
        "months": uptime_words.months(up),
        "facts": uptime_words.facts(up),
        "heading": uptime_words.heading(up),
        "faults": [uptime_words.told_fault(fault) for fault in up.faults],
        "rule": uptime_words.rule(up),
        "panel_csv_url": file_url(request),
        **chained(request, up),
        **followed(request, up, next(iter(up.targets), None)),
    }


def chained(request: HttpRequest, up: Uptime) -> dict[str, Any]:
    """The service together with all that it needs; nothing where it needs nothing."""
    found = chain(request.user, up)
    if found is None:
        return {}

    def address(service: Service) -> str:
        way = reverse("sla:grid-cell", args=[service.code, up.organisation.pk])
        return at(way, Metric.AVAILABILITY, up.span)

    links = chain_words.links(found, address)
    return {"chain": chain_words.figure(found), "links": links, "chain_notes": chain_words.notes(found)}


def followed(request: HttpRequest, shown: Panel | Uptime, missed: Target | None) -> dict[str, Any]:
    return following(request.user, shown.level, missed, shown.service, shown.organisation, shown.span)


def metric_tabs(path: str, shown: figures.Grid) -> list[Tab]:
    return [
        Tab(str(name), at(path, metric, shown.span), metric == shown.metric)
        for metric, name in plain.METRIC_NAMES.items()
    ]


def neighbour(path: str, shown: figures.Grid, step: int) -> tuple[str, str]:
    span = shown.span.shifted(step)
    return plain.sentence(span_name(span, plain.language())), at(path, shown.metric, span)
