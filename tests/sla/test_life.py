"""The life cycle of an agreement: a phase is left when what it needs is there."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from sla.actions.phases import change_phase, write_evidence
from sla.models import Need, Party, Phase, ServiceAgreement
from sla.models.phases import FORWARD, NEEDS
from sla.needs import LACKS, WRITTEN, missing_for, standing
from tests import make
from tests.sla.living import evaluated, put

TODAY = timezone.localdate


def lacking(agreement: ServiceAgreement) -> set[Need]:
    return {one.need for one in standing(agreement) if not one.is_met}


def to(client, agreement: ServiceAgreement, phase: Phase, day: str = ""):
    url = reverse("sla:phase-change", args=[agreement.pk])
    return client.post(url, {"phase": phase.value, "day": day or f"{TODAY():%d.%m.%Y}"})


def test_every_need_can_be_met_and_every_phase_left():
    assert set(LACKS) | set(WRITTEN) == set(Need)
    assert set(FORWARD) == set(NEEDS) == set(Phase)


def test_preparation_is_left_when_everything_is_in_place(manager, administrator, agreement, arendal, email):
    put(agreement, Phase.PREPARATION)
    assert lacking(agreement) == {Need.BASELINE, Need.DATA_PROCESSING, Need.ROLES}

    refused = to(manager, agreement, Phase.TRIAL)
    assert refused.context["form"].errors["phase"] == [
        "Dette mangler først: nullpunktet er målt, alle har rollen sin og databehandleravtalen er på plass."
    ]

    make.person("Kari Lie", Role.ORDER_PLACER, at=arendal)
    agreement.responsible = administrator
    agreement.save()
    for need in (Need.BASELINE, Need.DATA_PROCESSING):
        manager.post(reverse("sla:evidence-edit", args=[agreement.pk, need]), {"text": "Sak 12/26"})
    assert to(manager, agreement, Phase.TRIAL).status_code == 302
    agreement.refresh_from_db()
    assert (agreement.phase, agreement.phase_changes.first().by) == (Phase.TRIAL, administrator)


def test_each_thing_that_can_be_missing_is_told_by_name(agreement, version, email, arendal):
    put(agreement, Phase.PREPARATION)
    version.calendar.versions.all().delete()
    email.stage = "planned"
    email.save()

    told = {one.need: [str(thing) for thing in one.lacking] for one in standing(agreement)}

    assert told[Need.CALENDAR] == [str(version.calendar)]
    assert told[Need.CATALOGUE] == ["E-post"]
    assert told[Need.ROLES] == ["ingen har ansvaret for avtalen", "Arendal"]
    assert told[Need.VERSION] == []


def test_a_trial_is_summed_up_before_operation(agreement):
    put(agreement, Phase.TRIAL)
    assert missing_for(agreement, Phase.OPERATION) == [Need.TRIAL.label]

    write_evidence(agreement=agreement, need=Need.TRIAL, text="Tre måneder uten avvik.", by=None)

    change_phase(agreement=agreement, phase=Phase.OPERATION, day=TODAY(), note="", by=None)
    assert ServiceAgreement.objects.get(pk=agreement.pk).phase == Phase.OPERATION


def test_an_evaluation_by_both_since_the_phase_began_leads_on(agreement):
    put(agreement, Phase.EVALUATION, TODAY() - timedelta(days=30))
    evaluated(agreement, Party.BOARD, TODAY() - timedelta(days=40))
    evaluated(agreement, Party.BOARD, TODAY() - timedelta(days=10))
    (one,) = standing(agreement)
    assert list(one.lacking) == [Party.ORDER_PLACERS.label]

    evaluated(agreement, Party.ORDER_PLACERS, TODAY())

    assert missing_for(agreement, Phase.RENEGOTIATION) == missing_for(agreement, Phase.OPERATION) == []


def test_renegotiation_ends_in_a_new_version(agreement, version):
    put(agreement, Phase.RENEGOTIATION, TODAY() - timedelta(days=30))
    assert lacking(agreement) == {Need.FOLLOWED}

    version.approved_on = TODAY()
    version.save()

    assert not lacking(agreement)


def test_an_agreement_ends_when_it_has_a_last_day_and_then_nothing_follows(manager, agreement, version):
    put(agreement, Phase.OPERATION)
    assert to(manager, agreement, Phase.ENDED).status_code == 422

    manager.post(reverse("sla:agreement-end", args=[agreement.pk]), {"last_day": f"{TODAY():%d.%m.%Y}"})

    assert to(manager, agreement, Phase.ENDED).status_code == 302
    assert to(manager, agreement, Phase.OPERATION).status_code == 404


def test_a_phase_that_this_one_does_not_lead_to_is_not_offered(manager, agreement):
    put(agreement, Phase.OPERATION)
    assert to(manager, agreement, Phase.TRIAL).status_code == 422
    assert missing_for(agreement, Phase.TRIAL) == ["en annen fase først"]


@pytest.mark.parametrize(
    ("days", "words"), [(1, "Denne dagen er ikke kommet ennå."), (-11, "Fasen før begynte")], ids=["ahead", "before"]
)
def test_a_phase_begins_after_the_one_before_and_not_ahead_of_time(manager, agreement, days, words):
    put(agreement, Phase.OPERATION, TODAY() - timedelta(days=10))
    answer = to(manager, agreement, Phase.EVALUATION, f"{TODAY() + timedelta(days=days):%d.%m.%Y}")
    assert words in answer.context["form"].errors["day"][0]


def test_the_page_shows_the_way_and_what_is_missing(manager, agreement):
    put(agreement, Phase.PREPARATION, date(2026, 1, 5))
    put(agreement, Phase.TRIAL, date(2026, 2, 2))

    page = manager.get(reverse("sla:agreement-detail", args=[agreement.pk]))

    assert [(step.label, step.state, step.date) for step in page.context["steps"][:3]] == [
        ("Tilrettelegging", "done", "05.01.2026"),
        ("Prøvedrift", "current", "02.02.2026"),
        ("Drift", "ahead", ""),
    ]
    assert page.context["needs_state"] == "1 ting mangler for å gå videre."
    assert reverse("sla:evidence-edit", args=[agreement.pk, "trial"]) in page.content.decode()


def test_a_reader_sees_the_phase_and_nothing_to_do(client, agreement, order_placer):
    put(agreement, Phase.TRIAL)
    client.force_login(order_placer)
    page = client.get(reverse("sla:agreement-detail", args=[agreement.pk]))
    assert page.context["needs"] == []
    assert reverse("sla:phase-change", args=[agreement.pk]) not in page.content.decode()
