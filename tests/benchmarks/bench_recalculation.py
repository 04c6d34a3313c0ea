"""A million incidents and some outages under two versions of an agreement, database to database, against the least that
any way must do, and against the ORM.

Ratios within one run; `script/bench` fails when a bar is missed. BENCH_INCIDENTS turns the size down.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.utils import timezone
from psycopg import Cursor

from partnership.models import Organisation
from services.models import Service
from sla.actions.outages import save_outages
from sla.clocks import clocks_of
from sla.deadlines import Deadline, with_deadline
from sla.figures.incidents import by_deadline
from sla.models import CalculationRun, Clock, Compliance, Coverage, Incident, Metric
from sla.recalculation import facts, recalculate
from sla.recalculation.partition import FROZEN, PARENT, fresh_partition
from sla.recalculation.reading import CHUNK, chunks
from sla.recalculation.supposed import supposed
from sla.recalculation.terms import load_terms
from sla.recalculation.wire import fetch_columns
from sla.recalculation.writing import COLUMNS
from sla.spans import Month
from sla.tallies import Tally, together
from tests import make
from tests.benchmarks.incidents import followed, make_crowd, make_incidents, make_one
from tests.benchmarks.orm import recalculate_one_by_one
from tests.benchmarks.outages import made, promise_availability
from tests.benchmarks.timing import ROUNDS, fastest, seconds, tell

INCIDENTS = int(os.environ.get("BENCH_INCIDENTS", "1000000"))
FEW = 10_000
OUTAGES = 1_000
ORM_INCIDENTS = 20_000
BLOCK = 1 << 20
KILOBYTES = 1024
PAGE = 25
LATELY = timedelta(days=5)

MOST_TIMES_COPY, LEAST_TIMES_ORM, MOST_TIMES_COUNTING = 1.2, 25, 2
MOST_GROWTH, MOST_FOR_OTHERS, MOST_MEGABYTES = 1.2, 1.1, 600
MOST_FOR_ONE_LATE, MOST_OF_A_SCAN = 0.02, 0.5
MOST_FOR_A_LIST = 0.01
MOST_FOR_WHAT_IF = 1.0
MOST_FOR_ARITHMETIC = 0.5

INPUT = (
    "select id, service_id, organisation_id, priority, opened, responded, resolved from sla_incident",
    "select incident_id, started, ended from sla_pause",
)
DECIDED = """
    select service_id, organisation_id,
        (date_part('year', month)::int8 - 1970) * 12 + date_part('month', month)::int8 - 1 as month,
        target_id, calendar_version_id, 1::int8 as counted, met::int::int8 as met, digest
    from sla_clock where month is not null
