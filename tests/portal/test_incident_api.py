"""Over REST from compliance to the incidents behind it."""

from datetime import timedelta

import pytest

from partnership.models import ApiToken
from sla.recalculation import recalculate
from tests import make


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
        query = f"{place}&month_from={row['month']}-15&month_to={row['month']}-15"
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
