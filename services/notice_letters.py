"""The letter about a service notice, in the words of whoever wrote it and the frame of its reader's language."""

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from partnership import languages
from partnership.models import Partnership
from services import notice_words
from services.actions.notices import note_letter_sent
from services.channels import channels
from services.models import NoticeLetter, NoticeReach

log = logging.getLogger(__name__)


def send_all(notice_id: int) -> None:
    """Those that have not left. A row is locked while its letter leaves, so two workers never send the same."""
    for pk in NoticeLetter.objects.unsent().filter(message__notice=notice_id).values_list("pk", flat=True):
        _send(pk)


def send_stranded() -> None:
    """Those whose task was lost with the broker."""
    for pk in NoticeLetter.objects.stranded(timezone.now()).values_list("pk", flat=True):
        _send(pk)


def _send(pk: int) -> None:
    """An address that is refused keeps nobody else waiting."""
    try:
        send(pk)
    except SMTPRecipientsRefused:
        log.warning("The letter %s about a service notice was refused by the mail server.", pk)


@transaction.atomic
def send(letter_id: int) -> None:
    """Sent, then noted as sent: after a crash between the two it is sent again rather than never."""
    free = NoticeLetter.objects.unsent().select_for_update(skip_locked=True, of=("self",))
    letter = free.select_related("person", "message__notice").filter(pk=letter_id).first()
    channel = letter and channels().get(letter.channel)
    if letter is None or channel is None:
        return
    person, notice = letter.person, letter.message.notice
    partnership = Partnership.objects.first()
    with translation.override(languages.of_user(person)):
        own = NoticeReach.objects.visible_to(person).filter(notice=notice).select_related("service", "organisation")
        context = {
            "person": person,
            "text": letter.message.text,
            "facts": notice_words.facts(notice, list(own)),
            "link": settings.SITE_URL + reverse("sla:notice-detail", args=[notice.pk]),
            "demo": partnership is not None and partnership.is_demonstration,
        }
        subject = notice_words.subject(letter.message)
        body = render_to_string("services/mail/notice_message.txt", context)
    channel.send(person, subject, body)
    note_letter_sent(letter=letter, at=timezone.now(), by=None)
