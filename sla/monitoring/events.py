"""The payloads of Prometheus Alertmanager (version 4), Uptime Kuma and Zabbix, as events of one kind.

Each reader takes the decoded JSON of a message, or of one alert where it holds many, and gives what it tells; any of
UNREADABLE where it is no such message. Instants are in UTC.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.formats import OSLO
from partnership.periods import FIRST_INSTANT
from sla.models.inbox import Sender
from sla.models.outages import CLOCKS_DIFFER

TITLE_LENGTH, NAME_LENGTH, MARK_LENGTH, FAULT_LENGTH = 200, 80, 60, 300
MOST_ALERTS = 1000
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, OverflowError, OSError, RecursionError)
NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")
"""What JSON can say, and neither UTF-8 nor the database can hold."""
NEVER = "0001-01-01T00:00:00Z"
NAMING_LABELS = ("service", "job", "instance", "alertname")
KUMA_DOWN, KUMA_UP = 0, 1
TRIGGER = "0"


class UnreadableMessage(ValueError):  # noqa: N818 - it is the message that is unreadable
    """In words for a person, why it is no message of this sender."""


@dataclass(frozen=True)
class Event:
    """Something is down, or is up again.

    thing     what is monitored, by the name that is matched with a service of ours
    number    names the failure at the source
    started   None where only the end is told
    ended     None while it is down
    series    begins the numbers of all failures of one thing, where its next message may tell another beginning
    is_beat   tells one moment, down or up: which failure it belongs to must be found
    """

    thing: str
    number: str
    title: str
    started: datetime | None
    ended: datetime | None
    series: str = ""
    is_beat: bool = False

    @property
    def at(self) -> datetime:
        """When it began; of an end alone, when that was."""
        return min(instant for instant in (self.started, self.ended) if instant)


@dataclass(frozen=True)
class Told:
    """What a message tells, and in words what of it could not be read."""

    events: list[Event] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @contextmanager
    def noting_faults(self) -> Iterator[None]:
        try:
            yield
        except UNREADABLE as error:
            words = str(error) if isinstance(error, UnreadableMessage) else f"{type(error).__name__}: {error}"
            self.faults.append(text(words, FAULT_LENGTH))


def read_events(sender: Sender, body: str) -> Told:
    """Whatever the body is. Each alert is judged by itself, and a test message tells nothing."""
    told = Told()
    with told.noting_faults():
        message = json.loads(body)
        for piece in alerts(message, told.faults) if sender == Sender.ALERTMANAGER else [message]:
            with told.noting_faults():
                told.events.extend([checked(event) for event in READERS[sender](piece)])
    return told


def checked(event: Event) -> Event:
    instants = [instant for instant in (event.started, event.ended) if instant]
    if not event.thing.strip():
        raise UnreadableMessage(_("It does not say what is down."))
    if min(instants) < FIRST_INSTANT:
        raise UnreadableMessage(_("%(thing)s: this lies before the year 1800.") % {"thing": event.thing})
    if max(instants) > timezone.now() + CLOCKS_DIFFER:
        raise UnreadableMessage(_("%(thing)s: this has not happened yet.") % {"thing": event.thing})
    if instants != sorted(instants):
        raise UnreadableMessage(_("%(thing)s: this ended before it began.") % {"thing": event.thing})
    return event


def alerts(message: Mapping[str, Any], faults: list[str]) -> Sequence[Any]:
    found = message["alerts"]
    if len(found) > MOST_ALERTS:
        words = _("It tells of %(count)s alerts; %(most)s is the most.")
        raise UnreadableMessage(words % {"count": len(found), "most": MOST_ALERTS})
    if cut := int(message.get("truncatedAlerts") or 0):
        words = ngettext(
            "The sender has left out %(count)s alert (max_alerts).",
            "The sender has left out %(count)s alerts (max_alerts).",
            cut,
        )
        faults.append(words % {"count": cut})
    return found  # type: ignore[no-any-return]


def alertmanager(alert: Mapping[str, Any]) -> Iterator[Event]:
    """Labels are the operator's: what is monitored is named by `service`, else by `job`, `instance` or `alertname`.

    Of several Alertmanagers or Prometheuses that know the alert, the earliest beginning is told from then on.
    """
    labels, notes = alert["labels"], alert.get("annotations") or {}
    started = instant(alert["startsAt"])
    is_over = alert["status"] == "resolved" and alert.get("endsAt", NEVER) != NEVER
    thing = next((labels[name] for name in NAMING_LABELS if labels.get(name)), None) or labels["alertname"]
    mark = alert.get("fingerprint") or sha256(repr(sorted(labels.items())).encode()).hexdigest()
    series = text(mark, MARK_LENGTH)
    yield Event(
        thing=text(thing, NAME_LENGTH),
        number=numbered(series, started),
        title=text(notes.get("summary") or labels.get("alertname", ""), TITLE_LENGTH),
        started=started,
        ended=instant(alert["endsAt"]) if is_over else None,
        series=series,
    )


def uptime_kuma(message: Mapping[str, Any]) -> Iterator[Event]:
    """Its times are in UTC. A failure has no number there."""
    beat, monitor = message["heartbeat"], message["monitor"]
    if beat is None or monitor is None:  # a test
        return
    told = datetime.fromisoformat(beat["time"])
    at = told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
    if beat["status"] not in (KUMA_DOWN, KUMA_UP):  # pending, or maintenance
        return
    is_up, series = beat["status"] == KUMA_UP, str(int(beat["monitorID"]))
    yield Event(
        thing=text(monitor["name"], NAME_LENGTH),
        number=numbered(series, at),
        title=text(f"{monitor['name']}: {beat['msg']}".splitlines()[0], TITLE_LENGTH),
        started=None if is_up else at,
        ended=at if is_up else None,
        series=series,
        is_beat=True,
    )


def zabbix(message: Mapping[str, Any]) -> Iterator[Event]:
    """The parameters that Zabbix's own media types send. Its clock is Norwegian where no timestamps are sent."""
    if message.get("event_source", TRIGGER) != TRIGGER:  # discovery, registration, internal
        return
    started = zabbix_instant(message, "event")
    is_over = str(message["event_value"]) == "0"
    yield Event(
        thing=text(message["host_name"], NAME_LENGTH),
        number=str(int(message["event_id"])),
        title=text(message["event_name"], TITLE_LENGTH),
        started=started,
        ended=zabbix_instant(message, "event_recovery", after=started) if is_over else None,
    )


