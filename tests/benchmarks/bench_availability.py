"""Availability kept month by month: outages by the thousand, two versions of the agreement, one of them late.

Ratios within one run; `script/bench` fails when a bar is missed. BENCH_OUTAGES turns the size down.
"""

import os
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection

from sla.actions.outages import save_outages
from sla.models import Availability
from sla.outages.reports import Report
from sla.recalculation import recalculate
from tests.benchmarks.incidents import followed, make_crowd
from tests.benchmarks.outages import made, promise_availability
from tests.benchmarks.timing import fastest, seconds, tell
from tests.sla.winter import rows

OUTAGES = int(os.environ.get("BENCH_OUTAGES", "20000"))
MOST_FOR_ONE_LATE, MOST_GROWTH = 0.2, 1.5


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """A tenth of the outages first, then all of them. All is committed, and cleared away afterwards."""
    with django_db_blocker.unblock():
        first = make_crowd()
        second = followed(first)
        promise_availability(first, second)
        reports = list(made(first, OUTAGES))
        save_outages(reports=reports[: OUTAGES // 10], by=None)
        few = fastest(recalculate)
        taken = seconds(lambda: save_outages(reports=reports[OUTAGES // 10 :], by=None))
        print(f"\n{OUTAGES:,} outages saved and calculated in {taken:.1f} s")
        yield SimpleNamespace(few=few, reports=reports)
        with connection.cursor() as cursor:
            cursor.execute(
                "truncate sla_availability, sla_outage, services_service, sla_serviceagreement, "
                "services_servicecalendar, partnership_organisation, sla_calculationrun cascade"
            )


def test_what_is_kept_outage_by_outage_is_what_everything_gives(db):
    """The figures that are timed are right; and with a test of the database pytest makes one."""
    first = make_crowd()
    promise_availability(first, followed(first))
    for report in list(made(first, OUTAGES))[:50]:
        save_outages(reports=[report], by=None)
    kept = rows(Availability)

    recalculate()

    assert rows(Availability) >= kept > set()


def test_one_late_outage_costs_its_month_and_not_all_of_them(measured):
    late = measured.reports[0]
    numbers = iter(range(1000))

    def tell_late() -> None:
        save_outages(reports=[Report(**vars(late) | {"external_id": f"late-{next(numbers)}"})], by=None)

    taken, whole = fastest(tell_late), fastest(recalculate)
    print(f"\none late outage among {OUTAGES:,}: {taken * 1000:.0f} ms; everything: {whole:.2f} s")
    tell("one late outage / everything", taken / whole, MOST_FOR_ONE_LATE)
    assert Availability.objects.exists()
    assert taken / whole <= MOST_FOR_ONE_LATE


def test_the_cost_of_an_outage_does_not_grow_with_their_number(measured):
    """Ten times as many; what every month costs without any is part of both."""
    growth = fastest(recalculate) / (measured.few * 10)
    tell("ten times as many outages / ten times the time", growth, MOST_GROWTH)
    assert growth <= MOST_GROWTH
