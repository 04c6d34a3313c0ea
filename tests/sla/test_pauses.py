"""An incident that waits: set here by a person, told by the source, or held to be solved and opened again."""

import threading
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from sla.actions.incidents import upsert_incidents
from sla.actions.pauses import pause_incident, resume_incident
from sla.figures.incidents import story
from sla.models import Clock, Incident, Metric, Pause
from sla.recalculation import recalculate
from tests import make
from tests.portal.test_api import bearer

REPORTED = make.oslo(2026, 9, 16, 8)


@pytest.fixture
def incident(version, email, arendal):
    return make.incident(email, arendal, timezone.now() - timedelta(hours=1), external_id="INC7")


def page_of(incident) -> str:
    return reverse("sla:incident-detail", args=[incident.pk])


def in_days(number: int):
    return timezone.localdate() + timedelta(days=number)


def wait(client, incident, **typed):
    answers = {"why": "Awaiting Vendor", "other": "", "resumes": f"{in_days(3):%d.%m.%Y}"}
    return client.post(reverse("sla:incident-pause", args=[incident.pk]), answers | typed)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", ["pause", "resume"])
def test_the_clock_is_read_when_its_turn_has_come(committed_places, act):
    incident = make.incident(*committed_places[0], timezone.now() - timedelta(hours=1))
    person = make.person("Ola Vik", Role.SERVICE_MANAGER)
    do = partial(pause_incident, reason="Delen", resumes=in_days(3)) if act == "pause" else resume_incident
    if act == "resume":
        pause_incident(incident=incident, reason="Delen", resumes=in_days(3), by=person)

    def waiting() -> None:
        do(incident=incident, by=person)
        connection.close()

    other = threading.Thread(target=waiting)
    with transaction.atomic():
        Incident.objects.select_for_update().get(pk=incident.pk)
        other.start()
        time.sleep(0.3)
        let_go = timezone.now()
    other.join()
    pause = incident.pauses.get()
    assert (pause.started if act == "pause" else pause.ended) >= let_go


def test_an_incident_waits_until_a_day_and_says_for_what_and_by_whom(
    manager, administrator, incident, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert wait(manager, incident).status_code == 302
    pause = incident.pauses.get()
    assert (pause.reason, pause.by, timezone.localtime(pause.ended).date()) == (
        "Awaiting Vendor",
        administrator,
        in_days(3),
    )
    recalculate()
    due = Clock.objects.get(incident=incident, target__metric=Metric.RESOLUTION).due
    assert due > pause.ended
    shown = manager.get(page_of(incident)).content.decode()
    assert "Venter på leverandøren til" in shown
    assert "kl. 00.00" not in shown
    assert "tiden står stille" in shown
    assert f"Satt på vent av {administrator.name}." in shown
    assert reverse("sla:incident-resume", args=[incident.pk]) in shown
    assert reverse("sla:incident-pause", args=[incident.pk]) not in shown


def test_it_goes_on_before_that_day_when_a_person_says_so(manager, incident):
    wait(manager, incident)
    assert manager.post(reverse("sla:incident-resume", args=[incident.pk])).status_code == 302
    assert incident.pauses.get().ended <= timezone.now()
    assert manager.get(page_of(incident)).context["can_handle"]
    answer = manager.post(reverse("sla:incident-resume", args=[incident.pk]), follow=True)
    assert "Den venter ikke." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"why": ""}, "Velg fra listen."),
        ({"why": "other"}, "Skriv hva det ventes på."),
        ({"resumes": ""}, "Fyll ut dette feltet."),
        ({"resumes": f"{timezone.localdate():%d.%m.%Y}"}, "Velg en dag innen de neste 90 dagene."),
        ({"resumes": "01.01.2999"}, "Velg en dag innen de neste 90 dagene."),
    ],
)
def test_what_is_missing_is_told_at_its_field(manager, incident, typed, words):
    answer = wait(manager, incident, **typed)
    assert (answer.status_code, Pause.objects.count()) == (422, 0)
    assert words in answer.content.decode()


