"""An incident of another priority than it was reported with is judged by that, from when it was reported."""

from datetime import timedelta

import pytest

from partnership.access import Role
from sla.models import Clock, Incident, Metric
from sla.tasks import recalculate_incidents
from tests import make
from tests.make import oslo
from tests.portal.test_api import row, upsert

OPENED = oslo(2026, 9, 1, 8)
MINUTES = {1: (10, 60), 2: (60, 480)}


@pytest.fixture
def desk(arendal):
    return make.person("Servicedesk", Role.INTEGRATION, at=arendal)


@pytest.fixture
def sent(client, desk, version):
    """What the service desk sends, and what a worker then calculates."""
    for priority, (answer, solve) in MINUTES.items():
        targets = version.targets.filter(priority=priority)
        targets.filter(metric=Metric.RESPONSE).update(minutes=answer)
        targets.filter(metric=Metric.RESOLUTION).update(minutes=solve)

    def send(**fields) -> dict:
        answer = upsert(client, desk, row(pauses=[], **fields))
        assert answer.status_code == 200
        recalculate_incidents([Incident.objects.get().pk], desk.pk, "desk")
        clocks = Clock.objects.select_related("target")
        return {one.target.metric: (one.target.priority, one.due, one.met) for one in clocks}

    return send


def test_its_deadlines_are_reckoned_from_when_it_was_reported(sent):
    times = {"responded": "2026-09-01T08:20:00+02:00", "resolved": "2026-09-01T09:30:00+02:00"}
    assert sent(priority=2, **times) == {
        "response": (2, OPENED + timedelta(minutes=60), True),
        "resolution": (2, oslo(2026, 9, 2, 8, 15), True),
    }

    assert sent(priority=1, **times) == {
        "response": (1, OPENED + timedelta(minutes=10), False),
        "resolution": (1, OPENED + timedelta(minutes=60), False),
    }
    assert Incident.objects.get().opened == OPENED


def test_back_again_it_is_as_if_it_had_never_been_another(sent):
    solved = {"resolved": "2026-09-01T09:30:00+02:00"}
    before = sent(priority=2, **solved)
    assert before["resolution"] == (2, oslo(2026, 9, 2, 8, 15), True)
    sent(priority=1, **solved)
    assert sent(priority=2, **solved) == before


def test_of_a_priority_that_nothing_is_promised_of_no_clock_is_left(sent):
    assert set(sent(priority=2)) == {"response", "resolution"}
    assert sent(priority=5) == {}
