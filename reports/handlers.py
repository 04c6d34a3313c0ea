"""Reports in a worker. Killed anywhere, a job begins again and leaves one report."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kit.quarters import Quarter
from partnership import jobs, languages
from partnership.jobs import JobError, Progress
from partnership.models import Job
from reports import production
from reports.actions import DRAFTING, OWN, PUBLISHED, PUBLISHING
from reports.models import Edition, Status
from reports.rendering import LANGUAGE_NAMES
from reports.tasks import make_own_editions, send_report


@jobs.handler(DRAFTING)
def run_draft(job: Job, progress: Progress) -> dict[str, Any]:
    with _spoken_to(job):
        quarter = Quarter.parse(job.arguments["quarter"])
        edition = production.draft(quarter=quarter, by=job.by, progress=progress.at)
        if not edition.is_open:
            raise JobError(str(PUBLISHED))
    return {"edition": edition.pk}


@jobs.handler(PUBLISHING)
def run_publish(job: Job, progress: Progress) -> dict[str, Any]:
    with _spoken_to(job):
        edition = Edition.objects.get(pk=job.arguments["edition"])
        if edition.status == Status.DRAFT:
            raise JobError(_("Freeze the figures before the report is published."))
        production.publish(edition=edition, by=job.by, progress=progress.at)
    send_report.delay_on_commit(edition.pk)
    make_own_editions.delay_on_commit(edition.pk)
    return {"edition": edition.pk}


@jobs.handler(OWN)
def run_own(job: Job, progress: Progress) -> dict[str, Any]:
    edition = Edition.objects.get(pk=job.arguments["edition"])
    owner = production.owners_of(edition).get(pk=job.arguments["owner"])
    with _spoken_to(job):
        progress.at(
            0, 1, _("Making the report: %(language)s") % {"language": LANGUAGE_NAMES[job.arguments["language"]]}
        )
    production.make_own(edition=edition, owner=owner, language=job.arguments["language"], by=job.by)
    progress.at(1, 1)
    return {"edition": edition.pk, "owner": owner.pk}


def _spoken_to(job: Job) -> Any:
    """The steps are told in the language of the one who waits."""
    return translation.override(languages.of_user(job.by) if job.by else translation.get_language())
