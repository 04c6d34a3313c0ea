"""A service desk's file on its way in: upload, what its values mean, check, start, result. One thing per page."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit import formats
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.job_stories import JobStory, tell
from partnership.models import Job
from partnership.tasks import perform_job
from partnership.views.jobs import follow
from partnership.views.pages import Crumb, csv_file, posted
from sla.actions.imports import JOB_KIND, choose_columns, discard, open_import_job, remember
from sla.figures.belongings import belongings
from sla.forms.columns import ColumnsForm
from sla.forms.imports import MappingForm, UploadForm
from sla.imports import saving, staging
from sla.imports.formats import name_of
from sla.models import Import, ImportProblem

SHOWN_IMPORTS = 10
SHOWN_PROBLEMS = 10


def import_start(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and (one := form.read(by=request.user)):
        return redirect("sla:import-map" if one.source else "sla:import-columns", one.pk)
    context = {
        "form": form,
        "imports": Import.objects.visible_to(request.user).select_related("by")[:SHOWN_IMPORTS],
        "crumbs": _crumbs(),
        "title": _("Import incidents"),
        "state": _("Upload an export from the service desk. Nothing is saved before you have checked it."),
    }
    return render_page(request, "sla/import_start.html", context, status=422 if form.is_bound else 200)


def import_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column of a list is what."""
    one = _import(request, pk)
    if not one.is_read or not one.header:
        return redirect("sla:import-result", pk)
    form = ColumnsForm(posted(request), one=one)
    if form.perform(choose_columns, one=one, by=request.user):
        return redirect("sla:import-map", pk)
    context = {
        "form": form,
        "crumbs": _crumbs((_("What the columns are"), "")),
        "title": _("What the columns are"),
        "state": _("Your answers are remembered until the next time."),
        "above": one.file_name,
        "submit": _("Continue"),
        "back": reverse("sla:import-start"),
    }
    return render_page(request, "partnership/form_page.html", context, status=422 if form.is_bound else 200)


def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    one = _import(request, pk)
    if not one.is_read:
        return redirect("sla:import-result", pk)
    if not one.source:
        return redirect("sla:import-columns", pk)
    with staging.staged(pk) as cursor:
        locations, categories = staging.values(cursor, "location"), staging.values(cursor, "category")
    form = MappingForm(
        request.POST or None,
        source=one.source,
        locations=locations,
        categories=categories,
        guesses_names=one.is_list,
    )
    if form.is_valid():
        remember(source=one.source, meanings=form.meanings, by=request.user)
        return redirect("sla:import-preview", pk)
    context = {
        "form": form,
        "crumbs": _crumbs((_("What the values mean"), "")),
        "title": _("What the values mean"),
        "state": _("The file is an export from %(name)s. Your answers are remembered until the next time.")
        % {"name": name_of(one.source)},
        "above": one.file_name,
        "import": one,
    }
    return render_page(request, "sla/import_map.html", context, status=422 if form.is_bound else 200)


def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    one = _import(request, pk)
    if not one.is_read:
        return redirect("sla:import-result", pk)
    if not one.source:
        return redirect("sla:import-columns", pk)
    with staging.staged(pk) as cursor:
        if saving.unmapped(cursor, one):
            return redirect("sla:import-map", pk)
        one.added, one.changed = saving.compare(cursor, one)
        counts = saving.counts(cursor, one) if one.is_list else []
    context = {
        "import": one,
        "belongings": belongings(counts),
        "crumbs": _crumbs((_("Check the file"), "")),
        "title": _("Check the file"),
        "state": _("Nothing is saved yet."),
        "above": one.file_name,
    }
    return render_page(request, "sla/import_preview.html", context | _findings(one))


@require_POST
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    one = _import(request, pk)
    if one.is_done:
        return redirect("sla:import-result", pk)
    job = open_import_job(one=one, by=request.user)
    perform_job.delay_on_commit(job.pk)
    return follow(request, job)


@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    if not Import.objects.filter(pk=pk).exists():
        messages.info(request, _("The file is already discarded."))
        return redirect("sla:import-start")
    one = _import(request, pk)
    if one.is_read and (one.job is None or one.job.is_finished):
        discard(one=one, by=request.user)
        return redirect("sla:import-start")
    return redirect("sla:import-result", pk)


def import_result(request: HttpRequest, pk: int) -> HttpResponse:
    one = _import(request, pk)
    if one.is_read and one.job is None:
        return redirect("sla:import-preview", pk)
    context = {
        "import": one,
        "job": one.job,
        "crumbs": _crumbs((one.file_name, "")),
        "title": _("Import of %(file)s") % {"file": one.file_name},
        "state": capfirst(one.get_state_display()),
    }
    return render_page(request, "sla/import_result.html", context | _findings(one, compared=not one.is_read))


def import_problems(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    one = _import(request, pk)
    head = [_("Line"), _("Number"), _("Left out"), _("Reason")]
    return csv_file(f"import-{pk}", head, _problem_rows(one))


def _problem_rows(one: Import) -> Iterator[list[Any]]:
    for problem in one.problems.iterator():
        left_out = _("yes") if problem.leaves_out else _("no")
        yield [problem.line, problem.external_id, left_out, problem.reason]


def _import(request: HttpRequest, pk: int) -> Import:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    return get_object_or_404(Import.objects.visible_to(request.user).select_related("job"), pk=pk)


def _crumbs(*trail: Crumb) -> list[Crumb]:
    return [(_("Home"), reverse("portal:home")), (_("Import incidents"), reverse("sla:import-start")), *trail]


def _findings(one: Import, *, compared: bool = True) -> dict[str, Any]:
    """The counts of a file and the first of its problems, those that leave an incident out before the others."""
    problems = ImportProblem.objects.filter(source_file=one)
    counts = _comparison(one) if compared else [(_("Incidents in the file"), one.incidents)]
    counts += [(_("Left out"), one.left_out), (_("Rows in the file"), one.rows)]
    return {
        "figures": [{"label": label, "value": _shown(count)} for label, count in counts],
        "left_out": problems.leaving_out()[:SHOWN_PROBLEMS],
        "told": problems.told_only()[:SHOWN_PROBLEMS],
        "problem_count": problems.count(),
        "shown": SHOWN_PROBLEMS,
    }


def _comparison(one: Import) -> list[tuple[str, int]]:
    return [(_("New"), one.added), (_("Changed"), one.changed), (_("As before"), one.unchanged)]


def _shown(count: int) -> str:
    return formats.number(count, get_language() or "nb")


def _outcome(job: Job) -> str:
    return _("%(added)s new, %(changed)s changed, %(unchanged)s unchanged, %(left_out)s left out.") % job.result


def _way_to_result(job: Job) -> tuple[str, str]:
    return _("The import"), reverse("sla:import-result", args=[job.arguments["import"]])


tell(
    JOB_KIND,
    JobStory(title=gettext_lazy("Import incidents"), outcome=_outcome, back=_way_to_result, result=_way_to_result),
)
