"""Service credits where others are at work: another agreement in the month, another who reckons, a machine's filter."""

import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from sla.actions.agreements import copy_targets, set_targets
from sla.actions.credits import Proposed, copy_credits, decide_credit, propose_credits, set_credits
from sla.models import AgreementVersion, Credit, CreditState, Impact, Metric, PhaseChange
from sla.recalculation import recalculate
from sla.recalculation.supposed import supposed
from sla.spans import month_of
from tests import make
from tests.make import oslo
from tests.portal.test_api import bearer
from tests.sla.measured import BROKEN, HELD, reported
from tests.sla.test_credits import GUARANTEED, LADDER, NOW
from tests.sla.test_fault_sheets import outage


def crediting(*covered, **fields) -> AgreementVersion:
    version = make.agreement(*covered, **fields)
    set_targets(version=version, promises=[GUARANTEED], by=None)
    set_credits(version=version, cap=Decimal(50), ladders={Metric.RESOLUTION: LADDER}, by=None)
    return version


def test_what_another_agreement_measured_in_trial_gives_nothing(email, arendal):
    trial = crediting((email, arendal), name="Prøve", first=date(2026, 1, 1), last=date(2026, 8, 9))
    PhaseChange.objects.create(agreement=trial.agreement, phase="trial", day=date(2026, 1, 1))
    crediting((email, arendal), name="Drift", first=date(2026, 8, 10))
    reported(email, arendal, oslo(2026, 8, 3, 8), HELD)
    reported(email, arendal, oslo(2026, 8, 3, 9), timedelta(days=5))
    reported(email, arendal, oslo(2026, 8, 12, 8), HELD)
    recalculate(as_of=NOW)
    assert propose_credits(by=None, now=NOW) == Proposed()


def test_a_trial_that_follows_within_the_month_takes_nothing_from_what_was_guaranteed_before(email, arendal):
    first = crediting((email, arendal), name="Drift", first=date(2026, 1, 1), last=date(2026, 8, 9))
    later = crediting((email, arendal), name="Prøve", first=date(2026, 8, 10))
    PhaseChange.objects.create(agreement=later.agreement, phase="trial", day=date(2026, 1, 1))
    reported(email, arendal, oslo(2026, 8, 3, 8), BROKEN)
    reported(email, arendal, oslo(2026, 8, 12, 8), HELD)
    recalculate(as_of=NOW)
    propose_credits(by=None, now=NOW)
    one = Credit.objects.get()
    assert (one.version, one.lines.get().counted) == (first, 1)


def test_two_who_reckon_at_once_propose_once(committed_places):
    service, owner = committed_places[0]
    crediting((service, owner), first=date(2026, 1, 1))
    reported(service, owner, oslo(2026, 8, 3, 8), BROKEN)
    recalculate(as_of=NOW)
    done: list[Proposed] = []

    def reckon() -> None:
        done.append(propose_credits(by=None, now=NOW))
        connection.close()

    other = threading.Thread(target=reckon)
    with transaction.atomic():
        done.append(propose_credits(by=None, now=NOW))
        other.start()
        time.sleep(0.5)
    other.join()
    assert done == [Proposed(new=1), Proposed()]


def test_what_is_taken_back_meanwhile_cannot_be_decided(arendal, administrator):
    credit = make.credit(arendal)
    Credit.objects.all().delete()
    with pytest.raises(ValidationError, match="tatt tilbake"):
        decide_credit(credit=credit, state=CreditState.WAIVED, reason="Vår feil.", by=administrator)


@pytest.mark.parametrize(("asked", "found"), [("month_from=2026-08-15", 1), ("month_from=2026-09-01", 0)])
def test_a_machine_asks_from_the_month_of_any_day(client, administrator, arendal, asked, found):
    make.credit(arendal, month=date(2026, 8, 1))
    assert client.get(f"/api/v1/credits/?{asked}", headers=bearer(administrator)).json()["count"] == found


def test_what_is_proposed_already_is_looked_at_in_the_same_queries(email, arendal, django_assert_num_queries):
    crediting((email, arendal), first=date(2026, 1, 1))
    for month in (6, 7, 8):
        reported(email, arendal, oslo(2026, month, 3, 8), BROKEN)
        if month != 7:
            recalculate(as_of=NOW)
            propose_credits(by=None, now=NOW)
            with django_assert_num_queries(10):
                assert propose_credits(by=None, now=NOW) == Proposed()


def test_what_if_gives_what_the_same_version_is_proposed_to_give(email, arendal, grimstad):
    held = crediting((email, arendal), (email, grimstad), first=date(2026, 1, 1))
    uptime = replace(GUARANTEED, metric=Metric.AVAILABILITY, priority=None, minutes=None, notice_days=3)
    set_targets(version=held, promises=[GUARANTEED, uptime], by=None)
    set_targets(version=held, promises=[replace(GUARANTEED, minutes=60)], organisation=grimstad, by=None)
    set_targets(version=held, promises=[replace(GUARANTEED, minutes=30)], impact=Impact.EVERYONE, by=None)
    ladders = {Metric.RESOLUTION: LADDER[1:2], Metric.AVAILABILITY: LADDER[:1]}
    set_credits(version=held, cap=Decimal(12), ladders=ladders, by=None)
    draft = make.draft((email, arendal), (email, grimstad))
    draft.targets.all().delete()
    copy_targets(held.targets.all(), draft)
    copy_credits(held, draft)
    for place in (arendal, grimstad):
        for month in (6, 7, 8):
            reported(email, place, oslo(2026, month, 3, 8), HELD, impact=month == 7 or None)
    outage(email, oslo(2026, 8, 4, 8), oslo(2026, 8, 7, 15), arendal)
    recalculate(as_of=NOW)
    months = month_of(NOW).shifted(-4), month_of(NOW).shifted(-1)
    found = supposed(draft, [(email.pk, arendal.pk), (email.pk, grimstad.pk)], months, NOW)
    assert found.credits_after == found.credits_before
    assert len(found.credits_after) == 5
