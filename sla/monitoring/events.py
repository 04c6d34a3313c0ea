"""The payloads of Prometheus Alertmanager (version 4), Uptime Kuma and Zabbix, as events of one kind.

Each reader takes the decoded JSON of a message and gives what it tells; KeyError, TypeError or ValueError, by way of
`read_events` an UnreadableMessage, where it is no such message. Instants are aware.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from kit.formats import OSLO
from sla.models.inbox import Sender

TITLE_LENGTH, NAME_LENGTH, MARK_LENGTH = 200, 80, 60
NEVER = "0001-01-01T00:00:00Z"
NAMING_LABELS = ("service", "job", "instance", "alertname")
KUMA_DOWN, KUMA_UP = 0, 1
TRIGGER = "0"


class UnreadableMessage(ValueError):  # noqa: N818 - it is the message that is unreadable
    """What was sent is no message of this sender."""


@dataclass(frozen=True)
class Event:
    """Something is down, or is up again.

    thing     what is monitored, by the name that is matched with a service of ours
    number    names the failure at the source; or, where is_of_thing, only what is monitored
    started   None where only the end is told
    ended     None while it is down
    """

    thing: str
    number: str
    title: str
    started: datetime | None
    ended: datetime | None
    is_of_thing: bool = False


def read_events(sender: Sender, message: Any) -> list[Event]:
    """UnreadableMessage where the message is not the sender's. A test message tells nothing."""
    try:
        return [_checked(event) for event in READERS[sender](message)]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableMessage(f"{type(error).__name__}: {error}") from error


def _checked(event: Event) -> Event:
    if event.started and event.ended and event.ended < event.started:
        raise ValueError(f"{event.number} ended before it began.")
    return event


def alertmanager(message: Mapping[str, Any]) -> Iterator[Event]:
    """Labels are the operator's: what is monitored is named by `service`, else by `job`, `instance` or `alertname`."""
    for alert in message["alerts"]:
        labels, notes = alert["labels"], alert.get("annotations") or {}
        started = instant(alert["startsAt"])
        is_over = alert["status"] == "resolved" and alert.get("endsAt", NEVER) != NEVER
        thing = next((labels[name] for name in NAMING_LABELS if labels.get(name)), None) or labels["alertname"]
        mark = alert.get("fingerprint") or sha256(repr(sorted(labels.items())).encode()).hexdigest()
        yield Event(
            thing=str(thing)[:NAME_LENGTH],
            number=f"{mark[:MARK_LENGTH]}-{started:%Y%m%dT%H%M%S}",
            title=str(notes.get("summary") or labels.get("alertname", ""))[:TITLE_LENGTH],
            started=started,
            ended=instant(alert["endsAt"]) if is_over else None,
        )


def uptime_kuma(message: Mapping[str, Any]) -> Iterator[Event]:
    """Its times are in UTC. A failure has no number there, so that the end belongs to the one that is open."""
    beat, monitor = message["heartbeat"], message["monitor"]
    if beat is None or monitor is None:  # a test
        return
    told = datetime.fromisoformat(beat["time"])
    at = told if told.tzinfo else told.replace(tzinfo=UTC)
    if beat["status"] not in (KUMA_DOWN, KUMA_UP):  # pending, or maintenance
        return
    is_up = beat["status"] == KUMA_UP
    yield Event(
        thing=str(monitor["name"])[:NAME_LENGTH],
        number=str(int(beat["monitorID"])),
        title=f"{monitor['name']}: {beat['msg']}".splitlines()[0][:TITLE_LENGTH],
        started=None if is_up else at,
        ended=at if is_up else None,
        is_of_thing=True,
    )


def zabbix(message: Mapping[str, Any]) -> Iterator[Event]:
    """The parameters that Zabbix's own media types send. Its clock is Norwegian where no timestamps are sent."""
    if message.get("event_source", TRIGGER) != TRIGGER:  # discovery, registration, internal
        return
    started = zabbix_instant(message, "event")
    is_over = str(message["event_value"]) == "0"
    yield Event(
        thing=str(message["host_name"])[:NAME_LENGTH],
        number=str(int(message["event_id"])),
        title=str(message["event_name"])[:TITLE_LENGTH],
        started=started,
        ended=zabbix_instant(message, "event_recovery") if is_over else None,
    )


def zabbix_instant(message: Mapping[str, Any], name: str) -> datetime:
    """`event_timestamp` in seconds, else `event_date` 2026.11.27 and `event_time` 12:34:56."""
    seconds = str(message.get(f"{name}_timestamp", ""))
    if seconds.isdecimal():
        return datetime.fromtimestamp(int(seconds), UTC)
    day, clock = message[f"{name}_date"], message[f"{name}_time"]
    return datetime.strptime(f"{day} {clock}", "%Y.%m.%d %H:%M:%S").replace(tzinfo=OSLO)


def instant(text: str) -> datetime:
    """RFC 3339, with nanoseconds as Go writes them. ValueError without an offset."""
    found = datetime.fromisoformat(text)
    if found.utcoffset() is None:
        raise ValueError(f"{text} has no offset.")
    return found


READERS: dict[Sender, Callable[[Any], Iterator[Event]]] = {
    Sender.ALERTMANAGER: alertmanager,
    Sender.UPTIME_KUMA: uptime_kuma,
    Sender.ZABBIX: zabbix,
}
