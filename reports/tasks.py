from smtplib import SMTPException

from celery import shared_task

from partnership.tasks import perform_job
from reports import letters, production
from reports.actions import open_draft_job
from reports.models import Distribution, Edition
from sla.models import Compliance


@shared_task
def draft_last_quarter() -> None:
    """Drafts the report of the quarter that has ended, once something is measured in it and nobody has done so."""
    quarter = production.last_closed()
    measured = Compliance.objects.in_months(quarter.first, quarter.last)
    if measured.exists() and not Edition.objects.of(quarter).exists():
        perform_job.delay_on_commit(open_draft_job(quarter=quarter, by=None).pk)


@shared_task(autoretry_for=(SMTPException, OSError), retry_backoff=True, max_retries=8)
def send_report(edition_id: int) -> None:
    """Tells those who have not been told yet."""
    for distribution in Distribution.objects.filter(edition=edition_id, sent_at=None).select_related("person"):
        letters.send(distribution)
