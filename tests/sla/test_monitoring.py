"""Webhooks of monitoring: the documented payloads, kept as they came, matched, and made outages of once."""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership import jobs
from partnership.access import Role
from partnership.models import Job
from portal.home import home_for
from sla.actions.inbox import delete_old_messages
from sla.actions.outages import reclassify
from sla.models import InboxMessage, MonitoredThing, Outage, OutageKind, Sender
from sla.monitoring.events import read_events
from tests import make
from tests.portal.test_api import bearer
from tests.sla.payloads import (
    DOWN,
    ENDED,
    FIRING,
    KUMA_DOWN,
    KUMA_TEST,
    RECOVERED,
    SENDERS,
    STARTED,
    UP,
    ZABBIX_PROBLEM,
    beat,
    matched,
)


def times() -> list[tuple[datetime, datetime | None]]:
    return [
        (outage.started.replace(microsecond=0), outage.ended and outage.ended.replace(microsecond=0))
        for outage in Outage.objects.order_by("started")
    ]


@pytest.mark.parametrize("sender", SENDERS)
def test_what_is_down_is_an_outage_until_it_is_up(sent, email, sender):
    matched(email, sender)
    answer = sent(sender, DOWN[sender])
    assert (answer.status_code, answer.json()["state"]) == (202, "done")
    assert times() == [(STARTED, None)]
    outage = Outage.objects.get()
    assert (outage.source, outage.kind, "E-post svarer ikke" in outage.title) == (
        sender,
        OutageKind.UNPLANNED,
        sender != "uptime-kuma",
    )
    assert [(hit.service, hit.organisation) for hit in outage.reach.all()] == [(email, None)]
    assert sent(sender, UP[sender]).json()["state"] == "done"
    assert times() == [(STARTED, ENDED)]


@pytest.mark.parametrize("sender", SENDERS)
def test_the_same_again_in_any_order_changes_nothing(sent, email, sender):
    matched(email, sender)
    for message in (DOWN[sender], UP[sender], DOWN[sender], UP[sender], DOWN[sender]):
        assert sent(sender, message).status_code == 202
    assert times() == [(STARTED, ENDED)]
    assert sorted(InboxMessage.objects.values_list("times", flat=True)) == [2, 3]


@pytest.mark.parametrize("sender", SENDERS)
def test_an_unknown_name_waits_and_nothing_is_lost(sent, manager, email, administrator, sender):
    assert sent(sender, DOWN[sender]).json() | {"id": 0} == {
        "id": 0,
        "sender": sender,
        "source": sender,
        "state": "waiting",
        "waits_for": ["epost"],
        "fault": "",
        "times": 1,
    }
    sent(sender, UP[sender])
    assert not Outage.objects.exists()
    thing = MonitoredThing.objects.get()
    assert [task.url for task in home_for(administrator).tasks if "overvåking" in task.title] == [
        reverse("sla:thing-list")
    ]
    make.agreement((email, make.organisation("4203")))
    page = reverse("sla:thing-match", args=[thing.pk])
    assert manager.post(page, {"service": email.pk, "organisation": ""}).status_code == 302
    assert jobs.perform(Job.objects.get().pk).result == {"done": 2}
    assert times() == [(STARTED, ENDED)]
    assert set(InboxMessage.objects.values_list("state", flat=True)) == {"done"}


def test_what_is_none_of_ours_makes_no_outage(sent, manager, email):
    sent("zabbix", ZABBIX_PROBLEM)
    page = reverse("sla:thing-match", args=[MonitoredThing.objects.get().pk])
    assert manager.post(page, {}).status_code == 422
    assert manager.post(page, {"is_ignored": "on", "service": email.pk}).status_code == 422
    assert manager.post(page, {"is_ignored": "on"}).status_code == 302
    assert sent("zabbix", RECOVERED).json()["state"] == "done"
    assert not Outage.objects.exists()


def test_a_thing_of_one_owner_hits_that_owner(sent, email, arendal):
    matched(email, "zabbix", organisation=arendal)
    sent("zabbix", ZABBIX_PROBLEM)
    assert Outage.objects.get().reach.get().organisation == arendal


def test_two_of_one_kind_are_two_sources(sent, email):
    matched(email, "oslo", "bergen")
    for source in ("oslo", "bergen"):
        sent("zabbix", ZABBIX_PROBLEM, f"?source={source}")
    assert sorted(Outage.objects.values_list("source", flat=True)) == ["bergen", "oslo"]
    for source in ("fellesgrep", "", "x" * 41, "%00"):
        assert sent("zabbix", ZABBIX_PROBLEM, f"?source={source}").json()["errors"].keys() == {"source"}


def test_one_message_may_tell_of_many_and_those_that_are_known_do_not_wait(sent, email):
    matched(email, "alertmanager")
    message = deepcopy(FIRING)
    other = deepcopy(message["alerts"][0])
    other["labels"]["service"], other["fingerprint"] = "sak", "ffff"
    message["alerts"].append(other)
    assert sent("alertmanager", message).json()["waits_for"] == ["sak"]
    assert Outage.objects.count() == 1


def test_kuma_may_fail_again_and_remind_while_it_is_down(sent, email):
    matched(email, "uptime-kuma")
    for clock, status in (("08:00:00", 0), ("08:10:00", 0), ("08:20:00", 1), ("08:25:00", 1), ("09:00:00", 0)):
        sent("uptime-kuma", beat(clock, status))
    eight = datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert times() == [(eight, eight + timedelta(minutes=20)), (eight + timedelta(hours=1), None)]


