"""Orders at the REST door: placed once, moved as on the pages, told apart from other municipalities'."""

from uuid import uuid4

import pytest

from partnership.models import ApiToken
from services.models import Order
from services.treatments import State
from tests import make, make_orders

ORDERS = "/api/v1/orders/"


def bearer(user) -> dict[str, str]:
    _token, text = ApiToken.objects.create(user=user, name="Bestillingssystem")
    return {"Authorization": f"Bearer {text}"}


def post(client, user, url: str, data=None):
    return client.post(url, data or {}, content_type="application/json", headers=bearer(user))


def asked(**fields):
    return {"key": str(uuid4()), "municipality": "4203", "service": "PC", "description": "Ny PC"} | fields


def test_an_order_is_placed_and_sent_and_the_same_key_places_no_other(client, order_placer):
    make.service("PC", "PC")
    data = asked()
    answers = [post(client, order_placer, ORDERS, data) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert {answer.json()["number"] for answer in answers} == {Order.objects.get().number}
    assert answers[0].json()["state"] == "waiting"


def test_the_same_key_with_other_answers_gets_409_and_changes_nothing(client, order_placer):
    make.service("PC", "PC")
    data = asked(quantity=2)
    number = post(client, order_placer, ORDERS, data).json()["number"]
    answer = post(client, order_placer, ORDERS, data | {"quantity": 3})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:fellesgrep:problem:overtaken")
    assert number in answer.json()["title"]
    assert Order.objects.get().quantity == 2


def test_bad_answers_are_named_field_by_field(client, order_placer, grimstad):
    answer = post(client, order_placer, ORDERS, asked(municipality="4202", quantity=0))
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert set(answer.json()["errors"]) == {"municipality", "service", "quantity"}


def test_an_approver_places_no_orders(client, approver):
    make.service("PC", "PC")
    assert post(client, approver, ORDERS, asked()).status_code == 403


def test_an_order_is_moved_and_who_comes_second_gets_409_with_words(client, arendal, approver):
    order = make_orders.order(arendal)
    url = f"{ORDERS}{order.number}/moves/approve/"
    assert post(client, approver, url).json()["state"] == "approved"
    answer = post(client, approver, url)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:fellesgrep:problem:overtaken")
    assert "Anne Gro Haugen godkjente bestillingen" in answer.json()["title"]


def test_a_comment_and_a_missing_reason(client, arendal, approver):
    order = make_orders.order(arendal)
    url = f"{ORDERS}{order.number}/moves/"
    assert (
        post(client, approver, f"{url}comment/", {"note": "Haster det?"}).json()["moves"][-1]["note"] == "Haster det?"
    )
    answer = post(client, approver, f"{url}reject/")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["note"])
    assert post(client, approver, f"{url}explode/").status_code == 404


def test_a_foreign_order_and_a_draft_do_not_exist(client, grimstad, arendal, order_placer):
    foreign = make_orders.order(grimstad)
    make_orders.order(arendal, State.DRAFT, by=order_placer)
    headers = bearer(order_placer)
    assert client.get(f"{ORDERS}{foreign.number}/", headers=headers).status_code == 404
    assert client.get(ORDERS, headers=headers).json()["count"] == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_queries_at_any_length(client, arendal, approver, rows, django_assert_num_queries):
    for _row in range(rows):
        make_orders.order(arendal)
    headers = bearer(approver)
    with django_assert_num_queries(6):
        assert client.get(ORDERS, headers=headers).status_code == 200
