"""«Regn ut på nytt»: everything, by a worker, with the page of its job."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from kit import formats
from partnership import access
from partnership.access import Permission
from partnership.job_stories import JobStory, Link, tell
from partnership.models import Job
from partnership.tasks import perform_job
from partnership.views.jobs import follow
from sla.actions.recalculate import JOB_KIND, open_full_recalculation
from sla.words import plain


@require_POST
def recalculation_start(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    job = open_full_recalculation(by=request.user)
    perform_job.delay_on_commit(job.pk)
    return follow(request, job)


def outcome(job: Job) -> str:
    count = job.result["incidents"]
    words = ngettext("%(count)s incident is calculated.", "%(count)s incidents are calculated.", count)
    return words % {"count": formats.number(count, plain.language())}


def to_agreements(job: Job) -> Link:
    return _("Agreements"), reverse("sla:agreement-list")


def to_grid(job: Job) -> Link:
    return _("See the service levels"), reverse("sla:grid")


tell(JOB_KIND, JobStory(gettext_lazy("Calculate service levels"), outcome, to_agreements, to_grid))