def test_kuma_s_time_may_say_its_zone(sent, email):
    matched(email, "uptime-kuma")
    message = beat("08:00:00")
    message["heartbeat"]["time"] = "2026-11-20T09:00:00+01:00"
    sent("uptime-kuma", message)
    assert times() == [(datetime(2026, 11, 20, 8, tzinfo=UTC), None)]


@pytest.mark.parametrize("message", [KUMA_TEST, beat("08:00:00", 2), beat("08:00:00", 3)])
def test_a_test_and_what_is_no_failure_tell_nothing(sent, message):
    assert sent("uptime-kuma", message).json()["state"] == "done"
    assert not MonitoredThing.objects.exists()


@pytest.mark.parametrize(
    ("sender", "message"),
    [
        ("alertmanager", b""),
        ("alertmanager", b"{"),
        ("alertmanager", b"\xff\x00"),
        ("alertmanager", {}),
        ("alertmanager", []),
        ("alertmanager", {"alerts": [{"labels": {}, "status": "firing", "startsAt": "2026-11-20T09:00:00Z"}]}),
        ("zabbix", RECOVERED | {"event_recovery_date": "2020.01.01"}),
        ("zabbix", ZABBIX_PROBLEM | {"event_time": "25:00"}),
        ("uptime-kuma", KUMA_DOWN | {"heartbeat": "ned"}),
    ],
)
def test_what_cannot_be_read_is_kept_and_told_as_a_problem(sent, manager, sender, message):
    answer = sent(sender, message)
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:fellesgrep:problem:unreadable_message")
    kept = InboxMessage.objects.get()
    assert (kept.state, bool(kept.fault)) == ("refused", True)
    assert "Den kunne ikke leses:" in manager.get(reverse("sla:inbox-detail", args=[kept.pk])).content.decode()


def test_who_may_not_import_for_all_makes_no_outage_for_all(sent, email, arendal, order_placer):
    matched(email, "zabbix")
    own = bearer(make.person("Arendals", Role.INTEGRATION, at=arendal))
    answer = sent("zabbix", ZABBIX_PROBLEM, who=own)
    assert (answer.status_code, Outage.objects.count()) == (400, 0)
    assert answer.json()["detail"] == "Avsenderen kan ikke importere for alle den rammer."
    assert sent("zabbix", ZABBIX_PROBLEM, who=bearer(order_placer)).status_code == 403
    assert sent("zabbix", ZABBIX_PROBLEM, who={}).status_code == 401


def test_an_end_that_has_not_come_is_refused_and_the_outage_goes_on(sent, email):
    matched(email, "alertmanager")
    sent("alertmanager", DOWN["alertmanager"])
    message = deepcopy(UP["alertmanager"])
    message["alerts"][0]["endsAt"] = "2999-12-30T00:00:00Z"
    assert sent("alertmanager", message).status_code == 400
    assert times() == [(STARTED, None)]


def test_what_a_person_has_judged_stands_when_a_message_is_read_again(sent, manager, email):
    matched(email, "zabbix")
    sent("zabbix", ZABBIX_PROBLEM)
    sent("zabbix", RECOVERED)
    reclassify(outage=Outage.objects.get(), kind=OutageKind.PLANNED, reason="Varslet.", by=None)
    for message in InboxMessage.objects.all():
        assert manager.post(reverse("sla:inbox-read", args=[message.pk])).status_code == 302
    assert (Outage.objects.get().kind, times()) == ("planned", [(STARTED, ENDED)])


def test_the_lists_tell_what_came_and_what_waits(sent, manager, email):
    sent("zabbix", ZABBIX_PROBLEM)
    matched(email, "zabbix", name="sak")
    shown = manager.get(reverse("sla:inbox-list")).content.decode()
    assert "1 navn venter på kobling." in shown
    assert "Venter på kobling" in shown
    things = manager.get(reverse("sla:thing-list")).content.decode()
    assert "ikke koblet ennå" in things
    assert '"event_id": "12345"' in html(manager, InboxMessage.objects.get())


def html(client, message) -> str:
    page = client.get(reverse("sla:inbox-detail", args=[message.pk])).content.decode()
    return page.replace("&quot;", '"')


def test_what_is_done_with_or_refused_is_deleted_after_half_a_year_and_what_waits_is_not(sent):
    for message in (KUMA_TEST, KUMA_DOWN, {}):
        sent("uptime-kuma", message)
    InboxMessage.objects.update(last_received_at=timezone.now() - timedelta(days=181))
    delete_old_messages()
    assert [message.state for message in InboxMessage.objects.all()] == ["waiting"]


def test_alerts_without_a_fingerprint_are_told_apart_by_their_labels(sent, email):
    matched(email, "alertmanager")
    message = deepcopy(FIRING)
    other = deepcopy(message["alerts"][0])
    other["labels"]["instance"] = "https://epost2.example.org"
    message["alerts"].append(other)
    for alert in message["alerts"]:
        del alert["fingerprint"]
    for _ in range(2):
        sent("alertmanager", message)
    assert Outage.objects.count() == 2


def test_what_goes_wrong_while_it_is_read_loses_nothing(sent, monkeypatch):
    def fail(**_arguments):
        raise RuntimeError

    monkeypatch.setattr("sla.inbox_api.read_message", fail)
    with pytest.raises(RuntimeError):
        sent("zabbix", ZABBIX_PROBLEM)
    assert [message.state for message in InboxMessage.objects.all()] == ["received"]


def test_a_reader_never_breaks_on_what_is_no_message():
    for sender in Sender:
        for message in (None, 7, "ned", [], {}, {"alerts": 3}, {"heartbeat": {}, "monitor": {}}, {"event_value": "1"}):
            told = read_events(sender, json.dumps(message))
            assert (told.events, len(told.faults)) == ([], 1)
