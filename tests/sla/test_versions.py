"""A version on its way: drafted, proposed to a body, approved by its resolution, and never edited after that."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from partnership.jobs import perform
from partnership.models import Job
from partnership.periods import NO_DAYS
from portal.home import home_for
from sla.actions.versions import approve_version, propose_version
from sla.models import AgreementVersion, Clock, Compliance, Coverage, Phase, ServiceAgreement, Stage, Target
from sla.recalculation import recalculate
from tests import make, make_bodies
from tests.sla.measured import HELD, reported

APPROVAL = {"first_day": "01.07.2026", "resolution": "styresak 12/26"}


@pytest.fixture
def version(email, arendal, grimstad) -> AgreementVersion:
    for place in (arendal, grimstad):
        make.participation(place)
    return make.agreement((email, arendal))


@pytest.fixture
def board(db):
    return make_bodies.body("Styret")


@pytest.fixture
def draft(version, email, arendal, grimstad) -> AgreementVersion:
    """Four hours for priority 3, and Grimstad too."""
    return make.draft((email, arendal), (email, grimstad))


@pytest.fixture
def proposal(draft, board) -> AgreementVersion:
    return propose_version(version=draft, proposed_to=board, by=None)


def url(name: str, version: AgreementVersion) -> str:
    return reverse(f"sla:version-{name}", args=[version.pk])


def approve(version: AgreementVersion, first_day: date, **given):
    given = {"decided_in": None, "resolution": "styresak 12/26"} | given
    return approve_version(version=version, first_day=first_day, by=None, **given)


def test_a_draft_judges_nothing(draft, version, email, arendal, grimstad):
    for place in (arendal, grimstad):
        reported(email, place, make.oslo(2026, 8, 3, 9), HELD)
    recalculate()

    assert {clock.target.version for clock in Clock.objects.all()} == {version}
    assert {clock.organisation for clock in Clock.objects.all()} == {arendal}
    assert not draft.holds_on(date(2099, 1, 1))


def test_what_is_approved_holds_from_its_day_and_what_it_touches_is_calculated_again(
    manager, proposal, version, email, arendal, grimstad
):
    incident = reported(email, arendal, make.oslo(2026, 8, 3, 9), HELD)
    recalculate()
    before = Compliance.objects.get(target__metric="resolution", target__priority=3)
    assert before.target.version == version

    answer = manager.post(url("approve", proposal), APPROVAL)

    job = Job.objects.get(kind="recalculation")
    assert answer.headers["Location"] == reverse("partnership:job-detail", args=[job.pk])
    version.refresh_from_db()
    proposal.refresh_from_db()
    assert (version.last_day, proposal.first_day) == (date(2026, 6, 30), date(2026, 7, 1))
    assert (proposal.stage, proposal.resolution) == (Stage.APPROVED, "styresak 12/26")
    assert proposal.approved_on == timezone.localdate()
    assert {row.period for row in proposal.coverage.all()} == {proposal.period}
    perform(job.pk)
    assert {clock.target.version for clock in Clock.objects.filter(incident=incident)} == {proposal}
    assert Compliance.objects.get(target__priority=3).target.version == proposal


def test_the_resolution_is_chosen_among_those_written_here_and_opens(manager, proposal, board):
    meeting = make_bodies.meeting(board, starts=make.oslo(2026, 6, 3, 12))
    resolution = make_bodies.resolution(make_bodies.item(meeting, "Ny tjenesteavtale"))

    manager.post(url("approve", proposal), {"first_day": "01.07.2026", "decided_in": resolution.pk})

    proposal.refresh_from_db()
    assert (proposal.decided_in, proposal.resolution) == (resolution, "Styret 1/26, 03.06.2026")
    page = manager.get(reverse("sla:agreement-detail", args=[proposal.agreement_id])).content.decode()
    link = reverse("partnership:resolution-detail", args=[resolution.pk])
    assert f'<a href="{link}">Styret 1/26, 03.06.2026</a>' in page


def test_without_a_resolution_nothing_is_approved(manager, proposal):
    answer = manager.post(url("approve", proposal), {"first_day": "01.07.2026"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["resolution"] == ["Velg vedtaket, eller skriv saksnummer og dato."]
    proposal.refresh_from_db()
    assert proposal.stage == Stage.PROPOSED


def test_a_day_from_which_a_version_is_approved_is_taken(manager, proposal, version):
    answer = manager.post(url("approve", proposal), APPROVAL | {"first_day": f"{version.first_day:%d.%m.%Y}"})

    assert answer.context["form"].errors["first_day"] == [
        "Driftsavtalen, versjon 1 er godkjent fra denne dagen og blir stående. Velg en annen dag."
    ]


def test_what_another_agreement_covers_is_refused_by_its_name(manager, proposal, email, grimstad, version):
    make.agreement((email, grimstad), name="Naboavtalen")

    answer = manager.post(url("approve", proposal), APPROVAL)

    assert answer.status_code == 422
    assert "Naboavtalen, versjon 1 dekker allerede E-post, Grimstad" in answer.content.decode()
    version.refresh_from_db()
    assert version.last_day is None


def test_a_version_between_two_lasts_until_the_next(proposal, version):
    approve(proposal, date(2026, 7, 1))
    between = make.draft((version.coverage.get().service, version.coverage.get().organisation))
    propose_version(version=between, proposed_to=proposal.proposed_to, by=None)

    written = approve(between, date(2026, 3, 1))

    version.refresh_from_db()
    assert (version.last_day, written.version.last_day) == (date(2026, 2, 28), date(2026, 6, 30))


@pytest.mark.parametrize("name", ["propose", "discard"])
def test_what_is_approved_is_never_edited(manager, version, name):
    assert manager.get(url(name, version)).status_code == 404
    assert manager.post(url(name, version)).status_code == 404


def test_what_is_proposed_stands_still_until_it_is_taken_back(manager, proposal, email, arendal):
    sheet = reverse("sla:version-draft", args=[proposal.agreement_id])
    assert manager.get(sheet).status_code == 302

    manager.post(url("take-back", proposal))

    proposal.refresh_from_db()
    assert (proposal.stage, proposal.proposed_to, proposal.proposed_on) == (Stage.DRAFT, None, None)
    typed = {
        "first_day": "01.08.2026",
        "calendar": str(proposal.calendar_id),
        "covered": [f"{email.pk}-{arendal.pk}"],
        "p3-resolution-work": "2 t",
        "p3-resolution-wanted": "95",
        "p3-resolution-good_enough": "80",
    }
    assert manager.post(sheet, typed).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.planned_day, proposal.coverage.count()) == (date(2026, 8, 1), 1)
    assert [(target.priority, target.minutes) for target in proposal.targets.all()] == [(3, 120)]


def test_an_empty_version_is_not_proposed(manager, draft, board):
    draft.targets.all().delete()

    answer = manager.post(url("propose", draft), {"proposed_to": board.pk})

    assert answer.status_code == 422
    assert "Si hvem versjonen dekker, og hva den lover" in answer.content.decode()


def test_a_discarded_draft_goes_with_all_that_is_in_it(manager, draft, version):
    manager.post(url("discard", draft))

    assert list(AgreementVersion.objects.all()) == [version]
    assert {row.version for row in Coverage.objects.all()} | {row.version for row in Target.objects.all()} == {version}


def test_a_second_draft_waits_for_the_first(draft, version):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementVersion.objects.create(
            agreement=version.agreement,
            number=9,
            calendar=version.calendar,
            stage=Stage.DRAFT,
            period=NO_DAYS,
            planned_day=date(2027, 1, 1),
        )


def test_the_database_lets_no_draft_hold(draft, version):
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementVersion.objects.filter(pk=draft.pk).update(period=version.period)


def test_an_approval_is_withdrawn_before_it_holds_and_the_one_before_goes_on(manager, proposal, version):
    coming = timezone.localdate() + timedelta(days=40)
    approve(proposal, coming)

    manager.post(url("withdraw", proposal))

    version.refresh_from_db()
    proposal.refresh_from_db()
    assert (version.last_day, proposal.stage, proposal.planned_day) == (None, Stage.PROPOSED, coming)
    assert (proposal.resolution, proposal.approved_on) == ("", None)


def test_what_holds_already_is_not_withdrawn(manager, proposal):
    approve(proposal, date(2026, 7, 1))

    answer = manager.post(url("withdraw", proposal), follow=True)

    proposal.refresh_from_db()
    assert proposal.is_approved
    assert "gjelder allerede og blir stående" in answer.content.decode()


def test_two_who_approve_approve_once(proposal):
    approve(proposal, date(2026, 7, 1))

    with pytest.raises(ValidationError, match="er godkjent"):
        approve(proposal, date(2026, 8, 1))


def test_a_draft_exists_only_for_those_who_write_it(client, draft, version, email, arendal, grimstad):
    """Grimstad is in the draft and in no version that is approved."""
    agreement = reverse("sla:agreement-detail", args=[draft.agreement_id])
    client.force_login(make.person("Kari Lie", Role.ORDER_PLACER, at=grimstad))
    assert client.get(agreement).status_code == 404
    client.force_login(make.person("Berit Foss", Role.BOARD_MEMBER))
    assert "Versjon 2" not in client.get(agreement).content.decode()
    client.force_login(make.person("Ola Vik", Role.SERVICE_MANAGER))
    assert "Versjon 2" in client.get(agreement).content.decode()


def test_what_is_proposed_can_be_read_by_those_it_covers(client, proposal, grimstad):
    client.force_login(make.person("Kari Lie", Role.ORDER_PLACER, at=grimstad))

    page = client.get(reverse("sla:agreement-detail", args=[proposal.agreement_id])).content.decode()

    assert "foreslått for Styret" in page
    assert "P3 løsning: 4\u00a0t, før 8\u00a0t." not in page  # the version before covers nobody of hers
    assert url("approve", proposal) not in page


def test_an_agreement_of_which_there_is_only_a_draft_is_hidden(client, email, arendal, board_member):
    draft = make.draft((email, arendal), name="Hemmelig avtale")
    client.force_login(board_member)
    assert "Hemmelig avtale" not in client.get(reverse("sla:agreement-list")).content.decode()
    assert not ServiceAgreement.objects.visible_to(board_member).filter(pk=draft.agreement_id).exists()


def test_an_approval_is_not_withdrawn_while_another_version_is_drafted(manager, proposal, email, arendal):
    approve(proposal, timezone.localdate() + timedelta(days=40))
    make.draft((email, arendal))

    answer = manager.post(url("withdraw", proposal))

    assert answer.status_code == 422
    assert "Avtalen har allerede et utkast." in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.is_approved


def test_an_agreement_that_has_ended_gets_no_new_version(proposal):
    ServiceAgreement.objects.update(phase=Phase.ENDED)
    with pytest.raises(ValidationError, match="er avsluttet"):
        approve(proposal, date(2026, 7, 1))


def test_a_board_member_is_told_at_home_of_what_the_board_is_to_decide(proposal, board, board_member):
    assert not [task for task in home_for(board_member).tasks if "versjon 2" in task.title]
    make_bodies.seat(board, board_member)
    (task,) = [task for task in home_for(board_member).tasks if "versjon 2" in task.title]
    assert (task.title, task.url) == ("Styret skal avgjøre Driftsavtalen, versjon 2", url("what-if", proposal))


def test_who_is_responsible_stays_though_the_role_has_gone(manager, version, administrator):
    agreement = version.agreement
    agreement.responsible = make.person("Ola Vik")
    agreement.save()
    page = reverse("sla:agreement-rename", args=[agreement.pk])
    manager.post(page, {"name": "Nytt navn", "responsible": agreement.responsible.pk, "at_risk_percent": 75})
    agreement.refresh_from_db()
    assert (agreement.name, agreement.responsible.name) == ("Nytt navn", "Ola Vik")
