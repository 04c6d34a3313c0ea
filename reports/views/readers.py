"""What readers do: fetch the files, and leave a trace of having read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from partnership.tasks import perform_job
from partnership.views.jobs import follow
from reports import actions, production
from reports.csv_twin import file_name
from reports.models import Edition, Rendering
from reports.rendering import LANGUAGES
from reports.views.pages import edition_of


def rendering_pdf(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    one = _rendering(request, pk, language)
    return _attachment(one, bytes(one.pdf), "pdf", "application/pdf")


def rendering_csv(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    one = _rendering(request, pk, language)
    return _attachment(one, bytes(one.csv), "csv", "text/csv; charset=utf-8")


def own_pdf(request: HttpRequest, pk: int, owner: int, language: str) -> HttpResponse:
    edition = edition_of(request, pk)
    made = Rendering.objects.visible_to(request.user).own(owner).select_related("organisation")
    one = get_object_or_404(made, edition=edition, language=language)
    return _attachment(one, bytes(one.pdf), "pdf", "application/pdf")


@require_POST
def own_make(request: HttpRequest, pk: int, owner: int) -> HttpResponse:
    """Makes an owner's own edition in a language; made already, it is the same one."""
    edition = edition_of(request, pk)
    organisation = get_object_or_404(production.owners_of(edition), pk=owner)
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        raise Http404
    job = actions.open_own_job(edition=edition, owner=organisation, language=language, by=request.user)
    perform_job.delay_on_commit(job.pk)
    return follow(request, job)


@require_POST
def reading_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Sent by the page of a published report as it is opened; without a script, by its button."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user).published(), pk=pk)
    actions.note_reading(edition=edition, by=request.user)
    context = {"edition": edition, "reading": edition.readings.visible_to(request.user).first()}
    return render_page(request, "reports/reading.html", context)


def _rendering(request: HttpRequest, pk: int, language: str) -> Rendering:
    edition = edition_of(request, pk)
    made = Rendering.objects.visible_to(request.user).of_board()
    return get_object_or_404(made, edition=edition, language=language)


def _attachment(one: Rendering, content: bytes, ending: str, content_type: str) -> HttpResponse:
    whose = f"{slugify(one.organisation.name)}-" if one.organisation else ""
    name = file_name(one.edition.period, f"{whose}{one.language}", ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)
