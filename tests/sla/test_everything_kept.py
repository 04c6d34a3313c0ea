"""Whatever changes the past and in whatever order, what is kept is what a calculation of everything from scratch gives:
incidents sent in and corrected, some that wait, outages and judgements, drafts approved for any day, ends, approvals
that are withdrawn, opening hours that held from a day gone by, and the credits that follow.
"""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from partnership.models import Body
from services.actions.calendars import add_calendar_version
from sla.actions.agreements import Promise
from sla.actions.credits import decide_credit, propose_credits, set_credits
from sla.actions.ending import end_agreement
from sla.actions.incidents import upsert_incidents
from sla.actions.outages import reclassify, save_outages
from sla.actions.pauses import pause_incident, resume_incident
from sla.actions.recalculate import judged_by
from sla.actions.versions import (
    Content,
    approve_version,
    discard_draft,
    is_still_to_come,
    propose_version,
    take_back,
    withdraw_approval,
    write_credits,
    write_deviation,
    write_draft,
)
from sla.credits.ladder import Step
from sla.models import (
    Availability,
    ChangedFigure,
    Clock,
    Commitment,
    Compliance,
    Credit,
    CreditState,
    Impact,
    Incident,
    Metric,
    Outage,
    OutageKind,
)
from sla.recalculation import recalculate
from tests import make, make_bodies
from tests.make import oslo
from tests.sla.test_availability_kept import NOW, promise, report
from tests.sla.winter import ALWAYS, EVENINGS, rows

STEPS = 50
LADDER = (Step(Decimal(0), Decimal(5)), Step(Decimal(10), Decimal(10)))
LADDERED = (Metric.AVAILABILITY, Metric.RESOLUTION)
HOURS = (EVENINGS, ALWAYS, make.OFFICE_HOURS)


