"""What a report says of orders: exact, by the day, judged by the date first promised."""

from decimal import Decimal

import pytest

from kit.quarters import Quarter
from services.models import Order
from services.reporting import OrderFigures, orders_of_quarter
from services.treatments import State
from tests import make, make_orders

QUARTER = Quarter(2026, 3)


def delivered(at, sent: int, done: int, promised: int) -> None:
    order = make_orders.order(at, State.DONE)
    Order.objects.filter(pk=order.pk).update(
        sent_at=make.oslo(2026, 9, sent, 9),
        delivered_at=make.oslo(2026, 9, done, 14),
        first_promised_on=make.oslo(2026, 9, promised).date(),
    )


def test_a_quarter_counts_what_was_placed_and_delivered_in_it(arendal, grimstad):
    delivered(arendal, 1, 3, 4)
    delivered(arendal, 1, 8, 4)
    delivered(grimstad, 1, 7, 7)
    make_orders.order(grimstad)
    told = orders_of_quarter(QUARTER)
    assert told.now == OrderFigures(placed=3, delivered=3, on_time=2, late=1, lead_days=Decimal(4))
    assert [(row.name, row.figures.placed, row.figures.late) for row in told.by_owner] == [
        ("Arendal", 2, 1),
        ("Grimstad", 1, 0),
    ]
    assert [row.figures.delivered for row in told.by_group if row.group == "drift"] == [3]
    assert (len(told.series), told.quarters[-1]) == (8, "2026Q3")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_quarter_asks_as_much_whatever_it_holds(arendal, rows, django_assert_num_queries):
    for _row in range(rows):
        delivered(arendal, 1, 3, 4)
    with django_assert_num_queries(1):
        orders_of_quarter(QUARTER)


def test_nothing_delivered_has_no_lead_time(db):
    assert orders_of_quarter(QUARTER).now == OrderFigures(0, 0, 0, 0, None)
