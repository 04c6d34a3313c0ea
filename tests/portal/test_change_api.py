"""Over REST, what changed months gone by: the figure before and after, why and by whom, to whom it belongs."""

from datetime import date

import pytest

from partnership.access import Role
from sla.models import ChangedFigure, Incident, Metric, Target
from sla.recalculation import recalculate
from tests import make
from tests.make import oslo
from tests.portal.test_api import bearer
from tests.sla.measured import BROKEN, HELD, reported

CHANGES = "/api/v1/changed-figures/"
NOW = oslo(2026, 10, 10, 12, 0)


@pytest.fixture
def email(arendal, grimstad):
    service = make.service("EPOST", "E-post")
    version = make.agreement((service, arendal), (service, grimstad), first=date(2026, 1, 1))
    Target.objects.create(
        version=version, metric=Metric.AVAILABILITY, wanted="0.995", good_enough="0.99", notice_days=3, pauses=False
    )
    return service


@pytest.fixture
def reader(arendal):
    return make.person("Kari Lie", Role.ORDER_PLACER, at=arendal)


@pytest.fixture
def august(email, arendal, grimstad, administrator):
    """One was solved in time in Arendal; then comes a file with one more that was not, there and in Grimstad."""
    reported(email, arendal, oslo(2026, 8, 4, 9), HELD)
    recalculate(as_of=NOW)
    late = [reported(email, place, oslo(2026, 8, 5, 9), BROKEN).pk for place in (arendal, grimstad)]
    recalculate(incidents=Incident.objects.filter(pk__in=late), as_of=NOW, by=administrator, cause="august.csv")


def test_a_municipality_reads_its_own_as_they_were_and_as_they_are(client, reader, august):
    solved, answered = sorted(
        client.get(CHANGES, headers=bearer(reader)).json()["results"], key=lambda one: one["metric"]
    )

    run = ChangedFigure.objects.first().run
    place = {"municipality": "4203", "service": "EPOST", "month": "2026-08", "priority": 3}
    story = {"run": run.pk, "cause": "august.csv", "by": "Ingrid Dahl"}
    assert solved.pop("calculated") == answered.pop("calculated")
    assert solved == place | story | {
        "metric": "resolution",
        "before": {"counted": 1, "met": 1, "wanted": "0.900000", "status": "on_target"},
        "after": {"counted": 2, "met": 1, "wanted": "0.900000", "status": "not_good_enough"},
    }
    assert (answered["metric"], answered["before"]["counted"], answered["after"]["counted"]) == ("response", 1, 2)


def test_what_a_machine_changed_has_no_name_and_what_was_not_measured_says_so(client, reader, email, arendal):
    recalculate(as_of=NOW)
    late = reported(email, arendal, oslo(2026, 8, 5, 9), HELD)
    recalculate(incidents=Incident.objects.filter(pk=late.pk), as_of=NOW, cause="servicedesk")

    told = client.get(CHANGES, headers=bearer(reader)).json()["results"]

    assert {(one["by"], one["before"]["status"], one["after"]["status"]) for one in told} == {
        (None, "not_measured", "on_target")
    }


def test_they_are_asked_for_by_calculation_and_by_what_they_are_figures_of(client, administrator, august):
    headers, run = bearer(administrator), ChangedFigure.objects.first().run_id

    def count(**query: object) -> int:
        return client.get(CHANGES, query, headers=headers).json()["count"]

    assert count() == 4
    assert (count(run=run), count(run=run + 1), count(run=10**30)) == (4, 0, 0)
    assert (count(municipality="4203"), count(service="EPOST"), count(service="SAK")) == (2, 4, 0)
    assert (count(month_from="2026-08-31"), count(month_to="2026-07-31"), count(metric="response")) == (4, 0, 2)
    assert (count(priority=3), count(priority=1)) == (4, 0)
    assert client.get(CHANGES, {"run": "siste"}, headers=headers).status_code == 400


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(client, reader, email, arendal, count, django_assert_num_queries):
    recalculate(as_of=NOW)
    late = [reported(email, arendal, oslo(2026, 8 - month, 5, 9), HELD).pk for month in range(count)]
    recalculate(incidents=Incident.objects.filter(pk__in=late), as_of=NOW)
    headers = bearer(reader)
    with django_assert_num_queries(4):
        assert client.get(CHANGES, headers=headers).json()["count"] == 2 * count
