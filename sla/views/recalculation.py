"""«Regn ut på nytt»: everything, by a worker, with the page of its job."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from kit import formats
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.job_stories import JobStory, Link, tell
from partnership.models import Job
from partnership.tasks import perform_job
from partnership.views.jobs import follow
from partnership.views.pages import csv_file, file_url, in_pages, wants_file
from services.actions.calendars import HOURS_CHANGED
from sla.actions.recalculate import JOB_KIND, open_full_recalculation
from sla.forms.spans import RunForm
from sla.models import ChangedFigure
from sla.tables import ChangeTable
from sla.words import changes as words
from sla.words import plain

PAGE_SIZE = 50


@require_POST
def recalculation_start(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    job = open_full_recalculation(by=request.user)
    perform_job.delay_on_commit(job.pk)
    return follow(request, job)


def change_list(request: HttpRequest) -> HttpResponse:
    """Figures of months gone by, as they were and as they are: of one calculation, or of all."""
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    asked = RunForm(request.GET)
    seen = ChangedFigure.objects.visible_to(request.user).select_related("run__by", "service", "organisation")
    table = ChangeTable(seen.filter(run=asked.run_id) if asked.run_id else seen)
    in_pages(request, table, PAGE_SIZE)
    if wants_file(request):
        return csv_file("endrede-tall", words.file_head(), map(words.file_row, table.data))
    trail = [(_("Home"), reverse("portal:home")), (_("Service levels"), reverse("sla:grid"))]
    context = {
        "form": asked,
        "table": table,
        "csv_url": file_url(request),
        "crumbs": [*trail, (_("Changed figures"), "")],
        "title": _("Changed figures"),
        "state": _("Months gone by that a late incident, an outage, an agreement or opening hours have changed."),
    }
    return render_page(request, "sla/change_list.html", context)


def outcome(job: Job) -> str:
    count, changes = job.result["incidents"], job.result.get("changes", 0)
    words = ngettext("%(count)s incident is calculated.", "%(count)s incidents are calculated.", count)
    said = words % {"count": formats.number(count, plain.language())}
    if not changes:
        return said
    words = ngettext(
        "%(count)s figure of a month gone by has changed.", "%(count)s figures of months gone by have changed.", changes
    )
    return f"{said} {words % {'count': formats.number(changes, plain.language())}}"


def to_agreements(job: Job) -> Link:
    return _("Agreements"), reverse("sla:agreement-list")


def to_changes(job: Job) -> Link:
    """What has changed, where something has."""
    if job.result.get("changes"):
        return _("See what has changed"), f"{reverse('sla:change-list')}?run={job.result['run']}"
    return _("See the service levels"), reverse("sla:grid")


tell(JOB_KIND, JobStory(gettext_lazy("Calculate service levels"), outcome, to_agreements, to_changes))
tell(HOURS_CHANGED, JobStory(gettext_lazy("Calculate by new opening hours"), outcome, to_agreements, to_changes))
