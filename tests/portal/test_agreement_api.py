"""Agreements as machines read them: what was promised, and by which opening hours."""

from datetime import date

import pytest

from partnership.access import Role
from services.models import ServiceCalendar
from sla.models import AgreementVersion, Metric
from tests import make
from tests.portal.test_api import bearer
from tests.sla.winter import ALWAYS

AGREEMENTS = "/api/v1/agreements/"


@pytest.fixture
def reader(arendal):
    return make.person("Kari Lie", Role.ORDER_PLACER, at=arendal)


def around_the_clock(version: AgreementVersion, name: str) -> ServiceCalendar:
    """Priority 1 is to be solved by hours of its own."""
    always = make.calendar(name, weekly=ALWAYS, has_public_holidays=False)
    version.targets.filter(metric=Metric.RESOLUTION, priority=1).update(calendar=always)
    return always


def test_a_target_tells_the_hours_of_its_own_and_its_version_those_of_the_others(client, reader, arendal):
    around_the_clock(make.agreement((make.service(), arendal), first=date(2026, 1, 1)), "Døgnet")

    (agreement,) = client.get(AGREEMENTS, headers=bearer(reader)).json()["results"]

    (version,) = agreement["versions"]
    assert version["calendar"] == "Kontortid, Driftsavtalen"
    own = {(one["metric"], one["priority"]): one["calendar"] for one in version["targets"] if one["calendar"]}
    assert (len(version["targets"]), own) == (8, {("resolution", 1): "Døgnet"})


@pytest.mark.parametrize("count", [1, 3])
def test_hours_of_targets_cost_no_queries_of_their_own(client, reader, arendal, count, django_assert_num_queries):
    for number in range(count):
        version = make.agreement((make.service(f"T{number}"), arendal), name=f"Avtale {number}")
        around_the_clock(version, f"Døgnet {number}")
    headers = bearer(reader)
    with django_assert_num_queries(8):
        assert client.get(AGREEMENTS, headers=headers).json()["count"] == count
