"""Messages from monitoring: kept first, then read; what cannot be matched waits, and is read again when it can."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.history import recorded
from partnership.models import Organisation, User
from services.models import Service
from sla.actions.outages import save_outages, wait_for_turn
from sla.models import InboxMessage, InboxState, MonitoredThing, Outage, Sender
from sla.monitoring.events import Event, UnreadableMessage, read_events
from sla.outages.reports import Hit, Report

KEPT_FOR = timedelta(days=180)
"""A message that is read and done with is deleted after that."""


@dataclass(frozen=True)
class Names:
    """Of one source: the things that are matched, by name."""

    source: str
    known: dict[str, MonitoredThing]

    def of(self, name: str) -> MonitoredThing:
        """A name that is new waits in the queue from now on."""
        if name not in self.known:
            self.known[name] = MonitoredThing.objects.get_or_create(source=self.source, name=name)[0]
        return self.known[name]


@transaction.atomic
def keep_message(*, sender: Sender, source: str, body: bytes, by: User | None) -> InboxMessage:
    """As it came, whatever it says. The same message again is counted."""
    text, now = body.decode("utf-8", errors="replace").replace("\0", "\ufffd"), timezone.now()
    values = {"body": text, "by": by, "received_at": now, "last_received_at": now}
    message, is_new = InboxMessage.objects.get_or_create(
        sender=sender, source=source, digest=sha256(body).hexdigest(), defaults=values
    )
    if not is_new:
        InboxMessage.objects.filter(pk=message.pk).update(times=F("times") + 1, last_received_at=now)
    return message


@recorded
def read_message(*, message: InboxMessage, by: User | None) -> InboxMessage:
    """Makes outages of what it tells. Reading anew changes nothing that it has told already."""
    message = InboxMessage.objects.select_for_update().get(pk=message.pk)
    message.things, message.fault, message.read_at = [], "", timezone.now()
    try:
        events = read_events(Sender(message.sender), json.loads(message.body))
        message.things = _apply(message, events)
        message.state = InboxState.WAITING if message.things else InboxState.DONE
    except (UnreadableMessage, json.JSONDecodeError, RecursionError) as error:
        message.state, message.fault = InboxState.REFUSED, str(error)
    except ValidationError as error:
        message.state, message.fault = InboxState.REFUSED, " ".join(error.messages)
    except PermissionDenied:
        message.state, message.fault = InboxState.REFUSED, _("The sender may not import for everyone whom it hits.")
    message.save()
    return message


@recorded
def match_thing(
    *,
    thing: MonitoredThing,
    service: Service | None,
    organisation: Organisation | None,
    is_ignored: bool,
    by: User | None,
) -> MonitoredThing:
    """What waited for it is read again, in the order it came. What was told already stays with the service it had."""
    thing = MonitoredThing.objects.select_for_update().get(pk=thing.pk)
    thing.service, thing.organisation, thing.is_ignored = service, organisation, is_ignored
    thing.full_clean()
    thing.save()
    if thing.is_matched:
        for message in InboxMessage.objects.waiting_for(thing.source, thing.name):
            read_message(message=message, by=by)
    return thing


def delete_old_messages() -> None:
    InboxMessage.objects.filter(state=InboxState.DONE, last_received_at__lt=timezone.now() - KEPT_FOR).delete()


def _apply(message: InboxMessage, events: list[Event]) -> list[str]:
    """The names that are not matched yet."""
    wait_for_turn()
    things = MonitoredThing.objects.filter(source=message.source, name__in={event.thing for event in events})
    names = Names(message.source, {thing.name: thing for thing in things.select_related("service", "organisation")})
    matched = [(event, names.of(event.thing)) for event in events]
    reports = [
        report
        for event, thing in matched
        if thing.service
        for report in _reports(message.source, event, Hit(thing.service, thing.organisation))
    ]
    if reports:
        with transaction.atomic():  # so that a refusal takes nothing else with it
            save_outages(reports=reports, by=message.by)
    return sorted({thing.name for _event, thing in matched if not thing.is_matched})


def _reports(source: str, event: Event, hit: Hit) -> Iterator[Report]:
    """Nothing where it is known already: a beginning that is told once more opens nothing again."""
    number, started = event.number, event.started
    known = Outage.objects.filter(source=source)
    if started is None:  # an end without its beginning belongs to the one that is open
        opened = known.filter(external_id__startswith=f"{number}-", ended=None, started__lte=event.ended)
        if (outage := opened.order_by("-started").first()) is None:
            return
        number, started = outage.external_id, outage.started
    elif event.is_of_thing:
        if known.filter(external_id__startswith=f"{number}-", ended=None).exists():
            return
        number = f"{number}-{started:%Y%m%dT%H%M%S}"
    if event.ended is None and known.filter(external_id=number).exists():
        return
    yield Report(
        source=source,
        external_id=number,
        title=event.title if event.started else None,
        started=started,
        ended=event.ended,
        hits=[hit],
    )
