"""A figure explained as JSON: the same as the pages say, to the second."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from partnership.access import Role
from sla.actions.outages import save_outages
from sla.models import Metric, OutageKind, Pause, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from tests import make
from tests.make import oslo
from tests.portal.test_api import bearer


@pytest.fixture
def email(arendal, grimstad):
    return make.service("EPOST", "E-post")


@pytest.fixture
def version(email, arendal, grimstad):
    version = make.agreement((email, arendal), (email, grimstad), first=date(2026, 1, 1))
    Target.objects.create(
        version=version, metric=Metric.AVAILABILITY, wanted="0.995", good_enough="0.99", notice_days=3, pauses=False
    )
    return version


@pytest.fixture
def reader(arendal):
    return make.person("Kari Lie", Role.ORDER_PLACER, at=arendal)


def test_a_deadline_is_told_span_by_span(client, reader, version, email, arendal):
    opened = oslo(2026, 4, 1, 14)
    one = make.incident(email, arendal, opened, responded=opened + timedelta(minutes=5), resolved=oslo(2026, 4, 7, 10))
    Pause.objects.create(
        incident=one, started=oslo(2026, 4, 1, 15), ended=oslo(2026, 4, 7, 9), reason="Awaiting User Info"
    )
    recalculate()

    listed = client.get("/api/v1/incidents/", headers=bearer(reader)).json()["results"]
    assert [row["id"] for row in listed] == [one.pk]
    solved, answered = client.get(f"/api/v1/incidents/{one.pk}/explanation/", headers=bearer(reader)).json()

    assert (answered["metric"], answered["met"], answered["worked_seconds"]) == ("response", True, 300)
    assert (solved["agreement"], solved["version"], solved["calendar_version"]) == ("Driftsavtalen", 1, 1)
    assert solved["allowed_seconds"] == 8 * 3600
    assert sum(step["seconds"] for step in solved["steps"] if step["what"] == "counted") == solved["worked_seconds"]
    assert sum(step["seconds"] for step in solved["steps"] if step["what"] == "paused") == solved["paused_seconds"]
    assert {step["reason"] for step in solved["steps"] if step["what"] == "paused"} == {"Awaiting User Info"}
    assert solved["steps"][-1]["total_seconds"] == solved["worked_seconds"] == 2 * 3600
    assert (solved["counts_in"], solved["met"]) == ("2026-04-01", True)


def test_an_incident_of_another_municipality_is_not_explained(client, reader, version, email, grimstad):
    one = make.incident(email, grimstad, oslo(2026, 4, 1, 14))
    assert client.get(f"/api/v1/incidents/{one.pk}/explanation/", headers=bearer(reader)).status_code == 404


def test_an_incident_without_a_promise_is_explained_by_nothing(client, reader, email, arendal):
    one = make.incident(email, arendal, oslo(2026, 4, 1, 14))
    assert client.get(f"/api/v1/incidents/{one.pk}/explanation/", headers=bearer(reader)).json() == []


ASKED = {"service": "EPOST", "municipality": "4203", "month": "2026-04"}


def test_availability_is_told_outage_by_outage(client, reader, version, email, arendal, grimstad):
    day = oslo(2026, 4, 7, 9)
    reports = [
        Report(source="a", external_id="1", hits=[Hit(email, arendal)], started=day, ended=day + timedelta(hours=2)),
        Report(
            source="a",
            external_id="2",
            hits=[Hit(email, None)],
            started=day + timedelta(hours=1),
            ended=day + timedelta(hours=3),
            kind=OutageKind.PLANNED,
            notified=day,
        ),
        Report(source="a", external_id="3", hits=[Hit(email, grimstad)], started=day, ended=day + timedelta(hours=5)),
    ]
    save_outages(reports=reports, by=None)
    recalculate()

    told = client.get("/api/v1/availability/explanation/", ASKED, headers=bearer(reader)).json()

    assert (told["down_seconds"], told["planned_seconds"], told["times_down"]) == (3 * 3600, 0, 1)
    assert [(one["external_id"], one["is_late"], one["seconds"]) for one in told["outages"]] == [
        ("1", False, 7200),
        ("2", True, 7200),
    ]
    agreed = told["agreed_seconds"]
    assert told["availability"] == f"{(agreed - 3 * 3600) * 10_000 // agreed / 100:.2f}"


def test_availability_is_told_from_every_side_of_the_same_time(client, reader, version, email, arendal):
    """September 2026 has 22 working days of 27 900 s, and two hours of planned work: 606 600 s are promised, and
    2 584 800 by the wall. Down for half the users 3 600 + 3 600 s over a night of 65 700 s, and for all for 1 800 s.
    """
    times = {
        "1": (oslo(2026, 9, 1, 14, 45), oslo(2026, 9, 2, 9)),
        "2": (oslo(2026, 9, 4, 10), oslo(2026, 9, 4, 10, 30)),
        "3": (oslo(2026, 9, 7, 8), oslo(2026, 9, 7, 10)),
    }
    reports = [
        Report(
            source="a",
            external_id=number,
            hits=[Hit(email, arendal, Decimal("0.5") if number == "1" else Decimal(1))],
            started=started,
            ended=ended,
            kind=OutageKind.PLANNED if number == "3" else OutageKind.UNPLANNED,
        )
        for number, (started, ended) in times.items()
    ]
    save_outages(reports=reports, by=None)

    told = client.get("/api/v1/availability/explanation/", ASKED | {"month": "2026-09"}, headers=bearer(reader)).json()

    assert (told["agreed_seconds"], told["planned_seconds"], told["down_seconds"]) == (613_800, 7_200, 9_000)
    shares = (told["availability"], told["weighted"], told["around_the_clock"])
    assert shares == ("98.51", "99.10", "97.38")  # 98,5163...; 601 200 of 606 600; 2 517 300 of 2 584 800
    assert (told["times_down"], told["longest_seconds"]) == (2, 7_200)
    assert (told["mean_seconds_to_restore"], told["mean_seconds_between_failures"]) == (4_500, 298_800)
    assert told["budget_left_seconds"] == 597_600 - 603_567
    assert told["status"] == "not_good_enough"
    assert told["targets"] == [
        {
            "agreement": "Driftsavtalen",
            "version": 1,
            "resolution": "",
            "wanted": "0.995000",
            "good_enough": "0.990000",
            "notice_days": 3,
        }
    ]
    assert told["calendars"] == [str(version.calendar.versions.get())]
    assert told["chain"] is None


def test_what_never_went_down_has_no_mean_times(client, reader, version):
    recalculate()
    told = client.get("/api/v1/availability/explanation/", ASKED, headers=bearer(reader)).json()
    assert (told["availability"], told["status"], told["outages"]) == ("100.00", "on_target", [])
    assert (told["times_down"], told["longest_seconds"]) == (0, 0)
    assert (told["mean_seconds_to_restore"], told["mean_seconds_between_failures"]) == (None, None)


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"month": "april"}, 400, "Skriv måneden som 2026-04."),
        ({"service": "FINS-IKKE"}, 400, "FINS-IKKE"),
        ({"municipality": "4202"}, 400, "4202"),
        ({"month": "2020-01"}, 404, ""),
    ],
)
def test_what_cannot_be_explained_is_a_problem(client, reader, version, changes, status, words):
    recalculate()
    headers = bearer(reader) | {"Accept-Language": "nb"}
    answer = client.get("/api/v1/availability/explanation/", ASKED | changes, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert words in answer.content.decode()