"""
FULL_RUN_AND_PEAK = """
from pathlib import Path
from sla.recalculation import recalculate
recalculate()
print(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""
COUNTING = "select count(*), count(*) filter (where met) from sla_clock where month is not null"


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """The small measurements are made before the crowd comes. All is committed, and cleared away afterwards."""
    with django_db_blocker.unblock():
        one = make_one()
        followed(one)
        make_incidents(one, FEW)
        recalculate()
        own = Incident.objects.of_pairs(one.coverage.values_list("service_id", "organisation_id"))
        small = SimpleNamespace(full=fastest(recalculate), partial=fastest(lambda: recalculate(incidents=own)))
        crowd = make_crowd()
        promise_availability(crowd, followed(crowd))
        save_outages(reports=list(made(crowd, OUTAGES)), by=None)
        make_incidents(crowd, INCIDENTS)
        recalculate()
        yield SimpleNamespace(own=own, small=small, crowd=crowd)
        with connection.cursor() as cursor:
            cursor.execute(
                "truncate sla_clock, sla_compliance, sla_incident, sla_availability, sla_outage, services_service, "
                "sla_serviceagreement, services_servicecalendar, partnership_organisation, sla_calculationrun cascade"
            )


def copy_out(query: str) -> Iterator[bytes]:
    with Cursor(connection.connection) as cursor, cursor.copy(f"copy ({query}) to stdout (format binary)") as copy:
        yield from map(bytes, copy)


@transaction.atomic
def copy_only(rows: bytes, number: int) -> None:
    """The input out, the same clocks into a fresh table with the same indexes, swapped in, and nothing else."""
    for query in INPUT:
        deque(copy_out(query), maxlen=0)
    with fresh_partition(number) as fresh:
        statement = f"copy {fresh} ({', '.join(COLUMNS)}) from stdin (format binary{FROZEN})"
        with Cursor(connection.connection) as cursor, cursor.copy(statement) as copy:
            for start in range(0, len(rows), BLOCK):
                copy.write(rows[start : start + BLOCK])


def test_the_loop_it_is_measured_against_leaves_the_same_rows(db):
    one = make_one()
    followed(one)
    make_incidents(one, 500)
    run = recalculate(as_of=timezone.now().replace(microsecond=0))
    columns = [column for column in COLUMNS if column != "digest"]
    ours = set(Clock.objects.values_list(*columns))

    recalculate_one_by_one(500, run.pk, run.as_of)

    assert set(Clock.objects.values_list(*columns)) == ours


def test_a_full_run_costs_little_more_than_copying_its_rows(measured):
    rows = b"".join(copy_out(f"select {', '.join(COLUMNS)} from {PARENT}"))  # noqa: S608 - our own names
    number = CalculationRun.objects.latest("pk").pk + 1_000_000
    ours, copies = [], []
    for attempt in range(ROUNDS):
        copies.append(seconds(lambda attempt=attempt: copy_only(rows, number + attempt)))
        ours.append(seconds(recalculate))
    print(f"\n{Incident.objects.count():,} incidents: {ours} s, their rows copied: {copies} s")
    tell("full recalculation / binary COPY of the same rows", median(ours) / median(copies), MOST_TIMES_COPY)
    assert median(ours) / median(copies) <= MOST_TIMES_COPY


def test_a_full_run_leaves_the_orm_behind(measured):
    run = CalculationRun.objects.latest("pk")
    each = seconds(lambda: recalculate_one_by_one(ORM_INCIDENTS, run.pk, run.as_of)) / ORM_INCIDENTS
    ours = fastest(recalculate) / Incident.objects.count()
    tell("ORM with prefetch and bulk_create / full recalculation", each / ours, LEAST_TIMES_ORM)
    assert each / ours >= LEAST_TIMES_ORM


def test_others_cost_next_to_nothing_when_one_agreement_changes(measured):
    ratio = fastest(lambda: recalculate(incidents=measured.own)) / measured.small.partial
    tell(f"one agreement among {INCIDENTS:,} other incidents / alone", ratio, MOST_FOR_OTHERS)
    assert ratio <= MOST_FOR_OTHERS


def test_one_late_incident_among_all_is_looked_up(measured):
    """Found by its index, counted again in its cells; nothing is scanned: a scan of what is kept takes longer."""
    count = connection.cursor()
    counting = fastest(lambda: (count.execute(COUNTING), count.fetchall()))
    late = Incident.objects.filter(pk=Incident.objects.latest("pk").pk)
    taken, whole = fastest(lambda: recalculate(incidents=late)), fastest(recalculate)
    print(f"\none late incident among {Incident.objects.count():,}: {taken * 1000:.1f} ms")
    tell("one late incident / full recalculation", taken / whole, MOST_FOR_ONE_LATE)
    tell("one late incident / counting scan of the clocks", taken / counting, MOST_OF_A_SCAN)
    assert taken / whole <= MOST_FOR_ONE_LATE
    assert taken / counting <= MOST_OF_A_SCAN


def test_the_arithmetic_is_the_small_part(measured):
    """So that a target that is changed is calculated anew as any other (ADR 68)."""
    terms, as_of, loaded = load_terms(), int(timezone.now().timestamp()), list(chunks())

    def arithmetic() -> None:
        for incidents in loaded:
            deque(clocks_of(incidents, terms, as_of), maxlen=0)

    ratio = fastest(arithmetic) / fastest(recalculate)
    tell("the arithmetic of all clocks / full recalculation", ratio, MOST_FOR_ARITHMETIC)
    assert ratio <= MOST_FOR_ARITHMETIC


def test_what_is_about_to_break_is_looked_up(measured):
    """The page of it and how many there are: an index scan, however many have been decided."""
    now, since = timezone.now(), timezone.localdate() - LATELY
    make_incidents(measured.crowd, FEW, first_day=since, length=LATELY)
    recalculate()
    soon = with_deadline(Incident.objects.all(), Deadline.SOON, Metric.RESOLUTION, now)

    def page() -> None:
        assert len(by_deadline(soon, Metric.RESOLUTION).order_by("due", "pk")[:PAGE]) == PAGE <= soon.count()

    taken, whole = fastest(page), fastest(recalculate)
    print(f"\nwhat is about to break among {Incident.objects.count():,}: {taken * 1000:.1f} ms")
    tell("the list of what is about to break / full recalculation", taken / whole, MOST_FOR_A_LIST)
    assert taken / whole <= MOST_FOR_A_LIST


def test_a_draft_is_tried_on_five_years_in_less_than_a_full_run(measured):
    """Every deadline twice, by the version in force and by the draft, and nothing is written."""
    pairs = sorted(Coverage.objects.values_list("service", "organisation").distinct())
    services, owners = Service.objects.in_bulk(), Organisation.objects.in_bulk()
    draft = make.draft(*((services[one], owners[place]) for one, place in pairs), name="Driftsavtalen", minutes=120)
    tried = fastest(lambda: supposed(draft, pairs, (Month(2021, 1), Month(2025, 12)), timezone.now()))
    draft.delete()
    tell("a draft tried on five years / full recalculation", tried / fastest(recalculate), MOST_FOR_WHAT_IF)
    assert tried / fastest(recalculate) <= MOST_FOR_WHAT_IF


def test_the_cost_of_an_incident_does_not_grow_with_their_number(measured):
    growth = (fastest(recalculate) / Incident.objects.count()) / (measured.small.full / FEW)
    tell(f"seconds per incident, {INCIDENTS:,} / {FEW:,}", growth, MOST_GROWTH)
    assert growth <= MOST_GROWTH


def test_monthly_facts_cost_at_most_twice_a_counting_scan(measured):
    columns = fetch_columns(DECIDED, [field.strip() for field in facts.COLUMNS[:5]] + ["counted", "met", "digest"])
    starts = range(0, len(columns[0]), CHUNK)
    parts = [Tally(*(column[start : start + CHUNK] for column in columns)) for start in starts]
    before = list(Compliance.objects.order_by("pk").values_list("pk", "counted", "met", "digest"))
    count = connection.cursor()
    counting = fastest(lambda: (count.execute(COUNTING), count.fetchall()))
    tallying = fastest(lambda: together([part.by_cell() for part in parts]))
    with transaction.atomic():
        facts.replace_all(together([part.by_cell() for part in parts]), CalculationRun.objects.latest("pk").pk)
    assert list(Compliance.objects.order_by("pk").values_list("pk", "counted", "met", "digest")) == before
    tell("monthly facts / counting scan of the clocks", tallying / counting, MOST_TIMES_COUNTING)
    assert tallying / counting <= MOST_TIMES_COUNTING


def test_memory_stays_flat(measured):
    url = os.environ["DATABASE_URL"].replace("/fellesgrep?", f"/{connection.settings_dict['NAME']}?")
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", FULL_RUN_AND_PEAK]
    environment = os.environ | {"DATABASE_URL": url, "DEBUG": "1"}
    answer = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    megabytes = int(answer.stdout.split()[-2]) / KILOBYTES
    tell("peak memory of the full recalculation, MB", megabytes, MOST_MEGABYTES)
    assert Clock.objects.exists()
    assert megabytes <= MOST_MEGABYTES
