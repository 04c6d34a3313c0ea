"""The life cycle of an agreement: a phase is left when what it needs is there; evaluations and improvements."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from portal.home import home_for
from sla.actions.improvements import add_improvement, write_evaluation
from sla.actions.phases import change_phase, write_evidence
from sla.models import Evaluation, Improvement, Need, Party, Phase, PhaseChange, ServiceAgreement, Target
from sla.models.phases import FORWARD, NEEDS
from sla.needs import LACKS, WRITTEN, missing_for, standing
from sla.recalculation import recalculate
from sla.tasks import remind_of_evaluations
from sla.waiting import a_year_after, evaluations_due
from tests import make
from tests.sla.measured import BROKEN, reported

TODAY = timezone.localdate


@pytest.fixture
def email(db):
    return make.service("EPOST", "E-post")


@pytest.fixture
def version(email, arendal):
    make.participation(arendal)
    return make.agreement((email, arendal))


@pytest.fixture
def agreement(version) -> ServiceAgreement:
    return version.agreement


@pytest.fixture
def manager(client, administrator):
    client.force_login(administrator)
    return client


def put(agreement: ServiceAgreement, phase: Phase, day: date = make.LONG_AGO) -> None:
    agreement.phase = phase
    agreement.save()
    PhaseChange.objects.create(agreement=agreement, phase=phase, day=day)


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


def evaluated(agreement: ServiceAgreement, party: Party, day: date) -> Evaluation:
    return write_evaluation(
        agreement=agreement, party=party, held_on=day, findings="Godt.", conclusion="continue", resolution="", by=None
    )


def test_an_evaluation_is_written_down_and_told(manager, agreement, administrator):
    typed = {
        "party": "board",
        "held_on": "02.11.2026",
        "findings": "Svartidene holder.",
        "conclusion": "change",
        "resolution": "styresak 40/26",
    }
    manager.post(reverse("sla:evaluation-add", args=[agreement.pk]), typed)

    assert Evaluation.objects.get().by == administrator
    page = manager.get(reverse("sla:agreement-detail", args=[agreement.pk])).content.decode()
    assert "Styret 02.11.2026: lage en ny versjon" in page
    again = manager.post(reverse("sla:evaluation-add", args=[agreement.pk]), typed)
    assert (again.status_code, Evaluation.objects.count()) == (422, 1)


def test_an_evaluation_is_due_a_year_after_the_last_or_after_operation_began(agreement):
    put(agreement, Phase.OPERATION, date(2025, 3, 1))
    evaluated(agreement, Party.BOARD, date(2026, 2, 10))

    due = evaluations_due(ServiceAgreement.objects.all())

    assert [(one.party, one.due) for one in due] == [
        (Party.ORDER_PLACERS, date(2026, 3, 1)),
        (Party.BOARD, date(2027, 2, 10)),
    ]
    assert [one.party for one in evaluations_due(ServiceAgreement.objects.all(), date(2026, 12, 31))] == [
        Party.ORDER_PLACERS
    ]


def test_nothing_is_due_before_operation(agreement):
    put(agreement, Phase.TRIAL)
    assert evaluations_due(ServiceAgreement.objects.all()) == []


def test_a_year_after_a_leap_day_is_the_last_of_february():
    assert (a_year_after(date(2028, 2, 29)), a_year_after(date(2026, 11, 27))) == (
        date(2029, 2, 28),
        date(2027, 11, 27),
    )


def test_the_responsible_is_reminded_once_before_and_once_after_the_day(agreement, administrator, mailoutbox):
    put(agreement, Phase.OPERATION, a_year_before(TODAY() + timedelta(days=20)))
    agreement.responsible = make.person("Ola Vik", Role.SERVICE_MANAGER)
    agreement.save()

    for _ in range(2):
        remind_of_evaluations()

    assert [letter.to for letter in mailoutbox] == [["ola.vik@example.no"]] * 2
    assert mailoutbox[0].subject == f"Driftsavtalen skal evalueres innen {TODAY() + timedelta(days=20):%d.%m.%Y}"
    assert f"/avtaler/{agreement.pk}/" in mailoutbox[0].body
    PhaseChange.objects.update(day=a_year_before(TODAY() - timedelta(days=1)))
    remind_of_evaluations()
    assert [letter.subject for letter in mailoutbox[2:]] == ["Evalueringen av Driftsavtalen er over fristen"] * 2


def test_without_somebody_responsible_the_administrators_are_reminded(agreement, administrator, mailoutbox):
    put(agreement, Phase.OPERATION, a_year_before(TODAY()))
    evaluated(agreement, Party.BOARD, TODAY())

    remind_of_evaluations()

    assert [letter.to for letter in mailoutbox] == [[administrator.email]]


def a_year_before(day: date) -> date:
    return day - timedelta(days=365 if a_year_after(day - timedelta(days=365)) == day else 366)


def test_home_tells_who_may_write_it_down_that_an_evaluation_is_due(agreement, administrator, order_placer):
    put(agreement, Phase.OPERATION, a_year_before(TODAY()))
    titles = [task.title for task in home_for(administrator).tasks]
    assert "Driftsavtalen skal evalueres av bestillerne" in titles
    assert not [task for task in home_for(order_placer).tasks if "evalueres" in task.title]


def test_home_tells_its_owner_of_an_improvement(improvement, order_placer, administrator):
    (task,) = [task for task in home_for(order_placer).tasks if task.title == "Flere på vakt fredag."]
    assert task.url == reverse("sla:improvement-close", args=[improvement.pk])
    assert "Flere på vakt fredag." not in [task.title for task in home_for(administrator).tasks]


def test_a_figure_off_target_leads_to_an_improvement_of_it(manager, agreement, email, arendal, order_placer):
    reported(email, arendal, make.oslo(2026, 8, 3, 9), BROKEN)
    recalculate()
    cell = f"/tjenesteniva/EPOST/{arendal.pk}/?period=2026Q3&metric=resolution"

    url = manager.get(cell).context["improvement_url"]

    assert manager.get(url).status_code == 200
    manager.post(url, {"text": "Flere på vakt.", "owner": order_placer.pk, "due": "01.12.2026"})
    assert Improvement.objects.get().missed_from == date(2026, 7, 1)
    page = manager.get(cell)
    assert [one.text for one, *_ in page.context["improvements"]] == ["Flere på vakt."]
    manager.force_login(order_placer)
    assert manager.get(cell).context["improvement_url"] == ""


@pytest.fixture
def improvement(agreement, order_placer) -> Improvement:
    return add_improvement(agreement=agreement, text="Flere på vakt fredag.", owner=order_placer, due=TODAY(), by=None)


def test_an_improvement_of_a_missed_target_says_which(manager, agreement, version, email, arendal, administrator):
    target = Target.objects.get(version=version, metric="resolution", priority=3)
    missed = f"?target={target.pk}&service={email.pk}&organisation={arendal.pk}"
    url = reverse("sla:improvement-add", args=[agreement.pk]) + missed + "&missed_from=2026-07-01&missed_to=2026-09-30"
    assert "P3 løsning, E-post, Arendal, 01.07.2026–30.09.2026" in manager.get(url).content.decode()

    manager.post(url, {"text": "Flere på vakt fredag.", "owner": administrator.pk, "due": "01.12.2026"})

    one = Improvement.objects.get()
    assert (one.target, one.service, one.organisation, one.missed_to) == (target, email, arendal, date(2026, 9, 30))


def test_a_target_of_another_agreement_is_not_tied_to_this(manager, agreement, grimstad):
    other = make.agreement((make.service("SAK"), grimstad), name="En annen")
    url = reverse("sla:improvement-add", args=[agreement.pk])
    assert manager.get(f"{url}?target={other.targets.first().pk}").status_code == 404


def test_its_owner_marks_it_as_done_with_what_came_of_it(client, improvement, order_placer):
    client.force_login(order_placer)
    url = reverse("sla:improvement-close", args=[improvement.pk])
    assert client.post(url, {"note": ""}).status_code == 422

    client.post(url, {"note": "To til på vakt."})

    improvement.refresh_from_db()
    assert (improvement.done_on, improvement.note) == (TODAY(), "To til på vakt.")
    assert client.post(url, {"note": "Igjen"}).status_code == 422


def test_somebody_else_of_the_municipality_reads_it_only(client, improvement, arendal):
    client.force_login(make.person("Eli Moe", Role.MUNICIPAL_READER, at=arendal))
    assert "Flere på vakt fredag." in client.get(reverse("sla:improvement-list")).content.decode()
    assert client.get(reverse("sla:improvement-close", args=[improvement.pk])).status_code == 403


def test_an_improvement_for_one_municipality_is_not_told_to_another(
    client, agreement, grimstad, arendal, administrator
):
    make.agreement((make.service("SAK"), grimstad), name="En annen")
    for place, text in ((arendal, "For Arendal"), (None, "For alle")):
        add_improvement(agreement=agreement, text=text, owner=administrator, due=TODAY(), organisation=place, by=None)
    client.force_login(make.person("Eli Moe", Role.MUNICIPAL_READER, at=grimstad))
    assert list(Improvement.objects.visible_to(client.get("/").wsgi_request.user)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long(manager, agreement, administrator, count, django_assert_num_queries):
    for number in range(count):
        add_improvement(agreement=agreement, text=f"Nr. {number}", owner=administrator, due=TODAY(), by=None)
    manager.get(reverse("sla:improvement-list"))
    with django_assert_num_queries(9):
        manager.get(reverse("sla:improvement-list"))
    assert not mail.outbox
