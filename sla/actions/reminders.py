"""Who is reminded of the yearly evaluation: whoever is responsible for the agreement, else the administrators."""

from collections.abc import Iterator
from datetime import datetime

from partnership.access import Role
from partnership.history import recorded
from partnership.models import RoleGrant, User
from sla.models import Reminder, ServiceAgreement
from sla.waiting import DueEvaluation, evaluations_due, soon


@recorded
def note_reminders(*, by: User | None) -> None:
    """A row for each who is to be told and has not been: within a month of the day, and when it has passed."""
    rows = [
        Reminder(agreement=one.agreement, party=one.party, due=one.due, is_overdue=one.is_overdue, person_id=person)
        for one in evaluations_due(ServiceAgreement.objects.all(), soon())
        for person in _reminded(one)
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)


def _reminded(one: DueEvaluation) -> Iterator[int]:
    responsible = one.agreement.responsible
    if responsible and responsible.is_active:
        yield responsible.pk
        return
    grants = RoleGrant.objects.current().filter(role=Role.ADMINISTRATOR, organisation=None, user__is_active=True)
    yield from grants.values_list("user", flat=True)


@recorded
def note_reminder_sent(*, reminder: Reminder, at: datetime, by: User | None) -> None:
    reminder.sent_at = at
    reminder.save(update_fields=["sent_at"])
