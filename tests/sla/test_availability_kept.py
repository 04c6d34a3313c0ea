"""Whatever happens and in whatever order, the months kept are those that a calculation from scratch gives."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from partnership.periods import days
from sla.actions.agreements import Promise, set_coverage, set_targets, start_agreement_version
from sla.actions.outages import reclassify, save_outages
from sla.models import AgreementVersion, Availability, Metric, Outage, OutageKind
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from tests import make
from tests.make import oslo
from tests.sla.winter import EVENINGS, rows

NOW = oslo(2026, 6, 10, 12, 0)
STEPS = 25


@pytest.fixture
def promised(places) -> AgreementVersion:
    version = make.agreement(*places, first=date(2026, 1, 10))
    set_targets(version=version, promises=[promise()], by=None)
    recalculate(as_of=NOW)
    return version


@pytest.fixture(autouse=True)
def standing_still(monkeypatch):
    """Outages without an end are reckoned to one and the same moment."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def promise(notice_days: int = 3) -> Promise:
    return Promise(Metric.AVAILABILITY, wanted=Decimal("0.995"), good_enough=Decimal("0.99"), notice_days=notice_days)


def report(chance: random.Random, places) -> Report:
    started = oslo(2026, 1, 1, 0, 0) + timedelta(minutes=chance.randrange(170 * 24 * 60))
    ended = started + timedelta(minutes=chance.choice((0, 30, 400, 3000, 50_000)))
    hits = {
        hit.place: hit
        for service, owner in chance.sample(places, 2)
        for hit in [Hit(service, chance.choice((owner, None)), Decimal(chance.choice(("1", "0.25"))))]
    }
    number, ended, kind = chance.randrange(8), chance.choice((ended, ended, None)), chance.choice(list(OutageKind))
    if started > NOW:
        kind = OutageKind.PLANNED
    goes_on = ended and ended > NOW and kind == OutageKind.UNPLANNED
    return Report(
        source="test",
        external_id=str(number),
        hits=list(hits.values()),
        started=started,
        ended=None if goes_on else ended,
        kind=kind,
        notified=chance.choice((None, started - timedelta(days=chance.randrange(-1, 6)))),
    )


def happen(chance: random.Random, places, version: AgreementVersion) -> None:
    """An import, a judgement, or a new version of the agreement on some day."""
    known = list(Outage.objects.all())
    match chance.randrange(8):
        case 0 if known:
            reclassify(outage=chance.choice(known), kind=chance.choice(list(OutageKind)), reason="Fordi.", by=None)
        case 1:
            first_day = date(2026, 1, 20) + timedelta(days=chance.randrange(130))
            follow(chance, places, version, first_day)
        case _:
            save_outages(reports=[report(chance, places) for _ in range(chance.randrange(1, 4))], by=None)


def follow(chance: random.Random, places, version: AgreementVersion, first_day: date) -> None:
    calendar = chance.choice((version.calendar, evenings()))
    later = start_agreement_version(agreement=version.agreement, first_day=first_day, calendar=calendar, by=None)
    pairs = {(service.pk, owner.pk) for service, owner in chance.sample(places, 3)}
    touched = set_coverage(version=later, pairs=pairs, by=None)
    touched |= set_targets(version=later, promises=[promise(chance.randrange(5))], by=None)
    touched |= {(service.pk, owner.pk) for service, owner in places}  # the version before ended
    recalculate(pairs=touched, as_of=NOW)


def evenings():
    calendar = make.calendar(f"Kveld {Availability.objects.count()}-{Outage.objects.count()}-{random.random()}")
    calendar.versions.update(period=days(None, date(2026, 4, 20)))
    calendar.versions.create(number=2, period=days(date(2026, 4, 21)), weekly=EVENINGS, has_public_holidays=False)
    return calendar


@pytest.mark.parametrize("seed", range(4))
def test_months_kept_step_by_step_are_those_from_scratch(places, promised, seed):
    chance = random.Random(seed)
    for _ in range(STEPS):
        happen(chance, places, promised)
    kept = rows(Availability)

    recalculate(as_of=NOW)

    assert kept == rows(Availability)
    assert Availability.objects.filter(down_seconds__gt=0).exists()