@pytest.fixture(autouse=True)
def standing_still(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def agreement(places):
    """Two of the places at first, in the version that a board approved; its deadlines are guaranteed."""
    make_bodies.body()
    version = make.agreement(*places[:2], first=date(2026, 1, 10))
    version.targets.update(commitment=Commitment.GUARANTEE)
    set_credits(version=version, cap=Decimal(12), ladders={Metric.RESOLUTION: LADDER}, by=None)
    recalculate(as_of=NOW)
    return version.agreement


def some_day(chance: random.Random) -> date:
    return date(2026, 1, 1) + timedelta(days=chance.randrange(160))


def a_free_day(chance: random.Random, of) -> date:
    """On which no version of this begins."""
    day = some_day(chance)
    while of.versions.filter(period__startswith=day).exists():
        day += timedelta(days=1)
    return day


def incidents_come(chance: random.Random, places) -> None:
    """New ones, and corrections of those that are known: of where they belong, too."""
    rows = [told(chance, *chance.choice(places)) for _ in range(chance.randrange(1, 9))]
    touched = upsert_incidents(rows=rows, by=None).touched
    recalculate(incidents=Incident.objects.filter(pk__in=touched), as_of=NOW)


def told(chance: random.Random, service, owner) -> dict:
    opened = oslo(2026, 1, 2, 8) + timedelta(minutes=chance.randrange(150 * 24 * 60))
    row = {
        "source": "test",
        "external_id": str(chance.randrange(40)),
        "title": "Feil",
        "service": service,
        "organisation": owner,
        "opened": opened,
        "priority": chance.randrange(1, 5),
        "impact": chance.choice((None, *Impact)),
        "responded": chance.choice((None, opened + timedelta(minutes=chance.randrange(3000)))),
        "resolved": chance.choice((None, opened + timedelta(minutes=chance.randrange(9000)))),
        "pauses": [],
    }
    if chance.random() < 0.5:
        ended = chance.choice((None, opened + timedelta(minutes=chance.randrange(4000))))
        row["pauses"] = [{"started": opened, "ended": ended, "reason": "Awaiting Vendor", "was_solved": False}]
    return row


def one_waits_or_goes_on(chance: random.Random, person) -> None:
    if known := list(Incident.objects.open()):
        one = chance.choice(known)
        own = one.pauses.own().lasting(NOW).exists()
        if own:
            resume_incident(incident=one, by=person)
        elif not one.pauses.lasting(NOW).exists():
            days = timedelta(days=chance.randrange(1, 60))
            pause_incident(incident=one, reason="Awaiting Vendor", resumes=NOW.date() + days, by=person)
        recalculate(incidents=Incident.objects.filter(pk=one.pk), as_of=NOW)


def outages_come(chance: random.Random, places) -> None:
    save_outages(reports=[report(chance, places) for _ in range(chance.randrange(1, 4))], by=None)


def something_is_judged_anew(chance: random.Random) -> None:
    if known := list(Outage.objects.exclude(ended=None).filter(started__lte=NOW)):
        reclassify(outage=chance.choice(known), kind=chance.choice(list(OutageKind)), reason="Fordi.", by=None)


def a_version_is_approved(chance: random.Random, places, agreement) -> None:
    """Drafted with other targets for other places, one owner otherwise, and approved for any day that is free."""
    calendar = chance.choice([agreement.versions.first().calendar, make.calendar(f"Tider {chance.random()}")])
    covered = chance.sample(places, chance.randrange(1, 4))
    own_hours = chance.choice((None, make.calendar(f"Egne tider {chance.random()}", weekly=EVENINGS)))
    promises = [
        Promise(Metric.RESOLUTION, 1, chance.randrange(30, 900), calendar=own_hours, commitment=Commitment.GUARANTEE),
        Promise(Metric.RESOLUTION, 2, days=chance.randrange(1, 5), commitment=Commitment.GUARANTEE),
        Promise(Metric.RESOLUTION, 3, chance.randrange(30, 900), commitment=Commitment.GUARANTEE),
        replace(promise(chance.randrange(5)), commitment=Commitment.GUARANTEE),
    ]
    pairs = [(service.pk, owner.pk) for service, owner in covered]
    content = Content(calendar=calendar, pairs=pairs, promises=promises)
    draft = write_draft(agreement=agreement, first_day=date(2026, 5, 1), content=content, by=None)
    own = [Promise(Metric.RESPONSE, 2, chance.randrange(10, 300)), promise(0)]
    write_deviation(version=draft, organisation=covered[0][1], promises=own, by=None)
    hit = [Promise(Metric.RESOLUTION, 1, chance.randrange(30, 300))]
    write_deviation(version=draft, impact=chance.choice(list(Impact)), promises=hit, by=None)
    if chance.random() < 0.9:
        write_credits(version=draft, cap=Decimal(12), ladders=dict.fromkeys(LADDERED, LADDER), by=None)
    propose_version(version=draft, proposed_to=Body.objects.get(), by=None)
    day = a_free_day(chance, agreement)
    written = approve_version(version=draft, first_day=day, decided_in=None, resolution="sak 1/26", by=None)
    recalculate(pairs=written.touched, as_of=NOW)


def an_approval_is_withdrawn(agreement) -> None:
    """Of the newest, where it holds on no day yet and has judged nothing; the draft is thrown away."""
    newest = agreement.versions.approved().latest("period")
    if is_still_to_come(newest) and not agreement.versions.open().exists():
        written = withdraw_approval(version=newest, by=None)
        recalculate(pairs=written.touched, as_of=NOW)
        take_back(version=written.version, by=None)
        discard_draft(version=written.version, by=None)


def credits_are_proposed_and_some_decided(chance: random.Random, person) -> None:
    propose_credits(by=None, now=NOW)
    if waiting := list(Credit.objects.proposed().exclude(version=None)):
        state = chance.choice((CreditState.CONFIRMED, CreditState.WAIVED))
        decide_credit(credit=chance.choice(waiting), state=state, reason="Fordi.", by=person, now=NOW)


def hours_held_otherwise(chance: random.Random, agreement) -> None:
    """From any day, before hours that are known, too."""
    calendar = chance.choice(list(agreement.versions.select_related("calendar"))).calendar
    day = a_free_day(chance, calendar)
    add_calendar_version(
        calendar=calendar, first_day=day, hours={"weekly": chance.choice(HOURS), "resolution": "sak 2/26"}, by=None
    )
    recalculate(pairs=judged_by(calendar), as_of=NOW)


def the_agreement_ends(chance: random.Random, agreement) -> None:
    """On another day than before, by resolution."""
    newest = agreement.versions.approved().latest("period")
    day = newest.first_day + timedelta(days=chance.randrange(60))
    written = end_agreement(agreement=agreement, last_day=day, resolution="sak 3/26", by=None)
    recalculate(pairs=written.touched, as_of=NOW)


def given() -> set:
    """Whatever somebody has decided, this is what the figures give."""
    return {
        (one.service_id, one.organisation_id, one.month, one.version_id, one.percent, line.metric, *told_of(line))
        for one in Credit.objects.prefetch_related("lines")
        for line in one.lines.all()
    }


def told_of(line) -> tuple:
    return line.counted, line.met, line.wanted, line.percent


@pytest.mark.parametrize("seed", range(5))
def test_what_is_kept_step_by_step_is_what_everything_gives(places, agreement, seed):
    chance, person = random.Random(seed), make.person("Anne")
    happenings = (
        lambda: incidents_come(chance, places),
        lambda: incidents_come(chance, places),
        lambda: one_waits_or_goes_on(chance, person),
        lambda: outages_come(chance, places),
        lambda: something_is_judged_anew(chance),
        lambda: a_version_is_approved(chance, places, agreement),
        lambda: an_approval_is_withdrawn(agreement),
        lambda: the_agreement_ends(chance, agreement),
        lambda: hours_held_otherwise(chance, agreement),
        lambda: credits_are_proposed_and_some_decided(chance, person),
    )
    for _ in range(STEPS):
        chance.choice(happenings)()
    kept = [rows(model) for model in (Clock, Compliance, Availability)]
    propose_credits(by=None, now=NOW)
    worth = given()

    recalculate(as_of=NOW)
    Credit.objects.all().delete()
    propose_credits(by=None, now=NOW)

    assert kept == [rows(model) for model in (Clock, Compliance, Availability)]
    assert worth == given()
    assert all([*kept, worth])
    assert ChangedFigure.objects.exists()