def test_one_may_wait_for_something_else_in_one_s_own_words(manager, incident):
    wait(manager, incident, why="other", other="venter på snøsmelting")
    assert "Venter på snøsmelting til" in manager.get(page_of(incident)).content.decode()


def test_what_waits_already_or_is_over_is_not_set_to_wait(manager, incident):
    wait(manager, incident)
    assert "Den venter allerede." in wait(manager, incident).content.decode()
    incident.resolved = timezone.now()
    incident.save()
    assert wait(manager, incident).status_code == 404
    answer = manager.post(reverse("sla:incident-resume", args=[incident.pk]), follow=True)
    assert "Den er løst eller lukket." in answer.content.decode()


def test_a_pause_of_the_source_is_told_and_ended_there(manager, incident):
    Pause.objects.create(incident=incident, started=incident.opened, reason="Awaiting User Info")
    shown = manager.get(page_of(incident)).content.decode()
    assert "Venter på kommunen." in shown
    assert reverse("sla:incident-resume", args=[incident.pk]) not in shown
    assert manager.post(reverse("sla:incident-resume", args=[incident.pk]), follow=True).status_code == 200
    assert incident.pauses.get().ended is None


def test_what_a_person_has_set_stays_when_the_source_is_read_again(administrator, incident):
    pause_incident(incident=incident, reason="Awaiting Vendor", resumes=in_days(2), by=administrator)
    row = {name: getattr(incident, name) for name in ("source", "external_id", "organisation", "service", "priority")}
    row |= {"opened": incident.opened, "title": incident.title}
    assert upsert_incidents(rows=[row], by=None).unchanged == 1
    told = [{"started": incident.opened, "ended": None, "reason": "Awaiting Problem"}]
    assert upsert_incidents(rows=[row | {"pauses": told}], by=None).changed == 1
    assert upsert_incidents(rows=[row], by=None).changed == 1
    assert [pause.reason for pause in incident.pauses.all()] == ["Awaiting Vendor"]


def test_what_was_held_to_be_solved_and_opened_again_goes_on_where_it_stood(version, email, arendal):
    version.targets.update(pauses=False)
    one = make.incident(email, arendal, REPORTED, responded=None)
    for was_solved, first, last in ((True, 10, 12), (False, 13, 14)):
        started, ended = make.oslo(2026, 9, 16, first), make.oslo(2026, 9, 16, last)
        Pause.objects.create(incident=one, started=started, ended=ended, was_solved=was_solved)
    now = make.oslo(2026, 9, 16, 15)
    recalculate(as_of=now)
    clocks = {clock.target.metric: clock for clock in Clock.objects.select_related("target")}
    assert clocks[Metric.RESOLUTION].due == make.oslo(2026, 9, 17, 10, 15)
    assert clocks[Metric.RESOLUTION].paused_seconds == 2 * 3600
    sheet = story(Incident.objects.get(), now).sheets[Metric.RESOLUTION]
    assert (sheet.due, sheet.paused) == (make.oslo(2026, 9, 17, 10, 15), timedelta(hours=2))
    assert [step.reason for step in sheet.steps if step.reason] == ["Reopened"]


def test_a_machine_sets_to_wait_and_goes_on(client, incident, arendal, grimstad):
    headers = bearer(make.person("Servicedesk", Role.INTEGRATION, at=arendal))
    url = f"/api/v1/incidents/{incident.pk}"

    def post(path, **body):
        return client.post(f"{url}/{path}/", body, content_type="application/json", headers=headers)

    assert post("resume").json()["errors"] == {"non_field_errors": ["Den venter ikke."]}
    assert post("pause", reason="", resumes="2026").json()["errors"].keys() == {"reason", "resumes"}
    answer = post("pause", reason="venter på leverandøren", resumes=in_days(2).isoformat())
    assert [pause["reason"] for pause in answer.json()["pauses"]] == ["venter på leverandøren"]
    assert post("resume").status_code == 200
    foreign = bearer(make.person("Desk", Role.INTEGRATION, at=grimstad))
    assert client.post(f"{url}/resume/", headers=foreign).status_code == 404
    reader = bearer(make.person("Leser", Role.AUDITOR))
    assert client.post(f"{url}/resume/", headers=reader).status_code == 403
