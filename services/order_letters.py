"""The e-mail about a move of an order, in its reader's language."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from partnership import languages, letters
from services import order_words
from services.actions.letters import note_letter_sent
from services.models import OrderLetter

WANTED = ("person", "move__by", "move__order__service", "move__order__organisation", "move__order__placer")


def send_all(order_id: int) -> None:
    """Those that have not left. A row is locked while its letter leaves, so two workers never send the same."""
    own = OrderLetter.objects.unsent().filter(move__order=order_id)
    letters.send_each(own.values_list("pk", flat=True), send)


def send_stranded() -> None:
    """Those whose task was lost with the broker."""
    letters.send_each(OrderLetter.objects.stranded(timezone.now()).values_list("pk", flat=True), send)


@transaction.atomic
def send(letter_id: int) -> None:
    """Sent, then noted as sent: after a crash between the two it is sent again rather than never."""
    free = OrderLetter.objects.unsent().select_for_update(skip_locked=True, of=("self",))
    letter = free.select_related(*WANTED).filter(pk=letter_id).first()
    if letter is None:
        return
    with translation.override(languages.of_user(letter.person)):
        context = _context(letter)
        subject = letters.one_line(render_to_string("services/mail/order_subject.txt", context))
        body = render_to_string("services/mail/order_message.txt", context)
    send_mail(subject, body, None, [letter.person.email])
    note_letter_sent(letter=letter, at=timezone.now(), by=None)


def _context(letter: OrderLetter) -> dict[str, Any]:
    order = letter.move.order
    return {
        "person": letter.person,
        "order": order,
        "deed": order_words.deed(letter.move),
        "note": letter.move.note,
        "promised": order_words.day(letter.move.promised_on),
        "state": order_words.state_words(order, letter.person),
        "next": order_words.next_step(order, letter.person),
        "link": settings.SITE_URL + reverse("services:order-detail", args=[order.pk]),
        "demo": letters.is_demonstration(),
    }
