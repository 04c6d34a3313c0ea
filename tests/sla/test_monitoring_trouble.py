"""What goes wrong with messages: nothing of it is lost, takes the rest with it, or passes without a word."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnership import jobs
from partnership.access import Role
from partnership.models import Job
from portal.home import home_for
from sla.actions.inbox import keep_message, match_thing, read_message
from sla.actions.outages import wait_for_turn
from sla.models import InboxMessage, MonitoredThing, Outage, Sender
from tests import make
from tests.portal.test_api import bearer
from tests.sla.payloads import RECOVERED, ZABBIX_PROBLEM, alerts, matched

NUMBER = '"event_id": "12345"'
TOO_LATE = {"status": "resolved", "endsAt": "2999-12-30T00:00:00Z", "fingerprint": "a"}
TOO_EARLY = {"status": "resolved", "endsAt": "2020-01-01T00:00:00Z", "fingerprint": "b"}
UNREAD = "/nedetid/innboks/?unread"


def zabbix(**changes: Any) -> bytes:
    return json.dumps(ZABBIX_PROBLEM | changes).encode()


def kept(message: Any, sender: Sender = Sender.ZABBIX) -> InboxMessage:
    return keep_message(sender=sender, source=sender, body=json.dumps(message).encode(), by=None)


def page_of(client, message: InboxMessage) -> str:
    return client.get(reverse("sla:inbox-detail", args=[message.pk])).content.decode()


@pytest.mark.parametrize(
    "body",
    [
        zabbix(host_name="a\0b"),
        zabbix(host_name="a\ud800"),
        zabbix(event_name="a\0b"),
        zabbix(event_name="a\ud800b"),
        json.dumps(alerts({"fingerprint": "a\0b"})).encode(),
        json.dumps(alerts({"labels": {"service": "a\ud800"}})).encode(),
    ],
)
def test_what_is_no_text_is_written_as_such_and_read(sent, manager, body):
    sender = "alertmanager" if b"alerts" in body else "zabbix"
    assert sent(sender, body).json()["state"] == "waiting"
    thing = MonitoredThing.objects.get()
    service = make.service("EPOST")
    reading = match_thing(thing=thing, service=service, organisation=None, is_ignored=False, by=None).reading
    assert jobs.perform(reading.pk).result == {"done": 1}
    assert Outage.objects.count() == 1
    assert "Slik" in page_of(manager, InboxMessage.objects.get())


@pytest.mark.parametrize(
    "body",
    [
        zabbix().replace(NUMBER.encode(), b'"event_id": ' + b"1" * 5000),
        zabbix(event_timestamp="67768036191676800"),
        zabbix(event_timestamp="9" * 30),
        zabbix(event_date="1799.12.31"),
        zabbix(event_date="x" * 5000),
        zabbix(host_name=" "),
        b"[" * 200_000,
    ],
)
def test_what_cannot_be_read_is_refused_in_few_words_and_shown(sent, manager, body):
    assert sent("zabbix", body).status_code == 400
    message = InboxMessage.objects.get()
    assert (message.state, 0 < len(message.fault) <= 300) == ("refused", True)
    assert "Den kunne ikke leses:" in page_of(manager, message)
    assert manager.get(reverse("sla:inbox-list")).status_code == 200


def test_what_could_not_be_read_waits_at_home_for_a_fortnight(sent, manager, administrator):
    sent("zabbix", b"{")
    kept(ZABBIX_PROBLEM)
    sent("zabbix", RECOVERED)
    told = [task.title[:1] for task in home_for(administrator).tasks if task.url == UNREAD]
    assert told == ["2"]
    assert [row.record.state for row in manager.get(UNREAD).context["table"].page.object_list] == [
        "received",
        "refused",
    ]
    InboxMessage.objects.update(last_received_at=timezone.now() - timedelta(days=15))
    assert [task.title[:1] for task in home_for(administrator).tasks if task.url == UNREAD] == ["1"]


def test_each_alert_is_judged_by_itself(sent, email):
    matched(email, "alertmanager")
    answer = sent("alertmanager", alerts(TOO_EARLY, {}, TOO_LATE, {"startsAt": "i går"}))
    assert answer.status_code == 400
    assert [outage.external_id[:4] for outage in Outage.objects.all()] == ["1a30"]
    assert InboxMessage.objects.get().state == "refused"


def test_what_a_sender_may_not_tell_of_takes_nothing_else_with_it(sent, email, arendal):
    matched(email, "alertmanager")
    matched(email, "alertmanager", name="sak", organisation=arendal)
    own = bearer(make.person("Arendals", Role.INTEGRATION, at=arendal))
    other = {"labels": {"service": "sak"}, "fingerprint": "ffff"}
    answer = sent("alertmanager", alerts({}, other), who=own)
    assert (answer.status_code, answer.json()["detail"]) == (400, "Avsenderen kan ikke importere for alle den rammer.")
    assert [outage.external_id[:4] for outage in Outage.objects.all()] == ["ffff"]


def test_alerts_that_the_sender_has_left_out_are_told_of_and_the_others_count(sent, email):
    matched(email, "alertmanager")
    answer = sent("alertmanager", alerts({}, truncatedAlerts=3))
    assert (answer.status_code, "3" in answer.json()["detail"]) == (400, True)
    assert Outage.objects.count() == 1


def test_a_message_has_at_most_a_thousand_alerts(sent):
    assert sent("alertmanager", alerts(*[{"status": "firing"}] * 1001)).status_code == 400
    assert InboxMessage.objects.get().state == "refused"


def test_a_message_that_is_too_large_is_turned_away_and_not_kept(sent):
    answer = sent("zabbix", b'"' + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:fellesgrep:problem:too_large")
    assert not InboxMessage.objects.exists()


def test_many_new_names_take_no_more_queries_than_one(db):
    counts = []
    for count in (1, 30):
        many = [{"labels": {"service": f"{count}-{n}"}, "fingerprint": f"{count}-{n}"} for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            read_message(message=kept(alerts(*many), Sender.ALERTMANAGER), by=None)
        counts.append(len(queries))
    assert (counts[0] == counts[1], MonitoredThing.objects.count()) == (True, 31)


def test_what_grows_when_it_is_set_out_is_shown_as_it_came(manager):
    deep, long = [0] * 20_000, ["a" * 60_000]
    for _ in range(100):
        deep = [deep]
    for message in (deep, long):
        assert len(page_of(manager, kept(message))) < 150_000


def test_the_last_sender_of_a_message_is_the_one_who_answers_for_it(sent, email, arendal):
    matched(email, "zabbix")
    own = bearer(make.person("Arendals", Role.INTEGRATION, at=arendal))
    assert sent("zabbix", ZABBIX_PROBLEM, who=own).status_code == 400
    assert sent("zabbix", ZABBIX_PROBLEM).json()["state"] == "done"
    sent("zabbix", ZABBIX_PROBLEM, who=own)
    assert (str(InboxMessage.objects.get().by), Outage.objects.count()) == ("Monitor", 1)


def test_whoever_matches_a_name_is_told_what_came_of_what_waited(sent, manager, email, arendal):
    sent("zabbix", ZABBIX_PROBLEM, who=bearer(make.person("Arendals", Role.INTEGRATION, at=arendal)))
    sent("zabbix", ZABBIX_PROBLEM | {"event_id": "2"})
    page = reverse("sla:thing-match", args=[MonitoredThing.objects.get().pk])
    followed = manager.post(page, {"service": email.pk})
    job = Job.objects.get()
    assert followed.url == reverse("partnership:job-detail", args=[job.pk])
    assert jobs.perform(job.pk).result == {"refused": 1, "done": 1}
    shown = manager.get(followed.url)
    assert (shown.context["result"][1], Outage.objects.count()) == (UNREAD, 1)
    assert manager.post(page, {"service": email.pk}).url == reverse("sla:thing-list")


def test_a_message_that_waits_for_two_names_is_read_when_both_are_matched(email):
    two = alerts({"labels": {"service": "a"}}, {"labels": {"service": "b"}, "fingerprint": "b"})
    read_message(message=kept(two, Sender.ALERTMANAGER), by=None)
    states = []
    for thing in MonitoredThing.objects.order_by("name"):
        reading = match_thing(thing=thing, service=email, organisation=None, is_ignored=False, by=None).reading
        states.append(jobs.perform(reading.pk).result)
    assert (states, Outage.objects.count()) == ([{"waiting": 1}, {"done": 1}], 2)


def until_it_waits(thread: threading.Thread) -> None:
    """For another's turn; or has ended without waiting."""
    with connection.cursor() as cursor:
        while thread.is_alive():
            cursor.execute("select 1 from pg_locks where locktype = 'advisory' and not granted")
            if cursor.fetchone():
                return


def beside(action: Any, **arguments: Any) -> threading.Thread:
    def run() -> None:
        try:
            action(by=None, **arguments)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_a_message_that_is_read_while_its_name_is_matched_does_not_wait_for_ever():
    email, message = make.service("EPOST"), kept(ZABBIX_PROBLEM)
    thing = MonitoredThing.objects.create(source="zabbix", name="epost")
    with transaction.atomic():
        read_message(message=message, by=None)
        matcher = beside(match_thing, thing=thing, service=email, organisation=None, is_ignored=False)
        until_it_waits(matcher)
    matcher.join()
    assert jobs.perform(Job.objects.get().pk).result == {"done": 1}


@pytest.mark.django_db(transaction=True)
def test_a_message_that_is_sent_while_it_is_read_stands_in_nobody_s_way():
    make.service("EPOST")
    message = kept(ZABBIX_PROBLEM)
    with transaction.atomic():
        wait_for_turn()
        sender = beside(read_message, message=message)
        until_it_waits(sender)
        read_message(message=message, by=None)
    sender.join()
    assert InboxMessage.objects.get().state == "waiting"
