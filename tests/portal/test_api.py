"""The REST door: tokens, problem documents, the same rows as the pages."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from rest_framework.throttling import UserRateThrottle

from partnership.access import Role
from partnership.models import ApiToken
from portal.pages import Pages
from sla.models import Incident
from sla.recalculation import recalculate
from tests import make

UPSERT = "/api/v1/incidents/upsert/"


@pytest.fixture
def integration(arendal):
    return make.person("Servicedesk", Role.INTEGRATION, at=arendal)


def bearer(user, **fields) -> dict[str, str]:
    _token, text = ApiToken.objects.create(user=user, name="Servicedesk", **fields)
    return {"Authorization": f"Bearer {text}"}


def row(**fields):
    return {
        "source": "desk",
        "external_id": "1",
        "municipality": "4203",
        "service": "EPOST",
        "priority": 2,
        "title": "Får ikke sendt e-post",
        "opened": "2026-09-01T08:00:00+02:00",
        "pauses": [{"started": "2026-09-01T09:00:00+02:00", "ended": None, "reason": "venter på kommunen"}],
    } | fields


def upsert(client, user, *rows):
    return client.post(UPSERT, list(rows), content_type="application/json", headers=bearer(user))


def test_without_a_token_the_door_is_closed_with_a_problem_document(client, db):
    answer = client.get("/api/v1/services/")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 401


@pytest.mark.parametrize("token", ["æøå", "0" * 64, "zz"])
def test_what_is_no_token_is_refused(client, db, token):
    cut = f"Bearer {token}".encode().decode("latin-1")[:-1]
    assert client.get("/api/v1/services/", headers={"Authorization": cut}).status_code == 401


def test_a_session_does_not_open_the_rest_door(client, administrator):
    client.force_login(administrator)
    assert client.get("/api/v1/services/").status_code == 401


@pytest.mark.parametrize("expiry", [timedelta(seconds=-1), timedelta(days=-400)])
def test_an_expired_token_is_refused(client, integration, expiry):
    assert client.get("/api/v1/services/", headers=bearer(integration, expiry=expiry)).status_code == 401


def test_a_revoked_token_is_refused(client, integration):
    headers = bearer(integration)
    assert client.get("/api/v1/services/", headers=headers).status_code == 200
    ApiToken.objects.all().delete()
    assert client.get("/api/v1/services/", headers=headers).status_code == 401


def test_a_token_is_hashed_at_rest(integration):
    _token, text = ApiToken.objects.create(user=integration, name="Servicedesk")
    assert text not in str(ApiToken.objects.values().get())
    assert ApiToken.objects.get().expiry > timezone.now()


def test_the_register_has_all_municipalities(client, integration):
    page = client.get("/api/v1/municipalities/?limit=1", headers=bearer(integration)).json()
    assert page["count"] == 357


def test_a_page_of_a_list_has_at_most_a_thousand_rows(client, integration, arendal, monkeypatch):
    monkeypatch.setattr(Pages, "max_limit", 2)
    page = client.get("/api/v1/municipalities/?limit=100000", headers=bearer(integration)).json()
    assert (page["count"], len(page["results"])) == (357, 2)


def test_incidents_are_created_changed_and_left_alone(client, integration):
    make.service()
    assert upsert(client, integration, row()).json() == {"created": 1, "changed": 0, "unchanged": 0}
    assert upsert(client, integration, row()).json() == {"created": 0, "changed": 0, "unchanged": 1}
    late = row(resolved="2026-09-02T08:00:00+02:00", pauses=[])
    assert upsert(client, integration, late).json() == {"created": 0, "changed": 1, "unchanged": 0}
    incident = Incident.objects.get()
    assert (incident.resolved, incident.pauses.count()) == (make.oslo(2026, 9, 2, 8), 0)


def test_the_same_rows_again_leave_no_trace_in_the_history(client, integration):
    make.service()
    upsert(client, integration, row())
    events = Incident.pgh_event_models  # type: ignore[attr-defined]
    before = {name: model.objects.count() for name, model in events.items()}
    upsert(client, integration, row())
    assert {name: model.objects.count() for name, model in events.items()} == before


def test_one_bad_row_saves_none_and_names_the_field(client, integration):
    make.service()
    answer = upsert(client, integration, row(), row(external_id="2", priority=9, service="FAKS"))
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]["1"]) == ["service", "priority"]
    assert Incident.objects.count() == 0


def test_an_incident_solved_before_it_was_reported_is_refused(client, integration):
    make.service()
    answer = upsert(client, integration, row(resolved="2026-08-31T08:00:00+02:00"))
    assert list(answer.json()["errors"]["0"]) == ["resolved"]


def test_a_foreign_municipality_does_not_exist_for_an_integration(client, integration, grimstad):
    make.service()
    answer = upsert(client, integration, row(municipality="4202"))
    assert list(answer.json()["errors"]["0"]) == ["municipality"]


def test_an_integration_cannot_take_over_an_incident_of_another_municipality(client, integration, grimstad):
    theirs = make.incident(make.service(), grimstad, make.oslo(2026, 9, 1, 8), source="desk", external_id="1")
    answer = upsert(client, integration, row(external_id="2"), row())
    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/problem+json")
    assert list(Incident.objects.values_list("pk", "organisation")) == [(theirs.pk, grimstad.pk)]


def test_a_reader_may_not_write(client, order_placer):
    make.service()
    assert upsert(client, order_placer, row()).status_code == 403


@pytest.mark.parametrize("path", ["incidents", "agreements", "compliance"])
def test_a_municipality_reads_only_its_own_rows(client, path, order_placer, arendal, grimstad):
    mail = make.service()
    make.agreement((mail, arendal), (mail, grimstad))
    for owner in (arendal, grimstad):
        make.incident(mail, owner, make.oslo(2026, 9, 1, 8), resolved=make.oslo(2026, 9, 1, 9))
    recalculate()
    text = client.get(f"/api/v1/{path}/", headers=bearer(order_placer)).content.decode()
    assert "4203" in text
    assert "4202" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_queries_at_any_length(client, integration, arendal, rows, django_assert_num_queries):
    for number in range(rows):
        service = make.service(code=f"T{number}")
        make.agreement((service, arendal), name=f"Avtale {number}")
        make.incident(service, arendal, make.oslo(2026, 9, 1, 8), resolved=make.oslo(2026, 9, 1, 9))
    recalculate()
    headers = bearer(integration)
    for path, queries in (("services", 5), ("incidents", 6), ("agreements", 8), ("compliance", 4)):
        with django_assert_num_queries(queries):
            assert client.get(f"/api/v1/{path}/", headers=headers).status_code == 200


def test_nothing_in_the_schema_is_guessed(db):
    call_command("spectacular", fail_on_warn=True, stdout=StringIO())


def test_the_schema_is_openapi_3_1_and_names_every_path(client, db):
    schema = client.get("/api/v1/schema/?format=json").json()
    assert schema["openapi"] == "3.1.0"
    assert set(schema["paths"]) == {
        "/api/v1/agreements/",
        "/api/v1/agreements/{id}/",
        "/api/v1/agreements/{id}/what-if/",
        "/api/v1/availability/",
        "/api/v1/availability/explanation/",
        "/api/v1/benefits/",
        "/api/v1/benefits/{code}/",
        "/api/v1/bodies/",
        "/api/v1/bodies/{id}/",
        "/api/v1/changed-figures/",
        "/api/v1/compliance/",
        "/api/v1/goals/",
        "/api/v1/goals/{id}/",
        "/api/v1/incidents/",
        "/api/v1/incidents/{id}/",
        "/api/v1/incidents/{id}/explanation/",
        "/api/v1/incidents/{id}/pause/",
        "/api/v1/incidents/{id}/resume/",
        "/api/v1/incidents/upsert/",
        "/api/v1/measurements/",
        "/api/v1/agreements/{id}/lead-times/",
        "/api/v1/agreements/{id}/what-if-credits/",
        "/api/v1/agreements/{id}/what-if-incidents/",
        "/api/v1/credits/",
        "/api/v1/credits/{id}/",
        "/api/v1/credits/{id}/decide/",
        "/api/v1/measurements/{id}/",
        "/api/v1/municipalities/",
        "/api/v1/municipalities/{number}/",
        "/api/v1/monitoring/alertmanager/",
        "/api/v1/monitoring/uptime-kuma/",
        "/api/v1/monitoring/zabbix/",
        "/api/v1/notices/",
        "/api/v1/notices/{id}/",
        "/api/v1/notices/{id}/end/",
        "/api/v1/notices/{id}/follow-up/",
        "/api/v1/outages/",
        "/api/v1/outages/{id}/",
        "/api/v1/outages/{id}/explanation/",
        "/api/v1/outages/{id}/reclassify/",
        "/api/v1/outages/upsert/",
        "/api/v1/orders/",
        "/api/v1/orders/{number}/",
        "/api/v1/orders/{number}/moves/{act}/",
        "/api/v1/resolutions/",
        "/api/v1/resolutions/{id}/",
        "/api/v1/services/",
        "/api/v1/services/{code}/",
    }


def test_the_page_of_the_documentation_names_its_language(client, db):
    page = client.get("/api/v1/").content.decode()
    assert '<html lang="en">' in page
    assert "<title>Fellesgrep</title>" in page


def test_a_body_over_the_limit_is_turned_away_unread(client, integration, settings):
    headers = bearer(integration) | {"Content-Length": str(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    answer = client.post(UPSERT, [], content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:fellesgrep:problem:too_large")


def test_a_system_that_asks_too_often_is_told_to_wait(client, integration, monkeypatch):
    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min"})
    answers = [client.get("/api/v1/services/", headers=bearer(integration)) for _attempt in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["type"] == "urn:fellesgrep:problem:throttled"
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_what_an_action_refuses_is_told_as_a_problem_with_the_input(client, integration, monkeypatch):
    def refuse(**_arguments):
        raise ValidationError({"priority": "Somebody was first."})

    monkeypatch.setattr("sla.api.upsert_incidents", refuse)
    make.service("EPOST", "E-post")
    answer = client.post(UPSERT, [row()], content_type="application/json", headers=bearer(integration))
    assert (answer.status_code, answer.json()["errors"]) == (400, {"priority": ["Somebody was first."]})


@pytest.mark.parametrize("path", ["/tjenesteniva/%00/1/", "/samarbeidet/eiere/ny/%00/"])
def test_an_address_with_a_nul_leads_nowhere(client, administrator, path):
    client.force_login(administrator)
    assert client.get(path).status_code == 404
