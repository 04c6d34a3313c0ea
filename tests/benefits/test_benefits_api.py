"""Benefits over REST: the same rows as the pages, and measurements registered once."""

from decimal import Decimal

import pytest

from benefits.models import Measurement
from partnership.access import Permission, Role, roles_with
from partnership.models import ApiToken
from tests import make, make_benefits
from tests.access.matrix import WIDE

MEASUREMENTS = "/api/v1/measurements/"
ROW = {
    "benefit": "Ø1",
    "municipality": "4203",
    "day": "2025-06-30",
    "value": "70.5",
    "source": "lønnssystemet",
}


def bearer(user) -> dict[str, str]:
    _token, text = ApiToken.objects.create(user=user, name="Test")
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def machine(arendal):
    return bearer(make.person("Servicedesk", Role.INTEGRATION, at=arendal))


def send(client, headers, **fields):
    return client.post(MEASUREMENTS, ROW | fields, content_type="application/json", headers=headers)


def test_a_benefit_shows_the_shares_that_the_token_may_see(client, machine, arendal, grimstad):
    benefit = make_benefits.benefit()
    make_benefits.measurement(make_benefits.share(arendal, benefit), 120)
    make_benefits.share(grimstad, benefit)
    shares = client.get("/api/v1/benefits/Ø1/", headers=machine).json()["shares"]
    found = [(one["municipality"], one["newest"], one["achievement_percent"], one["status"]) for one in shares]
    assert found == [("4203", "120.000", -40.0, "not_good_enough")]


def test_what_is_not_measured_is_null_and_never_zero(client, machine, arendal):
    make_benefits.share(arendal)
    (share,) = client.get("/api/v1/benefits/", headers=machine).json()["results"][0]["shares"]
    assert (share["newest"], share["achievement_percent"], share["status"]) == (None, None, "not_measured")


def test_goals_say_who_owns_them(client, machine, arendal):
    make_benefits.goal("A")
    make_benefits.goal("B", organisation=arendal)
    rows = client.get("/api/v1/goals/", headers=machine).json()["results"]
    assert [(row["kind"], row["municipality"]) for row in rows] == [("operational", None), ("effect", "4203")]


def test_a_measurement_is_registered_once_however_often_it_is_sent(client, machine, arendal):
    make_benefits.share(arendal)
    first, second = send(client, machine), send(client, machine)
    assert (first.status_code, second.status_code, first.json()["id"]) == (201, 200, second.json()["id"])
    assert Measurement.objects.get().value == Decimal("70.5")


def test_another_value_for_the_same_day_is_a_problem_document(client, machine, arendal):
    make_benefits.share(arendal)
    send(client, machine)
    answer = send(client, machine, value="60")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["__all__"])


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"benefit": "Ø9"}, "benefit"),
        ({"municipality": "4202"}, "municipality"),
        ({"value": "mye"}, "value"),
        ({"day": "2099-01-01"}, "day"),
        ({"source": ""}, "source"),
    ],
)
def test_a_wrong_field_is_named(client, machine, arendal, grimstad, fields, named):
    make_benefits.share(arendal)
    answer = send(client, machine, **fields)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [named])


@pytest.mark.parametrize("role", Role)
def test_only_those_who_measure_may_register_and_only_at_home(client, arendal, grimstad, role: Role):
    benefit = make_benefits.benefit()
    for place in (arendal, grimstad):
        make_benefits.share(place, benefit)
    headers = bearer(make.person("Rolle Rollesen", role, at=None if role in WIDE else arendal))
    statuses = [send(client, headers, municipality=number).status_code for number in ("4203", "4202")]
    abroad = 201 if role in WIDE else 400
    assert statuses == ([201, abroad] if role in roles_with(Permission.MEASURE_BENEFITS) else [403, 403])


def test_measurements_of_others_do_not_exist(client, machine, arendal, grimstad):
    benefit = make_benefits.benefit()
    own, foreign = (make_benefits.measurement(make_benefits.share(place, benefit), 70) for place in (arendal, grimstad))
    rows = client.get(MEASUREMENTS, headers=machine).json()["results"]
    assert [row["id"] for row in rows] == [own.pk]
    assert client.get(f"{MEASUREMENTS}{foreign.pk}/", headers=machine).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("goals", 4), ("benefits", 5), ("measurements", 4)])
def test_a_list_asks_as_much_whatever_its_length(
    client, machine, arendal, django_assert_num_queries, name: str, queries: int, count: int
):
    for number in range(count):
        goal = make_benefits.goal(f"Mål {number}", organisation=arendal)
        benefit = make_benefits.benefit(f"Ø{number + 1}", goal=goal)
        make_benefits.measurement(make_benefits.share(arendal, benefit), 70)
    with django_assert_num_queries(queries):
        client.get(f"/api/v1/{name}/", headers=machine)
