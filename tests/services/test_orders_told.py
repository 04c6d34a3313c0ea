"""Who is told of an order: letters, what waits for whom, lists and files."""

from datetime import timedelta
from smtplib import SMTPDataError

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partnership.models import LanguageForm
from services import order_letters
from services.actions.orders import (
    move_order,
    send_order,
)
from services.models import Order, OrderLetter
from services.treatments import Act, State
from services.waiting import find_orders, late_orders, order_counts, orders_waiting_for
from tests import make, make_orders
from tests.swaps import assert_swap_equals_reload

LIST = reverse("services:order-list")
WRITTEN = {"quantity": 2, "wished_on": None, "description": "To skjermer", "unit": "Skole", "account": "1310"}


def step(order: Order, act: str) -> str:
    return reverse("services:order-move", args=[order.pk, act])


def test_each_move_is_written_to_who_must_act_and_to_the_placer(arendal, order_placer, approver, service_manager):
    draft = make_orders.order(arendal, State.DRAFT, by=order_placer)
    order = send_order(order=draft, by=order_placer)
    assert told(order) == [approver]
    order = move_order(order=order, act=Act.APPROVE, by=approver)
    assert told(order) == sorted([order_placer, service_manager], key=lambda one: one.pk)


def told(order: Order) -> list:
    return [letter.person for letter in OrderLetter.objects.filter(move=order.moves.last()).order_by("person")]


def test_a_letter_is_in_its_readers_language_and_leaves_once(arendal, order_placer, approver):
    approver.language = LanguageForm.NYNORSK
    approver.save()
    order = send_order(order=make_orders.order(arendal, State.DRAFT, by=order_placer), by=order_placer)
    for _time in range(2):
        order_letters.send_all(order.pk)
    [letter] = mail.outbox
    assert letter.to == [approver.email]
    assert letter.subject == f"{order.number} PC-arbeidsplass: sendt, ventar på deg"
    assert "Kari Nordmann sende bestillinga" in letter.body


def test_a_letter_that_does_not_leave_keeps_no_other_waiting(
    arendal, order_placer, approver, service_manager, monkeypatch
):
    order = send_order(order=make_orders.order(arendal, State.DRAFT, by=order_placer), by=order_placer)
    order = move_order(order=order, act=Act.APPROVE, by=approver)
    refused, reached = [approver.email], []

    def send_mail(subject, body, sender, to):
        if to == refused:
            raise SMTPDataError(552, b"mailbox full")
        reached.extend(to)

    monkeypatch.setattr(order_letters, "send_mail", send_mail)
    with pytest.raises(SMTPDataError):
        order_letters.send_all(order.pk)
    assert sorted(reached) == sorted([order_placer.email, service_manager.email])


def test_a_home_is_told_what_waits_for_whom(arendal, grimstad, order_placer, approver, service_manager):
    waiting = make_orders.order(arendal, by=order_placer)
    make_orders.order(grimstad)
    working, delivered = (make_orders.order(arendal, state) for state in (State.WORKING, State.DELIVERED))
    tasks = {who: orders_waiting_for(who) for who in (approver, service_manager, order_placer)}
    assert [[task.order for task in found] for found in tasks.values()] == [[waiting], [working], [delivered]]
    assert [found[0].action for found in tasks.values()] == ["Godkjenn", "Si at den er levert", "Bekreft mottak"]


def test_late_orders_are_counted_and_found(arendal, grimstad, order_placer, service_manager):
    late = make_orders.order(arendal, State.WORKING)
    make_orders.order(grimstad, State.WORKING)
    Order.objects.filter(pk=late.pk).update(promised_on=timezone.localdate() - timedelta(days=1))
    assert late_orders(order_placer) == [late]
    counts = order_counts(service_manager)
    assert (counts.open, counts.desk, counts.late, counts.waiting) == (2, 2, 1, 2)
    assert find_orders(order_placer, late.number) == [late]
    assert find_orders(order_placer, "") == []


@pytest.mark.parametrize("rows", [1, 3])
def test_order_list_asks_as_much_whatever_its_length(client, arendal, approver, rows, django_assert_num_queries):
    for _number in range(rows):
        make_orders.order(arendal)
    client.force_login(approver)
    with django_assert_num_queries(8):
        assert client.get(f"{LIST}?show=waiting").status_code == 200


def test_order_list_swapped_equals_reloaded(client, waiting, order_placer):
    client.force_login(order_placer)
    assert_swap_equals_reload(client, f"{LIST}?show=all&q={waiting.number}")


def test_order_list_as_a_file_says_it_in_words(client, waiting, order_placer):
    client.force_login(order_placer)
    lines = b"".join(client.get(f"{LIST}?format=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(f"{waiting.number};PC-arbeidsplass;Arendal;Kari Nordmann;1;venter på godkjenning;")


def test_order_start_finds_as_one_types(client, order_placer):
    make.service("PC", "PC-arbeidsplass")
    make.service("TLF", "Telefoni")
    client.force_login(order_placer)
    part = assert_swap_equals_reload(client, reverse("services:order-start") + "?q=telef")
    assert ("Telefoni" in part, "PC-arbeidsplass" in part) == (True, False)
