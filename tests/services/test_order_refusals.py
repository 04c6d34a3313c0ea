"""What may no longer be sent since it was written, and letters whose task was lost: told, and sent once."""

from datetime import timedelta
from smtplib import SMTPDataError
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from services import order_letters
from services.actions.orders import Overtaken, send_order
from services.models import NoticeLetter, NoticeMessage, Order, OrderLetter, OrderMove, Service, Stage
from services.tasks import send_stranded_letters
from services.treatments import State
from tests import make, make_orders


@pytest.fixture
def draft(arendal, order_placer) -> Order:
    return make_orders.order(arendal, State.DRAFT, by=order_placer)


def close(service: Service) -> None:
    Service.objects.filter(pk=service.pk).update(stage=Stage.CLOSED)


def test_a_draft_of_a_service_closed_since_is_not_sent_and_the_page_says_so(client, draft, order_placer):
    close(draft.service)
    client.force_login(order_placer)
    send, check = (reverse(f"services:{name}", args=[draft.pk]) for name in ("order-send", "order-check"))
    answer = client.post(send, follow=True)
    assert answer.redirect_chain == [(check, 302)]
    assert "PC-arbeidsplass kan ikke bestilles nå." in answer.content.decode()
    assert f'action="{send}"' not in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_draft_whose_wished_date_has_passed_since_is_not_sent(client, draft, order_placer):
    Order.objects.filter(pk=draft.pk).update(wished_on=timezone.localdate() - timedelta(days=1))
    client.force_login(order_placer)
    answer = client.post(reverse("services:order-send", args=[draft.pk]), follow=True)
    assert "Datoen er passert." in answer.content.decode()


def test_an_order_of_a_closed_service_offers_no_copy_and_refuses_one_in_words(client, arendal, order_placer):
    order = make_orders.order(arendal, by=order_placer)
    close(order.service)
    client.force_login(order_placer)
    copy = reverse("services:order-copy", args=[order.pk])
    assert copy not in client.get(reverse("services:order-detail", args=[order.pk])).content.decode()
    answer = client.post(copy, {"token": str(uuid4())}, follow=True)
    assert "PC-arbeidsplass kan ikke bestilles nå." in answer.content.decode()
    assert Order.objects.count() == 1


def test_a_service_offers_to_be_ordered_to_who_may_and_while_it_can_be(client, order_placer, administrator):
    service = make.service("PC", "PC-arbeidsplass")
    page, order = (reverse(f"services:{name}", args=[service.pk]) for name in ("service-detail", "order-add"))
    offered = []
    for who in (order_placer, administrator):
        client.force_login(who)
        offered.append(order in client.get(page).content.decode())
    close(service)
    client.force_login(order_placer)
    assert [*offered, order in client.get(page).content.decode()] == [True, False, False]


def test_a_saved_draft_is_seen_in_the_list_one_comes_back_to(client, order_placer):
    client.force_login(order_placer)
    typed = {"quantity": 1, "description": "To skjermer", "next": "save"}
    answer = client.post(reverse("services:order-add", args=[make.service().pk]), typed, follow=True)
    assert reverse("services:order-detail", args=[Order.objects.get().pk]) in answer.content.decode()


def test_a_draft_that_a_colleague_sent_first_keeps_its_placer(arendal, draft, order_placer):
    colleague = make.person("Per Hansen", Role.ORDER_PLACER, at=arendal)
    send_order(order=draft, by=order_placer)
    with pytest.raises(Overtaken, match="Kari Nordmann sendte bestillingen"):
        send_order(order=draft, by=colleague)
    assert Order.objects.get().placer == order_placer


def test_a_letter_whose_task_was_lost_is_sent_later_and_once(draft, order_placer, approver):
    stranded(send_order(order=draft, by=order_placer), timedelta(minutes=10))
    for _round in range(2):
        send_stranded_letters()
    assert [letter.to for letter in mail.outbox] == [[approver.email]]
    assert not OrderLetter.objects.unsent().exists()


def test_letters_about_orders_that_do_not_leave_keep_no_notice_waiting(
    draft, arendal, order_placer, approver, monkeypatch
):
    stranded(send_order(order=draft, by=order_placer), timedelta(minutes=10))
    notice = make.notice(arendal, draft.service)
    message = NoticeMessage.objects.create(notice=notice, text="Vi leter.", at=timezone.now() - timedelta(minutes=10))
    NoticeLetter.objects.create(message=message, person=order_placer, channel="email")

    def send_mail(subject, body, sender, to):
        raise SMTPDataError(552, b"mailbox full")

    monkeypatch.setattr(order_letters, "send_mail", send_mail)
    with pytest.raises(SMTPDataError):
        send_stranded_letters()
    assert [letter.to for letter in mail.outbox] == [[order_placer.email]]


@pytest.mark.parametrize("age", [timedelta(minutes=1), timedelta(days=8)])
def test_a_letter_still_on_its_way_or_given_up_is_left_alone(draft, order_placer, approver, age):
    stranded(send_order(order=draft, by=order_placer), age)
    order_letters.send_stranded()
    assert mail.outbox == []


def stranded(order: Order, age: timedelta) -> None:
    OrderMove.objects.filter(order=order).update(at=timezone.now() - age)
