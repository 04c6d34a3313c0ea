from celery import shared_task

from partnership.tasks import perform_job
from sla.actions.recalculate import open_full_recalculation
from sla.models import Incident
from sla.recalculation import recalculate


@shared_task
def recalculate_incidents(ids: list[int]) -> None:
    recalculate(incidents=Incident.objects.filter(pk__in=ids))


@shared_task
def recalculate_everything() -> None:
    """Nightly: clocks that have fallen due since are decided."""
    perform_job.delay(open_full_recalculation(by=None).pk)
