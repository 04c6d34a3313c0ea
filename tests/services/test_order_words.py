"""An order told to its reader: whoever it waits for is «deg», and never her own name."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from partnership.access import Role
from portal.search import search
from services.actions.orders import Overtaken, move_order
from services.models import Order
from services.order_words import after_wish, next_step, state_words
from services.treatments import Act, State
from tests import make, make_orders


@pytest.fixture
def waiting(arendal, order_placer) -> Order:
    return make_orders.order(arendal, by=order_placer)


@pytest.fixture
def jon(arendal):
    return make.person("Jon Lie", Role.APPROVER, at=arendal)


def test_an_approver_is_told_that_an_order_waits_for_her_and_others_for_whom(waiting, order_placer, approver):
    told = [next_step(waiting, who).partition(" siden ")[0] for who in (approver, order_placer)]
    assert told == ["Venter på deg", "Venter på Anne Gro Haugen"]
    assert [state_words(waiting, who) for who in (approver, order_placer)] == [
        "sendt, venter på deg",
        "venter på godkjenning",
    ]


def test_the_reader_stands_before_the_others_that_may_approve(waiting, approver, jon):
    assert next_step(waiting, jon).startswith("Venter på deg eller Anne Gro Haugen siden ")


def test_one_approver_of_many_is_told_so_without_a_row_of_names(waiting, arendal, jon):
    for name in ("Anne Gro Haugen", "Else Vik", "Rune Dal"):
        make.person(name, Role.APPROVER, at=arendal)
    assert next_step(waiting, jon).startswith("Venter på deg eller en annen godkjenner i Arendal siden ")


def test_whoever_placed_an_order_never_reads_that_it_waits_for_her_approval(waiting, arendal, order_placer):
    make.grant(order_placer, Role.APPROVER, at=arendal)
    del order_placer.current_grants
    assert state_words(waiting, order_placer) == "venter på godkjenning"
    assert next_step(waiting, order_placer).startswith("Venter på en godkjenner i Arendal siden ")


def test_receipt_waits_for_the_placer_herself_and_for_her_municipality_to_others(arendal, order_placer, administrator):
    order = make_orders.order(arendal, State.DELIVERED, by=order_placer)
    told = [next_step(order, who).partition(", siden ")[0] for who in (order_placer, administrator)]
    assert told == ["Levert. Venter på at du bekrefter mottak", "Levert. Venter på at Arendal bekrefter mottak"]


@pytest.mark.parametrize(
    ("language", "words", "since"), [("nb", "Venter på deg", "siden"), ("nn", "Ventar på deg", "sidan")]
)
def test_the_approvers_own_page_and_list_say_you(client, waiting, approver, language, words, since):
    approver.language = language
    approver.save()
    client.force_login(approver)
    page = client.get(reverse("services:order-detail", args=[waiting.pk])).content.decode()
    assert f'<p class="section">{words} {since} ' in page
    assert f", {words.lower()}" in client.get(reverse("services:order-list")).content.decode()


def test_search_says_you_too(waiting, approver):
    [found] = search(approver, waiting.number)
    assert found.hits[0].detail.endswith("sendt, venter på deg")


def test_who_comes_second_reads_where_the_order_stands_for_her(arendal, administrator):
    order = make_orders.order(arendal, State.DELIVERED)
    with pytest.raises(Overtaken, match="Bestillingen er nå: levert, venter på mottak"):
        move_order(order=order, act=Act.DELIVER, by=administrator)


def test_a_wish_that_cannot_be_met_is_told_in_days():
    wished = date(2026, 12, 3)
    with translation.override("en"):
        assert [after_wish(wished, wished + timedelta(days)) for days in (-1, 0, 1, 5)] == [
            "",
            "",
            "1 day after the wished date.",
            "5 days after the wished date.",
        ]
        assert after_wish(None, wished) == ""


def test_the_last_look_at_an_order_tells_of_the_wish_and_of_what_is_agreed(client, arendal, order_placer):
    order = make_orders.order(arendal, State.DRAFT, by=order_placer)
    order.service.delivery_days = 5
    order.service.save()
    order.wished_on = date(2026, 1, 1)
    order.save()
    client.force_login(order_placer)
    page = client.get(reverse("services:order-check", args=[order.pk]))
    assert page.context["after_wish"] != ""
    assert page.context["after_wish"] in page.content.decode()
    assert "Leveres normalt innen 5 virkedager etter godkjenning." in page.content.decode()


def test_the_list_of_what_can_be_ordered_says_what_the_days_are(client, order_placer):
    make.service(delivery_days=5)
    order_placer.language = "en"
    order_placer.save()
    client.force_login(order_placer)
    page = client.get(reverse("services:order-start")).content.decode()
    assert page.count("Normally delivered within 5 working days") == 1
