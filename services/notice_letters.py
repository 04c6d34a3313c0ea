"""The letter about a service notice, in the words of whoever wrote it and the frame of its reader's language."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from partnership import languages, letters
from services import notice_words
from services.actions.notices import drop_letter, note_letter_sent
from services.channels import channels
from services.models import NoticeLetter, NoticeReach


def send_all(notice_id: int) -> None:
    """Those that have not left. A row is locked while its letter leaves, so two workers never send the same."""
    own = NoticeLetter.objects.wanted(timezone.now()).filter(message__notice=notice_id)
    letters.send_each(own.values_list("pk", flat=True), send)


def send_stranded() -> None:
    """Those whose task was lost with the broker."""
    letters.send_each(NoticeLetter.objects.stranded(timezone.now()).values_list("pk", flat=True), send)


@transaction.atomic
def send(letter_id: int) -> None:
    """Sent, then noted as sent: after a crash between the two it is sent again rather than never. Dropped where its
    reader may not see the notice any more.
    """
    free = NoticeLetter.objects.unsent().select_for_update(skip_locked=True, of=("self",))
    letter = free.select_related("person", "message__notice").filter(pk=letter_id).first()
    channel = letter and channels().get(letter.channel)
    if letter is None or channel is None:
        return
    own = _own(letter)
    if not own:
        drop_letter(letter=letter, by=None)
        return
    with translation.override(languages.of_user(letter.person)):
        subject = notice_words.subject(letter.message)
        body = render_to_string("services/mail/notice_message.txt", _context(letter, own))
    channel.send(letter.person, subject, body)
    note_letter_sent(letter=letter, at=timezone.now(), by=None)


def _own(letter: NoticeLetter) -> list[NoticeReach]:
    """What the notice hits of the reader's as she is now: since it was written she may have left, or lost her roles."""
    if not letter.person.is_active:
        return []
    seen = NoticeReach.objects.visible_to(letter.person).filter(notice=letter.message.notice)
    return list(seen.select_related("service", "organisation"))


def _context(letter: NoticeLetter, own: list[NoticeReach]) -> dict[str, Any]:
    notice = letter.message.notice
    return {
        "person": letter.person,
        "text": letter.message.text,
        "facts": notice_words.facts(notice, own),
        "link": settings.SITE_URL + reverse("sla:notice-detail", args=[notice.pk]),
        "demo": letters.is_demonstration(),
    }
