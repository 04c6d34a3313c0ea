"""The national register of municipalities."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.htmx import render_page
from partnership.filters import MunicipalityFilter
from partnership.models import Municipality
from partnership.tables import MunicipalityTable
from partnership.views.pages import crumbs, csv_file, file_url, in_pages, rooms, wants_file

ROWS_ON_A_PAGE = 50


def municipality_list(request: HttpRequest) -> HttpResponse:
    chosen = MunicipalityFilter(request.GET, Municipality.objects.all(), request=request)
    table = MunicipalityTable(chosen.qs)
    in_pages(request, table, ROWS_ON_A_PAGE)
    if wants_file(request):
        return csv_file("kommuner", register_head(), (register_cells(row) for row in table.data))
    context = {
        "filter": chosen,
        "table": table,
        "csv_url": file_url(request),
        "tabs": rooms(request),
        "crumbs": crumbs((_("Register of municipalities"), "")),
        "title": _("Register of municipalities"),
        "count": register_count(table.paginator.count),
    }
    return render_page(request, "partnership/municipality_list.html", context, partial="rows")


def register_count(count: int) -> str:
    return ngettext("%(count)s municipality.", "%(count)s municipalities.", count) % {"count": count}


def register_head() -> list[Any]:
    return [
        _("Number"),
        _("Name"),
        _("Official name"),
        _("County"),
        _("Population"),
        _("Area, km²"),
        _("Language form"),
        _("Organisation number"),
    ]


def register_cells(row: Municipality) -> list[Any]:
    return [
        row.number,
        row.name,
        row.official_name,
        row.county,
        row.population,
        row.area_km2,
        row.get_language_form_display(),
        row.organisation_number,
    ]
