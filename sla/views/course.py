"""«Utvikling»: how a metric went month by month, for a service or for an owner."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import charts
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.models import Organisation
from partnership.views.pages import Tab, csv_file, file_url, wants_file
from services.models import Service
from sla.drawing import monthly_line, monthly_series
from sla.figures.course import Course, Part, course_of_owner, course_of_service
from sla.forms.spans import metric_of
from sla.models import Metric
from sla.views.addresses import behind
from sla.words import course as words
from sla.words import plain

NARROW = 288.0


def service_course(request: HttpRequest, code: str) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    service = get_object_or_404(Service.objects.visible_to(request.user), code=code)
    found = course_of_service(request.user, service, metric_of(request.GET), timezone.localdate())
    return shown(request, found, kind=_("Service"), head=_("Owner"))


def owner_course(request: HttpRequest, pk: int) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    found = course_of_owner(request.user, organisation, metric_of(request.GET), timezone.localdate())
    return shown(request, found, kind=_("Owner"), head=_("Service"))


def shown(request: HttpRequest, found: Course, *, kind: str, head: str) -> HttpResponse:
    """`kind` is what it is the course of, and `head` what its parts are."""
    if wants_file(request):
        return csv_file("utvikling", words.file_head(), words.file_rows(found))
    trail = [(_("Home"), reverse("portal:home")), (_("Service levels"), reverse("sla:grid")), (found.name, "")]
    context = {
        "tabs": tabs(request.path, found.metric),
        "head": head,
        "rows": lines(found),
        "all_url": behind(found.metric, found.year, found.service, found.organisation) if found.lately.counted else "",
        "all": _("See the downtime") if found.metric == Metric.AVAILABILITY else _("See the incidents"),
        "csv_url": file_url(request),
        "crumbs": trail,
        "above": kind,
        "measured": plain.METRIC_NAMES[found.metric],
        "title": words.title(found),
        **drawn(found),
    }
    return render_page(request, "sla/course.html", context)


def tabs(path: str, current: Metric) -> list[Tab]:
    return [
        Tab(str(name), f"{path}?metric={metric.value}", metric == current)
        for metric, name in plain.METRIC_NAMES.items()
    ]


def drawn(found: Course) -> dict[str, Any]:
    """The chart, and what its limits say; nothing where nothing was measured."""
    if not any(level.counted for level in found.levels):
        return {"state": _("Nothing is measured in the last 36 months.")}
    series = series_of(found)
    return {
        "chart": charts.time_series(series),
        "narrow": charts.time_series(series, width=NARROW),
        "state": words.judgement(series.values, series.limits),
    }


def series_of(found: Course, part: Part | None = None) -> charts.Series:
    label, levels = words.label(found, part), (part or found).levels
    return monthly_series(label, label, found.months, levels, decimals=plain.decimals_of(found.metric))


def lines(found: Course) -> list[dict[str, Any]]:
    """Each part beside the others, on one scale."""
    series = [series_of(found, part) for part in found.parts]
    scale = charts.shared_scale(one.points for one in series)
    return [
        {
            "name": part.name,
            "url": behind(found.metric, found.year, part.service, part.organisation) if part.lately.counted else "",
            "line": monthly_line(one.title, one, plain.SHAPES[part.levels[-1].status], scale),
            "status": plain.SHAPES[part.lately.status],
            "word": part.lately.status.label,
            **words.shares(part.lately, found.metric),
        }
        for part, one in zip(found.parts, series, strict=True)
    ]
