"""Service levels calculated anew: database in, database out, one at a time (ADR 0040 to 0042)."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from partnership.models import User
from sla.clocks import Clocks, Incidents, clocks_of, tally_of
from sla.models import CalculationRun, Incident
from sla.models.incidents import IncidentQuerySet
from sla.querysets import Pair
from sla.recalculation import availability, chosen, facts
from sla.recalculation.partition import FROZEN, PARENT, fresh_partition
from sla.recalculation.reading import CHOSEN, EVERYTHING, Choice, chunks
from sla.recalculation.terms import load_terms
from sla.recalculation.writing import write_clocks
from sla.spans import Month
from sla.tallies import Tally, together

LOCK, AVAILABILITY_LOCK = 0x51A, 0x51B  # our own numbers among advisory locks; taken in this order

type Progress = Callable[[int, int], object]


def silently(_done: int, _total: int) -> None:
    """Nobody waits to be told."""


@transaction.atomic
def recalculate(
    *,
    incidents: IncidentQuerySet | None = None,
    pairs: Collection[Pair] | None = None,
    by: User | None = None,
    cause: str = "",
    as_of: datetime | None = None,
    progress: Progress = silently,
) -> CalculationRun:
    """Clocks and monthly compliance of these incidents; or of all that was agreed for these pairs, their availability
    too; or of everything, from what the database says now.

    `incidents` is any queryset, such as `Incident.objects.filter(source="test")`; what they counted for before is
    taken back, and what that changes in months that are over is told with its `cause`. A clock that falls due after
    `as_of` (default: now) is undecided. `progress` is called with incidents done and incidents in all, as
    `partnership.jobs.Progress.at` wants it.

    Calculations wait for each other until the surrounding transaction ends, and read what was committed before their
    turn came. So whoever changes incidents or agreements calls this in the same transaction or after it; then no
    change is lost, whatever runs beside it. Running twice leaves the same rows.
    """
    _wait_for_turn(LOCK)
    with _a_run(by, as_of, is_full=incidents is None and pairs is None, cause=cause) as run:
        if pairs is not None:
            incidents = Incident.objects.of_pairs(pairs)
        if incidents is None:
            _calculate_all(run, progress)
        else:
            _calculate_some(run, incidents, progress)
        if run.is_full or pairs is not None:
            _wait_for_turn(AVAILABILITY_LOCK)
            availability.keep(run, pairs)
    return run


@transaction.atomic
def recalculate_availability(
    *,
    pairs: Collection[Pair],
    months: tuple[Month, Month],
    by: User | None = None,
    cause: str = "",
    as_of: datetime | None = None,
) -> CalculationRun:
    """After a change of outages: these pairs in these months, both included.

    Waits for others who calculate availability, but not for those who are at the incidents: a person waits for this.
    """
    _wait_for_turn(AVAILABILITY_LOCK)
    with _a_run(by, as_of, is_full=False, has_incidents=False, cause=cause) as run:
        availability.keep(run, pairs, months)
    return run


@contextmanager
def _a_run(by: User | None, as_of: datetime | None, *, cause: str, **extent: bool) -> Iterator[CalculationRun]:
    longest = CalculationRun._meta.get_field("cause").max_length
    run = CalculationRun.objects.create(by=by, as_of=as_of or timezone.now(), cause=cause[:longest], **extent)
    yield run
    run.finished = timezone.now()
    run.save()


def _wait_for_turn(lock: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [lock])


def _calculate_all(run: CalculationRun, progress: Progress) -> None:
    tallies: list[Tally] = []
    with fresh_partition(run.pk) as fresh:
        for incidents, clocks in _calculated(run, EVERYTHING, _count("sla_incident"), progress):
            write_clocks(fresh, _tallied(clocks, incidents, tallies), incidents, run.pk, FROZEN)
        facts.replace_all(together(tallies) if tallies else None, run.pk)


def _calculate_some(run: CalculationRun, incidents: IncidentQuerySet, progress: Progress) -> None:
    chosen.choose(incidents)
    with chosen.by_index():
        chosen.take_out()
        for chunk, clocks in _calculated(run, CHOSEN, _count("chosen"), progress):
            write_clocks(PARENT, clocks, chunk, run.pk)
        chosen.add_entered()
        facts.replace_touched(run)
    chosen.forget()


def _calculated(
    run: CalculationRun, choice: Choice, total: int, progress: Progress
) -> Iterator[tuple[Incidents, Iterator[Clocks]]]:
    """Chunks of incidents and their clocks, which are calculated while they are written."""
    terms, as_of = load_terms(), int(run.as_of.timestamp())
    for incidents in chunks(choice):
        yield incidents, _numbered(clocks_of(incidents, terms, as_of), run)
        run.incident_count += len(incidents.ids)
        progress(run.incident_count, total)


def _numbered(parts: Iterator[Clocks], run: CalculationRun) -> Iterator[Clocks]:
    for clocks in parts:
        run.clock_count += len(clocks)
        yield clocks


def _tallied(parts: Iterator[Clocks], incidents: Incidents, tallies: list[Tally]) -> Iterator[Clocks]:
    for clocks in parts:
        tallies.append(tally_of(clocks, incidents))
        yield clocks


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")  # noqa: S608 - our own names
        return cursor.fetchone()[0]
