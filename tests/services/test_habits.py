"""What an order-placer orders most is one tap from home."""

from datetime import timedelta

import pytest
from django.utils import timezone

from services.habits import often_ordered
from services.models import Order, Service, Stage
from services.treatments import State
from tests import make, make_orders


@pytest.fixture
def ordered(arendal, grimstad, order_placer) -> dict[str, Service]:
    """In Arendal telephones twice and a PC once; in Grimstad e-mail thrice."""
    services = {
        code: make.service(code, name) for code, name in (("PC", "PC"), ("TLF", "Telefoni"), ("EPOST", "E-post"))
    }
    for place, code, times in ((arendal, "PC", 1), (arendal, "TLF", 2), (grimstad, "EPOST", 3)):
        for _time in range(times):
            make_orders.order(place, service=services[code])
    return services


def names(user, most: int = 3) -> list[str]:
    return [service.name for service in often_ordered(user, most=most)]


def test_what_her_own_municipality_orders_most_comes_first_and_then_the_rest_by_name(ordered, order_placer):
    assert names(order_placer) == ["Telefoni", "PC", "E-post"]
    assert names(order_placer, most=1) == ["Telefoni"]


def test_a_draft_and_what_was_ordered_long_ago_do_not_count(ordered, arendal, order_placer):
    Order.objects.filter(service=ordered["TLF"]).update(sent_at=timezone.now() - timedelta(days=400))
    make_orders.order(arendal, State.DRAFT, service=ordered["EPOST"])
    assert names(order_placer) == ["PC", "E-post", "Telefoni"]


def test_what_can_no_longer_be_ordered_is_left_out(ordered, order_placer):
    Service.objects.filter(code="TLF").update(stage=Stage.CLOSED)
    assert names(order_placer) == ["PC", "E-post"]
