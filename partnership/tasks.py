from celery import shared_task
from django.utils import timezone

from partnership import jobs
from partnership.models import Job


@shared_task
def perform_job(job_id: int) -> None:
    jobs.perform(job_id)


@shared_task
def revive_jobs() -> None:
    """Sends jobs that fell silent to a worker again; an advisory lock keeps a living one from running twice."""
    silent = Job.objects.silent()
    for job_id in silent.values_list("pk", flat=True):
        perform_job.delay(job_id)
    silent.update(heartbeat=timezone.now())