def zabbix_instant(message: Mapping[str, Any], name: str, after: datetime | None = None) -> datetime:
    """`event_timestamp` in seconds, else `event_date` 2026.11.27 and `event_time` 12:34:56.

    In the night when an hour comes twice it is the first, unless only the second comes `after` the beginning.
    """
    seconds = str(message.get(f"{name}_timestamp", ""))
    if seconds.isdecimal():
        return datetime.fromtimestamp(int(seconds), UTC)
    day, clock = message[f"{name}_date"], message[f"{name}_time"]
    told = datetime.strptime(f"{day} {clock}", "%Y.%m.%d %H:%M:%S").replace(tzinfo=OSLO)
    first, second = told.astimezone(UTC), told.replace(fold=1).astimezone(UTC)
    return second if after and first < after else first


def instant(told: str) -> datetime:
    """RFC 3339, with nanoseconds as Go writes them. ValueError without an offset."""
    found = datetime.fromisoformat(told)
    if found.utcoffset() is None:
        raise ValueError(f"{told} has no offset.")
    return found.astimezone(UTC)


def numbered(series: str, started: datetime) -> str:
    return f"{series}-{started:%Y%m%dT%H%M%S}"


def text(told: Any, length: int) -> str:
    return NO_TEXT.sub("\ufffd", str(told))[:length]


READERS: dict[Sender, Callable[[Any], Iterator[Event]]] = {
    Sender.ALERTMANAGER: alertmanager,
    Sender.UPTIME_KUMA: uptime_kuma,
    Sender.ZABBIX: zabbix,
}
