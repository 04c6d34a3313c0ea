"""Messages from monitoring: kept first, then read; what cannot be matched waits, and is read again when it can."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.history import recorded
from partnership.jobs import open_job
from partnership.models import Job, Organisation, User
from services.models import Service
from sla.actions.outages import save_outages, wait_for_turn
from sla.models import InboxMessage, InboxState, MonitoredThing, Outage, Sender
from sla.monitoring.events import Event, read_events
from sla.monitoring.failures import Failure, failures, since
from sla.outages.merging import hits_of
from sla.outages.reports import Hit, Report

KEPT_FOR = timedelta(days=180)
"""A message that is done with, or was refused, is deleted after that."""
READING = "inbox"
MOST_FAULTS = 10


@dataclass(frozen=True)
class Matched:
    """`reading` is the job that reads what waited; None where nothing did."""

    thing: MonitoredThing
    reading: Job | None


@transaction.atomic
def keep_message(*, sender: Sender, source: str, body: bytes, by: User | None) -> InboxMessage:
    """As it came, whatever it says. The same message again is counted, and read as the last who sent it may."""
    text, now = body.decode("utf-8", errors="replace").replace("\0", "\ufffd"), timezone.now()
    values = {"body": text, "by": by, "received_at": now, "last_received_at": now}
    message, is_new = InboxMessage.objects.get_or_create(
        sender=sender, source=source, digest=sha256(body).hexdigest(), defaults=values
    )
    if not is_new:
        kept = InboxMessage.objects.filter(pk=message.pk)
        kept.update(times=F("times") + 1, last_received_at=now)
        kept.exclude(state=InboxState.DONE).update(by=by)
    return message


@recorded
def read_message(*, message: InboxMessage, by: User | None) -> InboxMessage:
    """Makes outages of what it tells. Reading anew changes nothing that it has told already."""
    wait_for_turn()  # before any row, as everyone does who reads or matches
    message = InboxMessage.objects.select_for_update().get(pk=message.pk)
    told = read_events(Sender(message.sender), message.body)
    message.things, refused = _apply(message, told.events)
    message.fault = " ".join(list(dict.fromkeys([*told.faults, *refused]))[:MOST_FAULTS])
    message.state = InboxState.REFUSED if message.fault else InboxState.DONE
    if message.things:
        message.state = InboxState.WAITING
    message.read_at = timezone.now()
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
) -> Matched:
    """What waited for it is to be read. What was told already stays with the service it had."""
    wait_for_turn()
    thing = MonitoredThing.objects.select_for_update().get(pk=thing.pk)
    thing.service, thing.organisation, thing.is_ignored = service, organisation, is_ignored
    thing.full_clean()
    thing.save()
    if not (thing.is_matched and InboxMessage.objects.waiting_for(thing.source, thing.name).exists()):
        return Matched(thing, None)
    return Matched(thing, open_job(kind=READING, key=str(thing.pk), by=by, arguments={"thing": thing.pk}))


def read_waiting(*, thing: MonitoredThing, by: User | None, at: Callable[[int, int], None]) -> Counter[str]:
    """One by one, so that what is sent meanwhile gets its turn. How many there are now in each state."""
    waiting, states = list(InboxMessage.objects.waiting_for(thing.source, thing.name).defer("body")), Counter[str]()
    for done, message in enumerate(waiting):
        at(done, len(waiting))
        states[read_message(message=message, by=by).state] += 1
    at(len(waiting), len(waiting))
    return states


def delete_old_messages() -> None:
    """A name that nobody has matched may be matched yet: what waits is kept."""
    old = InboxMessage.objects.filter(last_received_at__lt=timezone.now() - KEPT_FOR)
    old.filter(state__in=(InboxState.DONE, InboxState.REFUSED)).delete()


def _apply(message: InboxMessage, events: Sequence[Event]) -> tuple[list[str], list[str]]:
    """The names that are not matched yet, and in words what was refused."""
    if not events:
        return [], []
    things = _things(message.source, {event.thing for event in events})
    known = _known(message.source, events)
    reports = [
        _report(message.source, failure, thing.service, thing.organisation)
        for event in events
        if (thing := things[event.thing]).service
        for failure in failures(event, known, _told(message, event, known))
    ]
    unmatched = sorted(name for name, thing in things.items() if not thing.is_matched)
    return unmatched, list(_refused(reports, message.by)) if reports else []


def _things(source: str, names: set[str]) -> dict[str, MonitoredThing]:
    """By name. A name that is new waits in the queue from now on."""
    rows = MonitoredThing.objects.filter(source=source, name__in=names).select_related("service", "organisation")
    known = {thing.name: thing for thing in rows}
    new = [MonitoredThing(source=source, name=name) for name in sorted(names - known.keys())]
    return known | {thing.name: thing for thing in MonitoredThing.objects.bulk_create(new)}


def _known(source: str, events: Sequence[Event]) -> list[Outage]:
    """The outages of the source that the events may be about, by when they began."""
    lasting = Q(ended=None) | Q(ended__gte=min(event.at for event in events))
    numbered = Q(external_id__in=[event.number for event in events])
    rows = Outage.objects.filter(lasting | numbered, source=source).order_by("started", "pk")
    return list(rows.prefetch_related("reach__service", "reach__organisation"))


def _told(message: InboxMessage, event: Event, known: Sequence[Outage]) -> Iterator[Event]:
    """Of one that tells moments alone, the others: what they told may have found no failure to belong to."""
    if event.is_beat:
        for body in InboxMessage.objects.beside(message, since(event, known)).values_list("body", flat=True).iterator():
            yield from read_events(Sender(message.sender), body).events


def _report(source: str, failure: Failure, service: Service, organisation: Organisation | None) -> Report:
    """What is known keeps its title and whom it hits, whatever its name is matched with now."""
    outage, span = failure.outage, failure.span
    return Report(
        source=source,
        external_id=failure.number,
        title=None if outage else span.title,
        started=span.started,
        ended=span.ended,
        hits=hits_of(outage) if outage else [Hit(service, organisation)],
    )


def _refused(reports: Sequence[Report], by: User | None) -> Iterator[str]:
    """Saves all at once; where something is refused, one by one, so that it takes nothing else with it."""
    try:
        with transaction.atomic():
            save_outages(reports=reports, by=by, is_whole=False)
    except (PermissionDenied, ValidationError) as error:
        if len(reports) == 1:
            yield _why(error)
        else:
            for report in reports:
                yield from _refused([report], by)


def _why(error: PermissionDenied | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return _("The sender may not import for everyone whom it hits.")
