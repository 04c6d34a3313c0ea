"""The e-mail that reminds of an evaluation, in its reader's language."""

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from partnership import languages
from partnership.models import Partnership
from sla.actions.reminders import note_reminder_sent
from sla.models import Reminder
from sla.words import plain

log = logging.getLogger(__name__)


def send_reminders() -> None:
    """Those that have not left. An address that is refused keeps nobody else waiting."""
    for pk in Reminder.objects.unsent().values_list("pk", flat=True):
        try:
            send(pk)
        except SMTPRecipientsRefused:
            log.warning("The reminder %s of an evaluation was refused by the mail server.", pk)


@transaction.atomic
def send(reminder_id: int) -> None:
    """Sent, then noted as sent: after a crash between the two it is sent again rather than never."""
    free = Reminder.objects.unsent().select_for_update(skip_locked=True, of=("self",))
    reminder = free.select_related("person", "agreement").filter(pk=reminder_id).first()
    if reminder is None:
        return
    partnership = Partnership.objects.first()
    with translation.override(languages.of_user(reminder.person)):
        context = {
            "person": reminder.person,
            "agreement": reminder.agreement,
            "party": reminder.get_party_display(),
            "due": plain.day(reminder.due),
            "is_overdue": reminder.is_overdue,
            "link": settings.SITE_URL + reverse("sla:agreement-detail", args=[reminder.agreement_id]),
            "demo": bool(partnership and partnership.is_demonstration),
        }
        subject = render_to_string("sla/mail/evaluation_subject.txt", context).strip()
        body = render_to_string("sla/mail/evaluation_message.txt", context)
    send_mail(subject, body, None, [reminder.person.email])
    note_reminder_sent(reminder=reminder, at=timezone.now(), by=None)
