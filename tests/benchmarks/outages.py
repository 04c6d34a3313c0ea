"""Outages by the thousand for benchmarks, and what is promised of availability: the same ones every time."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sla.models import AgreementVersion, Metric, OutageKind, Target
from sla.outages.reports import Hit, Report

MONTHS = 60
PROMISED = {"metric": Metric.AVAILABILITY, "wanted": "0.995", "good_enough": "0.99", "notice_days": 3, "pauses": False}


def promise_availability(*versions: AgreementVersion) -> None:
    for version in versions:
        Target.objects.create(version=version, **PROMISED)


def made(version: AgreementVersion, count: int) -> Iterator[Report]:
    """Evenly over five years: some hit one owner and some everyone, one in five was planned."""
    chance = random.Random(7)
    places = [(row.service, row.organisation) for row in version.coverage.select_related("service", "organisation")]
    for number in range(count):
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
