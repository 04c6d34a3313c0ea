from smtplib import SMTPException

from celery import shared_task
from django.utils import timezone

from partnership.models import User
from partnership.tasks import perform_job
from sla import letters
from sla.actions import inbox
from sla.actions.credits import propose_credits
from sla.actions.recalculate import open_full_recalculation
from sla.actions.reminders import note_reminders
from sla.actions.warnings import note_deadlines
from sla.models import Incident
from sla.recalculation import recalculate


@shared_task
def recalculate_incidents(ids: list[int], by: int | None = None, cause: str = "") -> None:
    person = User.objects.filter(pk=by).first()
    recalculate(incidents=Incident.objects.filter(pk__in=ids), by=person, cause=cause)


@shared_task(autoretry_for=(SMTPException, OSError), retry_backoff=True, max_retries=8)
def remind_of_evaluations() -> None:
    """Every morning; what could not be sent is sent the next."""
    note_reminders(by=None)
    letters.send_reminders()


@shared_task
def warn_of_deadlines() -> None:
    """Beat asks for it again and again, which is its way of trying once more what could not be sent."""
    now = timezone.now()
    note_deadlines(now=now, by=None)
    letters.send_deadline_notices(now)


@shared_task
def propose_service_credits() -> None:
    """Every morning: of months that are over, and of those that have been corrected since."""
    propose_credits(by=None)


@shared_task
def delete_old_messages() -> None:
    """Nightly: what monitoring sent long ago and is done with."""
    inbox.delete_old_messages()


@shared_task
def recalculate_everything() -> None:
    """Nightly: clocks that have fallen due since are decided."""
    perform_job.delay(open_full_recalculation(by=None).pk)
