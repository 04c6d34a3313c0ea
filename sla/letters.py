"""The e-mails that remind of an evaluation and warn of deadlines, in their reader's language."""

from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from partnership import languages
from partnership.letters import is_demonstration, one_line, send_each
from partnership.models import User
from sla.actions.reminders import note_reminder_sent
from sla.actions.warnings import drop_notices, note_sent
from sla.models import DeadlineNotice, Incident, Reminder
from sla.words import plain
from sla.words import warnings as words

MOST_LINES = 25


def send_reminders() -> None:
    """Those that have not left, to those who are still here."""
    send_each(Reminder.objects.unsent().filter(person__is_active=True).values_list("pk", flat=True), send)


def send_deadline_notices(now: datetime) -> None:
    """One e-mail to each person for all that is new to her. What could not be sent for days is dropped."""
    drop_notices(notices=DeadlineNotice.objects.given_up(now), by=None)
    send_each(User.objects.filter(pk__in=DeadlineNotice.objects.unsent().values("person")), warn)


@transaction.atomic
def warn(person: User) -> None:
    """Sent, then noted as sent, as a reminder is."""
    free = DeadlineNotice.objects.unsent().filter(person=person).select_for_update(skip_locked=True, of=("self",))
    notices = _still_news(person, list(free.select_related("incident__service", "incident__organisation")))
    if not notices:
        return
    with translation.override(languages.of_user(person)):
        context = {
            "person": person,
            "title": words.subject(notices),
            "lines": [
                (line, settings.SITE_URL + reverse("sla:incident-detail", args=[notice.incident_id]))
                for notice, line in words.lines(notices[:MOST_LINES])
            ],
            "more": words.more(len(notices) - MOST_LINES),
            "link": f"{settings.SITE_URL}{reverse('sla:incident-list')}?state=open&deadline=soon",
            "demo": is_demonstration(),
        }
        body = render_to_string("sla/mail/deadlines_message.txt", context)
    send_mail(str(context["title"]), body, None, [person.email])
    note_sent(notices=notices, at=timezone.now(), by=None)


def _still_news(person: User, notices: list[DeadlineNotice]) -> list[DeadlineNotice]:
    """Of incidents that are open, and that she may see now. The others are dropped."""
    told_of = {notice.incident_id for notice in notices} if person.is_active else set()
    open_to_her = set(Incident.objects.visible_to(person).open().filter(pk__in=told_of).values_list("pk", flat=True))
    drop_notices(notices=[notice for notice in notices if notice.incident_id not in open_to_her], by=None)
    return [notice for notice in notices if notice.incident_id in open_to_her]


@transaction.atomic
def send(reminder_id: int) -> None:
    """Sent, then noted as sent: after a crash between the two it is sent again rather than never."""
    free = Reminder.objects.unsent().select_for_update(skip_locked=True, of=("self",))
    reminder = free.select_related("person", "agreement").filter(pk=reminder_id).first()
    if reminder is None:
        return
    with translation.override(languages.of_user(reminder.person)):
        context = {
            "person": reminder.person,
            "agreement": reminder.agreement,
            "party": reminder.get_party_display(),
            "due": plain.day(reminder.due),
            "is_overdue": reminder.is_overdue,
            "link": settings.SITE_URL + reverse("sla:agreement-detail", args=[reminder.agreement_id]),
            "demo": is_demonstration(),
        }
        subject = one_line(render_to_string("sla/mail/evaluation_subject.txt", context))
        body = render_to_string("sla/mail/evaluation_message.txt", context)
    send_mail(subject, body, None, [reminder.person.email])
    note_reminder_sent(reminder=reminder, at=timezone.now(), by=None)
