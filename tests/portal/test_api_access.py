"""The REST door as every role: the same rows as on the pages, at home and abroad."""

import pytest

from partnership.access import Permission, Role, roles_with
from partnership.models import ApiToken
from sla.models import Incident
from tests import make
from tests.access.matrix import WIDE

PROMISED = ["agreements", "incidents", "compliance", "outages", "availability", "changed-figures"]
LISTS = ["municipalities", "services", *PROMISED]


@pytest.fixture
def mail(db):
    return make.service()


def held_by(role: Role, arendal) -> dict[str, str]:
    person = make.person("Rolle Rollesen", role, at=None if role in WIDE else arendal)
    _token, text = ApiToken.objects.create(user=person, name="Test")
    return {"Authorization": f"Bearer {text}"}


@pytest.mark.parametrize("role", Role)
def test_every_role_reads_the_lists(client, arendal, role: Role):
    headers = held_by(role, arendal)
    assert {client.get(f"/api/v1/{name}/", headers=headers).status_code for name in LISTS} == {200}


@pytest.mark.parametrize("role", Role)
def test_a_foreign_incident_exists_only_for_those_who_see_the_whole_partnership(
    client, arendal, grimstad, mail, role: Role
):
    own, foreign = (make.incident(mail, owner, make.oslo(2026, 9, 1, 8)) for owner in (arendal, grimstad))
    headers = held_by(role, arendal)
    statuses = [client.get(f"/api/v1/incidents/{row.pk}/", headers=headers).status_code for row in (own, foreign)]
    assert statuses == [200, 200 if role in WIDE else 404]


@pytest.mark.parametrize("role", Role)
def test_only_those_who_import_incidents_may_write_them(client, arendal, mail, role: Role):
    row = {
        "source": "desk",
        "external_id": "1",
        "municipality": "4203",
        "service": mail.code,
        "priority": 2,
        "opened": "2026-09-01T08:00:00+02:00",
    }
    headers = held_by(role, arendal)
    answer = client.post("/api/v1/incidents/upsert/", [row], content_type="application/json", headers=headers)
    may = role in roles_with(Permission.IMPORT_INCIDENTS)
    assert (answer.status_code, Incident.objects.count()) == ((200, 1) if may else (403, 0))


@pytest.mark.parametrize("role", Role)
def test_only_those_who_import_incidents_may_write_outages_and_only_where_they_may(
    client, arendal, grimstad, mail, role: Role
):
    headers = held_by(role, arendal)
    may, everywhere = role in roles_with(Permission.IMPORT_INCIDENTS), role in WIDE
    statuses = []
    for number, municipality in enumerate(("4203", "4202", None)):
        row = {
            "source": "monitor",
            "external_id": str(number),
            "started": "2026-09-01T08:00:00+02:00",
            "reach": [{"service": mail.code, "municipality": municipality}],
        }
        answer = client.post("/api/v1/outages/upsert/", [row], content_type="application/json", headers=headers)
        statuses.append(answer.status_code)
    assert statuses == ([200] * 3 if may and everywhere else [403] * 3)


def test_a_person_without_a_role_finds_nothing(client, stranger, arendal, mail):
    make.incident(mail, arendal, make.oslo(2026, 9, 1, 8))
    _token, text = ApiToken.objects.create(user=stranger, name="Test")
    headers = {"Authorization": f"Bearer {text}"}
    counts = {name: client.get(f"/api/v1/{name}/", headers=headers).json()["count"] for name in LISTS[1:]}
    assert counts == dict.fromkeys(LISTS[1:], 0)
