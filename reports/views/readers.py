"""What readers do: fetch the files, and leave a trace of having read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from reports import actions
from reports.csv_twin import file_name
from reports.models import Edition, Rendering
from reports.views.pages import edition_of


def rendering_pdf(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    one = _rendering(request, pk, language)
    return _attachment(one, bytes(one.pdf), "pdf", "application/pdf")


def rendering_csv(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    one = _rendering(request, pk, language)
    return _attachment(one, bytes(one.csv), "csv", "text/csv; charset=utf-8")


@require_POST
def reading_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent by the page of a published report as it is opened; without a script, by its button."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).published(), pk=pk)
    actions.note_reading(edition=edition, by=request.user)
    context = {"edition": edition, "reading": edition.readings.visible_to(request.user).first()}
    return render_page(request, "reports/reading.html", context)


def _rendering(request: HttpRequest, pk: int, language: str) -> Rendering:
    edition = edition_of(request, pk)
    return get_object_or_404(Rendering.objects.visible_to(request.user), edition=edition, language=language)


def _attachment(one: Rendering, content: bytes, ending: str, content_type: str) -> HttpResponse:
    name = file_name(one.edition.period, one.language, ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
