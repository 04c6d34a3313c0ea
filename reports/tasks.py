from smtplib import SMTPException

from celery import shared_task

from partnership.languages import of_organisation
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


@shared_task
def make_own_editions(edition_id: int) -> None:
    """One for each owner in its own language form, each in a task of its own; other languages are made when asked."""
    edition = Edition.objects.published().get(pk=edition_id)
    for owner in production.owners_of(edition):
        make_own_edition.delay(edition_id, owner.pk)


@shared_task
def make_own_edition(edition_id: int, owner_id: int) -> None:
    edition = Edition.objects.published().get(pk=edition_id)
    owner = production.owners_of(edition).get(pk=owner_id)
    production.make_own(edition=edition, owner=owner, language=of_organisation(owner), by=None)
