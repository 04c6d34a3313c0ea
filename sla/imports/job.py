"""The import in a worker, or in a command's own process. Killed anywhere, it goes on where it was: what is staged
stays until the end, the incidents are saved all or none, and which were touched is saved with them.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from partnership import jobs, languages
from partnership.jobs import JobError, Progress
from partnership.models import Job, User
from sla.actions.imports import JOB_KIND, finish_import, save_import
from sla.imports.reading import Refused
from sla.models import Import, Incident
from sla.recalculation.run import recalculate


@jobs.handler(JOB_KIND)
def run_import(job: Job, progress: Progress) -> dict[str, Any]:
    one = Import.objects.get(pk=job.arguments["import"])
    with translation.override(languages.of_user(job.by) if job.by else translation.get_language()):
        progress.at(0, one.readable, _("Saving incidents"))
        _save(one, by=job.by)
        _calculate(one, progress, by=job.by)
    finish_import(one=one, by=job.by)
    return {"added": one.added, "changed": one.changed, "unchanged": one.unchanged, "left_out": one.left_out}


def _save(one: Import, *, by: User | None) -> None:
    try:
        save_import(one=one, by=by)
    except Refused as refusal:
        raise JobError(str(refusal)) from refusal


def _calculate(one: Import, progress: Progress, *, by: User | None) -> None:
    touched = Incident.objects.filter(pk__in=one.touched.values("incident"))
    progress.at(0, one.added + one.changed, _("Calculating service levels"))
    if one.added + one.changed:
        recalculate(incidents=touched, by=by, cause=str(one), progress=progress.at)
