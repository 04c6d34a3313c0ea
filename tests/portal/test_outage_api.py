"""Outages from a machine, and availability to one."""

import pytest

from partnership.access import Role
from partnership.models import ApiToken
from sla.actions.outages import reclassify
from sla.models import Availability, Outage, OutageKind
from sla.recalculation import recalculate
from tests import make
from tests.make import oslo

UPSERT = "/api/v1/outages/upsert/"


def row(**changes) -> dict:
    return {
        "source": "monitor",
        "external_id": "17",
        "title": "Postmottaket svarer ikke",
        "started": "2026-09-01T08:00:00+02:00",
        "ended": "2026-09-01T09:00:00+02:00",
        "reach": [{"service": "EPOST", "municipality": "4203", "affected_share": "0.5"}],
    } | changes


@pytest.fixture
def send(client, promised_mail):
    person = make.person("Maskin", Role.INTEGRATION)
    _token, text = ApiToken.objects.create(user=person, name="Test")

    def run(*rows: dict, path: str = UPSERT):
        headers = {"Authorization": f"Bearer {text}"}
        if rows:
            return client.post(path, list(rows), content_type="application/json", headers=headers)
        return client.get(path, headers=headers)

    return run


def test_outages_are_created_changed_and_left_alone_and_calculated_at_once(send):
    first = send(row()).json()
    again = send(row()).json()
    changed = send(row(ended="2026-09-01T10:00:00+02:00")).json()

    assert first == {"created": 1, "changed": 0, "unchanged": 0, "kept": []}
    assert again == {"created": 0, "changed": 0, "unchanged": 1, "kept": []}
    assert changed == {"created": 0, "changed": 1, "unchanged": 0, "kept": []}
    kept = Availability.objects.get(down_seconds__gt=0)
    assert (kept.down_seconds, kept.weighted_microseconds) == (7200, 3600 * 1_000_000)


def test_what_was_sent_is_what_is_read(send):
    send(row())

    (read,) = send(path="/api/v1/outages/").json()["results"]

    reach = [{"service": "EPOST", "municipality": "4203", "affected_share": "0.500000"}]
    own = {"id": Outage.objects.get().pk, "part": 1, "reclassifications": []}
    assert read == row(kind="unplanned", notified=None, reach=reach) | own


def test_without_a_municipality_everyone_who_has_the_service_is_hit(send):
    send(row(reach=[{"service": "EPOST"}]))

    assert [one.down_seconds for one in Availability.objects.filter(month="2026-09-01")] == [3600, 3600]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ended": "2026-09-01T07:00:00+02:00"}, "ended"),
        ({"kind": "down"}, "kind"),
        ({"source": "fellesgrep"}, "source"),
        ({"started": "0026-09-01T08:00:00+02:00"}, "started"),
        ({"ended": "9999-12-31T23:59:59+02:00"}, "ended"),
        ({"ended": "2998-12-31T23:59:59+02:00"}, "ended"),
        ({"ended": "2998-12-31T23:59:59+02:00", "kind": "planned"}, "ended"),
        ({"ended": None, "kind": "planned"}, "ended"),
        ({"started": "2998-12-31T23:59:59+02:00", "ended": None}, "started"),
        ({"reach": []}, "reach"),
        ({"reach": [{"service": "NEI"}]}, "reach"),
        ({"reach": [{"service": "EPOST", "affected_share": 2}]}, "reach"),
        ({"reach": [{"service": "EPOST"}, {"service": "EPOST"}]}, "reach"),
    ],
)
def test_a_bad_outage_stops_all_of_them_with_a_problem_document(send, changes, field):
    answer = send(row(external_id="16"), row(**changes))

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert field in answer.content.decode()
    assert not Outage.objects.exists()


def test_whoever_judged_an_outage_anew_is_not_undone_and_the_source_is_told(send):
    send(row())
    reclassify(outage=Outage.objects.get(), kind=OutageKind.PLANNED, reason="Varslet på e-post.", by=None)

    answer = send(row(ended="2026-09-01T10:00:00+02:00")).json()

    assert answer == {"created": 0, "changed": 1, "unchanged": 0, "kept": ["17"]}
    outage = Outage.objects.get()
    assert (outage.kind, outage.ended) == (OutageKind.PLANNED, oslo(2026, 9, 1, 10, 0))


def test_rows_with_one_number_are_its_parts_and_are_read_as_they_were_sent(send, arendal, grimstad):
    reach = {"service": "EPOST", "affected_share": "1.000000"}
    told = [
        row(kind="unplanned", notified=None, reach=[reach | {"municipality": "4203"}]),
        row(
            kind="unplanned",
            notified=None,
            ended="2026-09-01T10:00:00+02:00",
            reach=[reach | {"municipality": "4202"}],
        ),
    ]

    answers = [send(*told).json() for _ in range(2)]

    assert [(one["created"], one["unchanged"]) for one in answers] == [(2, 0), (0, 2)]
    read = send(path="/api/v1/outages/").json()["results"]
    parts = sorted(read, key=lambda one: one["part"])
    assert [one | {"id": 0} for one in parts] == [
        one | {"id": 0, "part": number, "reclassifications": []} for number, one in enumerate(told, start=1)
    ]


def test_availability_is_read_with_its_seconds_and_floored(send):
    send(row())
    recalculate()

    rows = send(path="/api/v1/availability/?municipality=4203&month_to=2026-09-30").json()["results"]

    hours = 22 * 7.75
    assert [(one["month"], one["agreed_seconds"], one["down_seconds"]) for one in rows] == [
        ("2026-09", int(hours * 3600), 3600)
    ]
    assert rows[0]["availability"] == f"{int((hours - 1) / hours * 10_000) / 100:.2f}"
    assert rows[0]["status"] == "good_enough"


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_queries_at_any_length(send, count, django_assert_num_queries):
    for number in range(count):
        send(row(external_id=str(number)))
        reclassify(outage=Outage.objects.latest("pk"), kind=OutageKind.PLANNED, reason="Varslet på e-post.", by=None)
    for path, queries in (("outages", 6), ("availability", 4)):
        with django_assert_num_queries(queries):
            assert send(path=f"/api/v1/{path}/").status_code == 200
