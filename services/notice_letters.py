"""The letter about a service notice, in the words of whoever wrote it and the frame of its reader's language."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from partnership import languages, letters
from services import notice_words
from services.actions.notices import note_letter_sent
from services.channels import channels
from services.models import NoticeLetter, NoticeReach


def send_all(notice_id: int) -> None:
    """Those that have not left. A row is locked while its letter leaves, so two workers never send the same."""
    own = NoticeLetter.objects.unsent().filter(message__notice=notice_id)
    letters.send_each(own.values_list("pk", flat=True), send)


def send_stranded() -> None:
    """Those whose task was lost with the broker."""
    letters.send_each(NoticeLetter.objects.stranded(timezone.now()).values_list("pk", flat=True), send)


@transaction.atomic
def send(letter_id: int) -> None:
    """Sent, then noted as sent: after a crash between the two it is sent again rather than never."""
    free = NoticeLetter.objects.unsent().select_for_update(skip_locked=True, of=("self",))
    letter = free.select_related("person", "message__notice").filter(pk=letter_id).first()
    channel = letter and channels().get(letter.channel)
    if letter is None or channel is None:
        return
    person, notice = letter.person, letter.message.notice
    with translation.override(languages.of_user(person)):
        own = NoticeReach.objects.visible_to(person).filter(notice=notice).select_related("service", "organisation")
        context = {
            "person": person,
            "text": letter.message.text,
            "facts": notice_words.facts(notice, list(own)),
            "link": settings.SITE_URL + reverse("sla:notice-detail", args=[notice.pk]),
            "demo": letters.is_demonstration(),
        }
        subject = notice_words.subject(letter.message)
        body = render_to_string("services/mail/notice_message.txt", context)
    channel.send(person, subject, body)
    note_letter_sent(letter=letter, at=timezone.now(), by=None)
