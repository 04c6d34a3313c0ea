"""Messages that come twice, late or in any order: the failures are those that happened, each with its end."""

import json
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from sla.actions.inbox import keep_message, match_thing, read_message
from sla.models import InboxMessage, MonitoredThing, Outage, Sender
from tests import make
from tests.sla.payloads import ENDED, FIRING, STARTED, ZABBIX_PROBLEM, alerts, beat, resolved

DOWN, UP = 0, 1


@pytest.fixture
def thing(email) -> MonitoredThing:
    for sender in (Sender.ALERTMANAGER, Sender.UPTIME_KUMA):
        thing = MonitoredThing.objects.create(source=sender, name="epost", service=email)
    return thing


def read(message: dict[str, Any], sender: Sender = Sender.UPTIME_KUMA) -> None:
    body = json.dumps(message).encode()
    read_message(message=keep_message(sender=sender, source=sender, body=body, by=None), by=None)


def beats(*told: tuple[str, int]) -> None:
    for clock, status in told:
        read(beat(f"{clock}:00", status))


def lasted() -> list[tuple[str, str]]:
    """From and to, by the clock of UTC."""
    rows = Outage.objects.order_by("started").values_list("started", "ended")
    return [(f"{started:%H:%M}", f"{ended:%H:%M}" if ended else "") for started, ended in rows]


@pytest.mark.parametrize(
    ("told", "failures"),
    [
        ([("08:00", DOWN), ("08:10", DOWN), ("08:20", UP)], [("08:00", "08:20")]),
        ([("08:00", DOWN), ("08:20", UP), ("08:30", DOWN)], [("08:00", "08:20"), ("08:30", "")]),
        ([("08:00", DOWN), ("08:20", UP), ("08:30", DOWN), ("08:40", UP)], [("08:00", "08:20"), ("08:30", "08:40")]),
        ([("08:00", DOWN), ("08:10", DOWN), ("08:20", UP), ("08:30", UP)], [("08:00", "08:20")]),
        ([("08:00", UP), ("08:10", DOWN)], [("08:10", "")]),
        ([("08:00", UP), ("08:10", UP)], []),
    ],
)
def test_the_order_in_which_beats_come_and_how_often_makes_no_difference(thing, told, failures):
    for order in permutations(told):
        beats(*order, *order[:2])
        assert lasted() == failures, order
        Outage.objects.all().delete()
        InboxMessage.objects.all().delete()


def test_a_reminder_that_is_sent_or_read_again_opens_nothing(thing):
    beats(("08:00", DOWN), ("08:10", DOWN), ("08:20", UP), ("08:10", DOWN))
    for message in InboxMessage.objects.order_by("-pk"):
        read_message(message=message, by=None)
    assert lasted() == [("08:00", "08:20")]
    assert set(InboxMessage.objects.values_list("state", flat=True)) == {"done"}


def test_an_end_that_came_first_ends_what_is_told_later(thing):
    beats(("08:20", UP), ("08:30", UP), ("08:00", DOWN))
    assert lasted() == [("08:00", "08:20")]


def test_a_beginning_that_comes_late_moves_the_one_that_is_known(thing):
    beats(("08:10", DOWN))
    number = Outage.objects.get().external_id
    beats(("08:00", DOWN))
    assert (lasted(), Outage.objects.get().external_id) == ([("08:00", "")], number)


def test_an_end_of_another_monitor_ends_nothing(thing):
    other = beat("08:05:00", UP)
    other["heartbeat"]["monitorID"] = 1
    read(other)
    beats(("08:00", DOWN))
    read(other)
    assert lasted() == [("08:00", "")]


def test_an_end_that_was_refused_ends_nothing(thing):
    beats(("08:20", UP))
    InboxMessage.objects.update(state="refused")
    beats(("08:00", DOWN))
    assert lasted() == [("08:00", "")]


def test_an_alert_that_turns_out_to_have_begun_earlier_is_still_the_same(thing):
    earlier = {"startsAt": "2026-11-20T09:50:00+01:00"}
    over = alerts(resolved()["alerts"][0] | earlier)
    for message in (FIRING, alerts(earlier), FIRING, over, FIRING, resolved()):
        read(message, Sender.ALERTMANAGER)
    assert lasted() == [("08:50", f"{ENDED:%H:%M}")]


def test_an_alert_that_fires_anew_is_another_outage(thing):
    again = {"startsAt": "2026-11-20T12:00:00Z"}
    for message in (FIRING, resolved(), alerts(again), FIRING):
        read(message, Sender.ALERTMANAGER)
    assert lasted() == [(f"{STARTED:%H:%M}", f"{ENDED:%H:%M}"), ("12:00", "")]


def test_what_is_told_again_stays_with_the_service_it_had(thing):
    alert = MonitoredThing.objects.get(source=Sender.ALERTMANAGER)
    read(FIRING, Sender.ALERTMANAGER)
    match_thing(thing=alert, service=make.service("SAK", "Sak"), organisation=None, is_ignored=False, by=None)
    for _ in range(2):
        read(resolved(), Sender.ALERTMANAGER)
    read(alerts({"startsAt": "2026-11-20T12:00:00Z"}), Sender.ALERTMANAGER)
    hit = [[str(hit.service) for hit in outage.reach.all()] for outage in Outage.objects.order_by("started")]
    assert hit == [["E-post"], ["Sak"]]


def test_an_hour_that_comes_twice_is_the_second_where_only_that_comes_after_the_beginning(email):
    MonitoredThing.objects.create(source=Sender.ZABBIX, name="epost", service=email)
    problem = ZABBIX_PROBLEM | {"event_date": "2026.10.25", "event_time": "02:50:00"}
    recovery = {"event_value": "0", "event_recovery_date": "2026.10.25", "event_recovery_time": "02:10:00"}
    for message in (problem, problem | recovery):
        read(message, Sender.ZABBIX)
    outage = Outage.objects.get()
    assert (outage.started, outage.ended) == (
        datetime(2026, 10, 25, 0, 50, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 10, tzinfo=UTC),
    )
