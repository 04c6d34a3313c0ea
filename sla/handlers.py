"""Handlers of jobs: calculation with progress, in a worker."""

from typing import Any

from django.utils.translation import gettext as _

from partnership import jobs
from partnership.jobs import Progress
from partnership.models import Job
from services.actions.calendars import HOURS_CHANGED
from services.models import ServiceCalendar
from sla.actions.inbox import READING, read_waiting
from sla.actions.recalculate import JOB_KIND, judged_by
from sla.models import MonitoredThing
from sla.querysets import Pair
from sla.recalculation import recalculate


@jobs.handler(JOB_KIND)
def run_recalculation(job: Job, progress: Progress) -> dict[str, Any]:
    """Everything, or what is agreed for the pairs (service, organisation) in the arguments."""
    pairs = job.arguments.get("pairs")
    cause = job.arguments.get("cause", "")
    return calculated(job, progress, None if pairs is None else {tuple(pair) for pair in pairs}, cause)


@jobs.handler(HOURS_CHANGED)
def run_after_hours(job: Job, progress: Progress) -> dict[str, Any]:
    """What is judged by the calendar in the arguments."""
    calendar = ServiceCalendar.objects.get(pk=job.arguments["calendar"])
    return calculated(job, progress, judged_by(calendar), str(calendar))


@jobs.handler(READING)
def run_reading(job: Job, progress: Progress) -> dict[str, Any]:
    """What waited for a name at a source that has been matched; taken up again, what waits still."""
    thing = MonitoredThing.objects.get(pk=job.arguments["thing"])
    return read_waiting(thing=thing, by=job.by, at=progress.at)


def calculated(job: Job, progress: Progress, pairs: set[Pair] | None, cause: str) -> dict[str, Any]:
    progress.at(0, 0, _("Calculating service levels"))
    run = recalculate(pairs=pairs, by=job.by, cause=cause, progress=progress.at)
    counts = {"incidents": run.incident_count, "clocks": run.clock_count, "changes": run.changes.count()}
    return {"run": run.pk} | counts
