"""Two people who act on one order at once: one winner, and one clear message."""

from uuid import uuid4

import pytest

from partnership.access import Role
from partnership.models import Organisation, OrganisationKind
from services.actions.orders import Overtaken, move_order, save_draft, send_order
from services.models import Order
from services.treatments import Act
from tests import make, make_orders
from tests.together import at_once

WRITTEN = {"quantity": 2, "wished_on": None, "description": "To skjermer", "unit": "Skole", "account": "1310"}


@pytest.fixture
def harbour(transactional_db) -> Organisation:
    """No municipality, as the register does not outlive a test that commits."""
    return Organisation.objects.create(kind=OrganisationKind.OTHER, name="Havna")


def test_two_approvers_at_once_get_one_winner_and_one_clear_message(harbour):
    order = make_orders.order(harbour)
    people = [make.person(name, Role.APPROVER, at=harbour) for name in ("Anne Gro Haugen", "Jon Lie")]
    answers = at_once(*(lambda one=one: move_order(order=order, act=Act.APPROVE, by=one) for one in people))
    [lost] = [answer for answer in answers if isinstance(answer, Overtaken)]
    assert "godkjente bestillingen kl." in str(lost)
    assert order.moves.filter(act=Act.APPROVE).count() == 1


def test_a_double_submit_in_two_connections_makes_one_order(harbour):
    placer, service, token = make.person("Kari Nilsen", Role.ORDER_PLACER, at=harbour), make.service(), uuid4()

    def submit() -> Order:
        draft = save_draft(organisation=harbour, service=service, token=token, by=placer, **WRITTEN)
        return send_order(order=draft, by=placer)

    answers = at_once(submit, submit)
    assert {answer.number for answer in answers} == {Order.objects.get().number}
    assert Order.objects.get().moves.count() == 1
