"""Handlers of jobs: calculation with progress, in a worker."""

from typing import Any

from django.utils.translation import gettext as _

from partnership import jobs
from partnership.jobs import Progress
from partnership.models import Job
from sla.actions.recalculate import JOB_KIND
from sla.recalculation import recalculate


@jobs.handler(JOB_KIND)
def run_recalculation(job: Job, progress: Progress) -> dict[str, Any]:
    """Everything, or what is agreed for the pairs (service, organisation) in the arguments."""
    pairs = job.arguments.get("pairs")
    progress.at(0, 0, _("Calculating service levels"))
    run = recalculate(pairs=None if pairs is None else {tuple(pair) for pair in pairs}, by=job.by, progress=progress.at)
    return {"run": run.pk, "incidents": run.incident_count, "clocks": run.clock_count}
