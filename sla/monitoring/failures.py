"""Which failures a source has told of: those that are known, or new ones.

A source that numbers its failures needs no more than its number. Of others it is found by what meets in time, so that
messages may come twice, late and in any order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from sla.models import Outage
from sla.monitoring.events import Event, numbered

LAST = datetime.max.replace(tzinfo=UTC)


class Lasting(Protocol):
    """From `started` until `ended`, both included, or still."""

    @property
    def started(self) -> datetime: ...
    @property
    def ended(self) -> datetime | None: ...


@dataclass(frozen=True, order=True)
class Beat:
    """Down, or up, at a moment. Of both at one moment, up comes last."""

    at: datetime
    is_up: bool
    title: str = field(default="", compare=False)


@dataclass(frozen=True)
class Span:
    started: datetime
    ended: datetime | None
    title: str = ""


@dataclass(frozen=True)
class Failure:
    """What is to be known of one; `outage` is what is known, or None."""

    number: str
    span: Span
    outage: Outage | None


def failures(event: Event, known: Sequence[Outage], told: Iterable[Event]) -> list[Failure]:
    """Those that what is told now touches.

    known   the outages of the source that go on, or ended at the event or later, by when they began
    told    what else its messages tell, as far back as `since` says
    """
    if not event.is_beat:
        return [_whole(event, known)]
    own = of_series(event, known)
    first, last = _around(event, own)
    beats = [_beat(event), *_beats(own), *(_beat(one) for one in told if one.series == event.series)]
    spans = spans_of(beat for beat in beats if beat.at >= first)
    return list(_named([span for span in spans if meet(span, Span(first, last))], event.series, own))


def since(event: Event, known: Sequence[Outage]) -> datetime:
    """What was told of before that cannot matter to what the event tells."""
    return _around(event, of_series(event, known))[0]


def of_series(event: Event, known: Sequence[Outage]) -> list[Outage]:
    return [outage for outage in known if event.series and outage.external_id.startswith(f"{event.series}-")]


def spans_of(beats: Iterable[Beat]) -> list[Span]:
    """From each first that tells that it is down until the next that tells that it is up."""
    found: list[Span] = []
    for beat in sorted(beats):
        is_down = bool(found) and found[-1].ended is None
        if is_down and beat.is_up:
            found[-1] = Span(found[-1].started, beat.at, found[-1].title)
        elif not is_down and not beat.is_up:
            found.append(Span(beat.at, None, beat.title))
    return found


def meet(one: Lasting, other: Lasting) -> bool:
    return one.started <= (other.ended or LAST) and other.started <= (one.ended or LAST)


def _whole(event: Event, known: Sequence[Outage]) -> Failure:
    """The earliest beginning that was told holds."""
    span = Span(event.at, event.ended, event.title)
    outage = next((one for one in known if one.external_id == event.number), None)
    outage = outage or next((one for one in reversed(of_series(event, known)) if _is_same(one, span)), None)
    if outage is None:
        return Failure(event.number, span, None)
    told = Span(min(span.started, outage.started), span.ended or outage.ended)
    return Failure(outage.external_id, told, outage)


def _is_same(outage: Outage, span: Span) -> bool:
    """Of what is not over, its beginning tells; and no two go on at once."""
    go_on = outage.ended is None and span.ended is None
    return go_on or meet(outage, Span(span.started, span.ended or span.started))


def _around(event: Event, own: Sequence[Outage]) -> tuple[datetime, datetime | None]:
    """From when until when the outage lasted in which the event is; else the moment of the event."""
    outage = next((outage for outage in own if outage.started <= event.at), None)
    return (outage.started, outage.ended) if outage else (event.at, event.at)


def _beat(event: Event) -> Beat:
    return Beat(event.at, event.started is None, event.title)


def _beats(outages: Iterable[Outage]) -> Iterator[Beat]:
    for outage in outages:
        yield Beat(outage.started, False)
        if outage.ended:
            yield Beat(outage.ended, True)


def _named(spans: Sequence[Span], series: str, known: Sequence[Outage]) -> Iterator[Failure]:
    """An outage keeps its number also where it turns out to have begun earlier."""
    by_number, numbers = (
        {outage.external_id: outage for outage in known},
        [numbered(series, one.started) for one in spans],
    )
    free = [outage for outage in known if outage.external_id not in numbers]
    for span, number in zip(spans, numbers, strict=True):
        outage = by_number.get(number) or next((one for one in free if meet(one, span)), None)
        free = [one for one in free if one != outage]
        yield Failure(outage.external_id if outage else number, span, outage)
