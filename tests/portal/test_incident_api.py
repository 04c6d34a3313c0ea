"""Over REST from compliance to the incidents behind it."""

from datetime import datetime, timedelta

import pytest

from partnership.models import ApiToken
from sla.models import Clock, Incident, Pause
from sla.recalculation import recalculate
from tests import make
from tests.make import oslo


def bearer(user) -> dict[str, str]:
    _token, text = ApiToken.objects.create(user=user, name="Innsyn")
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def counted(arendal, grimstad):
    """Held and broken in the third quarter, one of them in October, one still undecided, and one without agreement."""
    mail, archive = make.service(), make.service("SAK", "Sak/arkiv")
    make.agreement((mail, arendal), (mail, grimstad))
    held, late = timedelta(hours=2), timedelta(days=9)
    for place, month, taking in [(arendal, 7, held), (arendal, 8, late), (grimstad, 8, held), (arendal, 10, late)]:
        opened = make.oslo(2026, month, 4, 9)
        make.incident(mail, place, opened, responded=opened + timedelta(minutes=20), resolved=opened + taking)
    make.incident(mail, arendal, make.oslo(2026, 11, 3, 15, 50))
    make.incident(archive, arendal, make.oslo(2026, 8, 4, 9))
    recalculate(as_of=make.oslo(2026, 11, 3, 15, 55))


def test_a_row_of_compliance_is_followed_to_its_incidents_with_the_same_words(client, administrator, counted):
    headers = bearer(administrator)

    def count(query: str) -> int:
        return client.get(f"/api/v1/incidents/?{query}", headers=headers).json()["count"]

    rows = client.get("/api/v1/compliance/", headers=headers).json()["results"]
    assert {(row["metric"], row["counted"] - row["met"]) for row in rows} == {
        ("response", 0), ("resolution", 0), ("resolution", 1)
    }  # fmt: skip
    for row in rows:
        words = ("municipality", "service", "metric", "priority")
        place = "&".join(f"{word}={row[word]}" for word in words)
        query = f"{place}&month_from={row['month']}&month_to={row['month']}"
        assert count(query) == row["counted"]
        assert count(f"{query}&deadline=held") == row["met"]
        assert count(f"{query}&deadline=broken") == row["counted"] - row["met"]


def test_what_is_asked_of_deadlines_is_asked_of_one_and_the_same(client, administrator, counted):
    headers = bearer(administrator)

    def found(**query: str) -> list[str]:
        rows = client.get("/api/v1/incidents/", query, headers=headers).json()["results"]
        return [row["opened"][:10] for row in rows]

    august = {"month_from": "2026-08-01", "month_to": "2026-08-31"}
    assert found(**august) == ["2026-08-04", "2026-08-04"]
    assert found(**august, metric="response", deadline="broken") == []
    assert found(**august, deadline="broken") == ["2026-08-04"]
    assert found(metric="response", deadline="broken") == ["2026-11-03"]
    assert found(metric="resolution", month_from="2026-09-01") == ["2026-10-04"]
    assert found(metric="response", deadline="none") == ["2026-08-04"]
    answer = client.get("/api/v1/incidents/", {"deadline": "lost", "month_from": "juli"}, headers=headers)
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"deadline", "month_from"})


@pytest.fixture
def freeze(monkeypatch):
    return lambda now: monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def deadlines(client, user) -> list[list[dict]]:
    rows = client.get("/api/v1/incidents/", headers=bearer(user)).json()["results"]
    return [row["deadlines"] for row in rows]


def instant(text: str | None) -> datetime | None:
    return text and datetime.fromisoformat(text)


def test_each_incident_tells_its_deadlines_and_how_they_stand(client, administrator, arendal, freeze):
    """One hour to answer and eight to solve, of days from eight to a quarter to four; one is warned at 75 per cent."""
    mail, archive = make.service(), make.service("SAK", "Sak/arkiv")
    make.agreement((mail, arendal))
    monday = oslo(2026, 9, 7, 8)
    make.incident(archive, arendal, monday)
    make.incident(mail, arendal, monday + timedelta(minutes=10), responded=monday + timedelta(minutes=20))
    waits = make.incident(mail, arendal, monday + timedelta(minutes=5))
    Pause.objects.create(incident=waits, started=monday + timedelta(minutes=30), reason="venter på kommunen")
    recalculate(as_of=monday + timedelta(minutes=50))

    freeze(monday + timedelta(minutes=55))
    running, held_up, none = deadlines(client, administrator)

    assert none == []
    assert [(one["metric"], one["state"]) for one in running] == [("resolution", "running"), ("response", "held")]
    assert instant(running[0]["due"]) == oslo(2026, 9, 8, 8, 25)
    assert instant(running[0]["at_risk_from"]) == oslo(2026, 9, 7, 14, 10)
    assert (running[1]["at_risk_from"], instant(running[1]["due"])) == (None, oslo(2026, 9, 7, 9, 10))
    assert [(one["metric"], one["state"]) for one in held_up] == [("resolution", "paused"), ("response", "soon")]
    assert held_up[0]["due"] is None
    freeze(oslo(2026, 9, 7, 9, 30))
    assert [one["state"] for one in deadlines(client, administrator)[1]] == ["paused", "broken"]


@pytest.mark.parametrize("count", [1, 3])
def test_deadlines_cost_one_query_a_page(client, administrator, arendal, count, django_assert_num_queries):
    mail = make.service()
    make.agreement((mail, arendal))
    for number in range(count):
        make.incident(mail, arendal, oslo(2026, 9, 1 + number, 8), resolved=oslo(2026, 9, 9, 9))
    recalculate()
    headers = bearer(administrator)
    with django_assert_num_queries(6):
        rows = client.get("/api/v1/incidents/", headers=headers).json()["results"]
    assert [len(row["deadlines"]) for row in rows] == [2] * count


def test_what_is_sent_of_deadlines_is_not_heard(client, administrator, arendal):
    """They are calculated: a system may send back what it read."""
    mail = make.service()
    make.agreement((mail, arendal))
    make.incident(mail, arendal, oslo(2026, 9, 1, 8), source="desk", external_id="1", priority=3)
    recalculate()
    (read,) = client.get("/api/v1/incidents/", headers=bearer(administrator)).json()["results"]
    sent = read | {"deadlines": [one | {"state": "held", "due": None} for one in read["deadlines"]]}

    answer = client.post(
        "/api/v1/incidents/upsert/", [sent], content_type="application/json", headers=bearer(administrator)
    )

    assert answer.json() == {"created": 0, "changed": 0, "unchanged": 1}
    assert not Clock.objects.filter(due=None).exists()
    assert Incident.objects.get().clocks.count() == 2
