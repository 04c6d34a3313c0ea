"""Whatever changes the past and in whatever order, what is kept is what a calculation of everything from scratch gives:
incidents sent in and corrected, outages and judgements, drafts that are approved for any day, opening hours that held
from a day gone by.
"""

import random
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from partnership.models import Body
from services.actions.calendars import add_calendar_version
from sla.actions.agreements import Promise
from sla.actions.outages import reclassify, save_outages
from sla.actions.recalculate import judged_by
from sla.actions.versions import Content, approve_version, propose_version, write_deviation, write_draft
from sla.models import (
    Availability,
    ChangedFigure,
    Clock,
    Compliance,
    Impact,
    Incident,
    Metric,
    Outage,
    OutageKind,
    Pause,
)
from sla.recalculation import recalculate
from tests import make, make_bodies
from tests.make import oslo
from tests.sla.test_availability_kept import NOW, promise, report
from tests.sla.winter import ALWAYS, EVENINGS, rows

STEPS = 30
HOURS = (EVENINGS, ALWAYS, make.OFFICE_HOURS)


@pytest.fixture(autouse=True)
def standing_still(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def agreement(places):
    """Two of the places at first, in the version that a board approved."""
    make_bodies.body()
    version = make.agreement(*places[:2], first=date(2026, 1, 10))
    recalculate(as_of=NOW)
    return version.agreement


def some_day(chance: random.Random) -> date:
    return date(2026, 1, 1) + timedelta(days=chance.randrange(160))


def incidents_come(chance: random.Random, places) -> None:
    """New ones, and corrections of those that are known, as an import saves them and calculates."""
    touched = []
    for _ in range(chance.randrange(1, 6)):
        service, owner = chance.choice(places)
        opened = oslo(2026, 1, 2, 8) + timedelta(minutes=chance.randrange(150 * 24 * 60))
        values = {
            "service": service,
            "organisation": owner,
            "opened": opened,
            "priority": chance.randrange(1, 5),
            "impact": chance.choice((None, *Impact)),
            "responded": chance.choice((None, opened + timedelta(minutes=chance.randrange(3000)))),
            "resolved": chance.choice((None, opened + timedelta(minutes=chance.randrange(9000)))),
        }
        one, _created = Incident.objects.update_or_create(
            source="test", external_id=str(chance.randrange(15)), defaults=values | {"title": "Feil"}
        )
        one.pauses.all().delete()
        if chance.random() < 0.5:
            Pause.objects.create(incident=one, started=opened, ended=opened + timedelta(minutes=chance.randrange(4000)))
        touched.append(one.pk)
    recalculate(incidents=Incident.objects.filter(pk__in=touched), as_of=NOW)


def outages_come(chance: random.Random, places) -> None:
    save_outages(reports=[report(chance, places) for _ in range(chance.randrange(1, 4))], by=None)


def something_is_judged_anew(chance: random.Random) -> None:
    if known := list(Outage.objects.all()):
        reclassify(outage=chance.choice(known), kind=chance.choice(list(OutageKind)), reason="Fordi.", by=None)


def a_version_is_approved(chance: random.Random, places, agreement) -> None:
    """Drafted with other targets for other places, one owner otherwise, and approved for any day that is free."""
    calendar = chance.choice([agreement.versions.first().calendar, make.calendar(f"Tider {chance.random()}")])
    covered = chance.sample(places, chance.randrange(1, 4))
    promises = [Promise(Metric.RESOLUTION, priority, chance.randrange(30, 900)) for priority in (1, 3)]
    content = Content(
        calendar=calendar,
        pairs=[(service.pk, owner.pk) for service, owner in covered],
        promises=[*promises, promise(chance.randrange(5))],
    )
    draft = write_draft(agreement=agreement, first_day=date(2026, 5, 1), content=content, by=None)
    own = [Promise(Metric.RESPONSE, 2, chance.randrange(10, 300)), promise(0)]
    write_deviation(version=draft, organisation=covered[0][1], promises=own, by=None)
    hit = [Promise(Metric.RESOLUTION, 1, chance.randrange(30, 300))]
    write_deviation(version=draft, impact=chance.choice(list(Impact)), promises=hit, by=None)
    propose_version(version=draft, proposed_to=Body.objects.get(), by=None)
    day = some_day(chance)
    while agreement.versions.filter(period__startswith=day).exists():
        day += timedelta(days=1)
    written = approve_version(version=draft, first_day=day, decided_in=None, resolution="sak 1/26", by=None)
    recalculate(pairs=written.touched, as_of=NOW)


def hours_held_otherwise(chance: random.Random, agreement) -> None:
    calendar = chance.choice(list(agreement.versions.select_related("calendar"))).calendar
    hours = {"weekly": chance.choice(HOURS), "resolution": "sak 2/26"}
    try:
        add_calendar_version(calendar=calendar, first_day=some_day(chance), hours=hours, by=None)
    except ValidationError:  # before the newest version begins
        return
    recalculate(pairs=judged_by(calendar), as_of=NOW)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_step_by_step_is_what_everything_gives(places, agreement, seed):
    chance = random.Random(seed)
    happenings = (
        lambda: incidents_come(chance, places),
        lambda: incidents_come(chance, places),
        lambda: outages_come(chance, places),
        lambda: something_is_judged_anew(chance),
        lambda: a_version_is_approved(chance, places, agreement),
        lambda: hours_held_otherwise(chance, agreement),
    )
    for _ in range(STEPS):
        chance.choice(happenings)()
    kept = [rows(model) for model in (Clock, Compliance, Availability)]

    recalculate(as_of=NOW)

    assert kept == [rows(model) for model in (Clock, Compliance, Availability)]
    assert all(kept)
    assert ChangedFigure.objects.exists()
