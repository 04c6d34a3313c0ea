import pytest

from partnership.access import Role
from services.models import Order
from tests import make, make_orders


@pytest.fixture
def service_manager(db):
    return make.person("Ola Berg", Role.SERVICE_MANAGER)


@pytest.fixture
def waiting(arendal, order_placer) -> Order:
    return make_orders.order(arendal, by=order_placer)
