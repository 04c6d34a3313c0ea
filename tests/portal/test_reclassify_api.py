"""An outage judged anew over REST, by the same people and the same rule as on its page."""

from datetime import date

import pytest

from partnership.access import Permission, Role, roles_with
from sla.actions.outages import save_outages
from sla.models import Availability, Outage, Reclassification
from sla.outages.reports import Hit, Report
from tests import make
from tests.access.matrix import WIDE
from tests.make import oslo
from tests.portal.test_api import bearer

NINE = oslo(2026, 9, 1, 9)
PLANNED = {"kind": "planned", "reason": "Varslet på e-post."}


def outage(*hits: Hit, ended=NINE) -> Outage:
    report = Report(source="monitor", external_id="17", hits=hits, started=oslo(2026, 9, 1, 8), ended=ended)
    save_outages(reports=[report], by=None)
    return Outage.objects.get()


@pytest.fixture
def judge(client):
    def run(one: Outage, user, **said: str):
        path = f"/api/v1/outages/{one.pk}/reclassify/"
        headers = bearer(user)
        return client.post(path, PLANNED | said, content_type="application/json", headers=headers)

    return run


def test_it_counts_otherwise_at_once_and_every_reader_sees_why_and_by_whom(client, judge, promised_mail, arendal):
    one = outage(Hit(promised_mail, arendal))
    assert Availability.objects.get(organisation=arendal, month=date(2026, 9, 1)).down_seconds == 3600

    answers = [
        judge(one, make.person("Tor Vik", Role.SERVICE_MANAGER)),
        judge(one, make.person("Ine Dal", Role.ADMINISTRATOR), kind="unplanned", reason="Ingen fikk varselet."),
    ]

    assert [(answer.status_code, answer.json()["kind"]) for answer in answers] == [(200, "planned"), (200, "unplanned")]
    assert Availability.objects.get(organisation=arendal, month=date(2026, 9, 1)).down_seconds == 3600
    reader = make.person("Kari Lie", Role.ORDER_PLACER, at=arendal)
    (read,) = client.get("/api/v1/outages/", headers=bearer(reader)).json()["results"]
    assert read == answers[1].json()
    told = [(made["kind"], made["reason"], made["by"]) for made in read["reclassifications"]]
    assert told == [
        ("unplanned", "Ingen fikk varselet.", "Ine Dal"),
        ("planned", "Varslet på e-post.", "Tor Vik"),
    ]
    assert all(made["made"] for made in read["reclassifications"])


@pytest.mark.parametrize(
    ("ended", "said", "field", "words"),
    [
        (None, {}, "kind", "Registrer det planlagte arbeidet"),
        (NINE, {"reason": " "}, "reason", ""),
        (NINE, {"kind": "maybe"}, "kind", "maybe"),
    ],
)
def test_what_is_refused_is_a_problem_and_decides_nothing(judge, promised_mail, arendal, ended, said, field, words):
    answer = judge(
        outage(Hit(promised_mail, arendal), ended=ended), make.person("Tor Vik", Role.SERVICE_MANAGER), **said
    )

    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert list(answer.json()["errors"]) == [field]
    assert words in answer.content.decode()
    assert not Reclassification.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_only_those_who_manage_outages_of_the_whole_partnership_judge_and_only_what_they_see(
    judge, promised_mail, arendal, grimstad, role: Role
):
    """What hit only another does not exist for whoever sees one municipality."""
    person = make.person("Rolle Rollesen", role, at=None if role in WIDE else arendal)
    may = role in WIDE and role in roles_with(Permission.MANAGE_OUTAGES)
    one = outage(Hit(promised_mail, grimstad))
    assert judge(one, person).status_code == (200 if may else 403 if role in WIDE else 404)
    assert Reclassification.objects.count() == may
    one.reach.update(organisation=arendal)
    assert judge(one, person).status_code == (200 if may else 403)
