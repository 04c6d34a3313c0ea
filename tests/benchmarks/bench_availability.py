"""Availability kept month by month: outages by the thousand, two versions of the agreement, one of them late.

Ratios within one run; `script/bench` fails when a bar is missed. BENCH_OUTAGES turns the size down.
"""

import os
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from sla.actions.outages import save_outages
from sla.models import AgreementVersion, Availability, Metric, OutageKind, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from tests.benchmarks.incidents import followed, make_crowd
from tests.benchmarks.timing import fastest, seconds, tell
from tests.sla.winter import rows

OUTAGES = int(os.environ.get("BENCH_OUTAGES", "20000"))
MONTHS = 60
MOST_FOR_ONE_LATE, MOST_GROWTH = 0.2, 1.5
PROMISED = {"metric": Metric.AVAILABILITY, "wanted": "0.995", "good_enough": "0.99", "notice_days": 3, "pauses": False}


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """A tenth of the outages first, then all of them. All is committed, and cleared away afterwards."""
    with django_db_blocker.unblock():
        first = make_crowd()
        second = followed(first)
        for version in (first, second):
            Target.objects.create(version=version, **PROMISED)
        reports = list(made(first))
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


def made(version: AgreementVersion) -> Iterator[Report]:
    """Evenly over five years: some hit one owner and some everyone, one in five was planned."""
    chance = random.Random(7)
    places = [(row.service, row.organisation) for row in version.coverage.select_related("service", "organisation")]
    for number in range(OUTAGES):
        service, owner = chance.choice(places)
        started = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(MONTHS * 30 * 24 * 60))
        yield Report(
            source="bench",
            external_id=str(number),
            hits=[Hit(service, chance.choice((owner, owner, None)))],
            started=started,
            ended=started + timedelta(minutes=chance.choice((10, 45, 240, 1500))),
            kind=OutageKind.PLANNED if number % 5 == 0 else OutageKind.UNPLANNED,
        )


def test_what_is_kept_outage_by_outage_is_what_everything_gives(db):
    """The figures that are timed are right; and with a test of the database pytest makes one."""
    first = make_crowd()
    for version in (first, followed(first)):
        Target.objects.create(version=version, **PROMISED)
    for report in list(made(first))[:50]:
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
