"""What comes of an agreement: evaluated every year, with reminders, and improved where a target was missed."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from kit.quarters import Quarter
from partnership.access import Role
from portal.home import home_for
from sla.actions.improvements import add_improvement
from sla.figures.misses import misses
from sla.models import Commitment, Evaluation, Improvement, Party, Phase, PhaseChange, ServiceAgreement, Target
from sla.recalculation import recalculate
from sla.tasks import remind_of_evaluations
from sla.waiting import a_year_after, evaluations_due
from tests import make
from tests.sla.living import evaluated, put
from tests.sla.measured import BROKEN, reported

TODAY = timezone.localdate


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


def test_what_is_missed_asks_for_an_improvement_until_there_is_one(
    manager, agreement, version, email, arendal, administrator, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.now", lambda: make.oslo(2026, 11, 2, 9))
    reported(email, arendal, make.oslo(2026, 8, 3, 9), BROKEN)
    recalculate()
    listing = reverse("sla:improvement-list")
    asked = manager.get(listing).context["misses"]
    assert [(str(row["service"]), row["measured"], row["word"]) for row in asked] == [
        ("E-post", "Løst innen frist", "ikke godt nok")
    ]
    titles = [task.title for task in home_for(administrator).tasks]
    assert any(title.startswith("1 mål ble ikke holdt godt nok i 3. kvartal 2026") for title in titles)

    form = manager.get(asked[0]["url"])
    assert "P3 løsning, E-post, 01.07.2026–30.09.2026" in form.content.decode()
    manager.post(asked[0]["url"], {"text": "Flere på vakt.", "owner": administrator.pk, "due": "01.12.2026"})

    assert manager.get(listing).context["misses"] == []
    assert not any("holdt godt nok" in task.title for task in home_for(administrator).tasks)


@pytest.mark.parametrize(
    ("changes", "is_asked"),
    [
        ({}, False),
        ({"service": None}, False),
        ({"target": None}, False),
        ({"target": None, "service": None}, True),
        ({"done_on": date(2026, 7, 1)}, False),
        ({"done_on": date(2026, 6, 30)}, True),
        ({"target": "response"}, True),
        ({"service": "SAK"}, True),
    ],
)
def test_an_improvement_answers_for_its_own_service_and_metric_while_it_lasts(
    agreement, version, email, arendal, administrator, changes, is_asked
):
    reported(email, arendal, make.oslo(2026, 8, 3, 9), BROKEN)
    recalculate()
    of = changes.get("target", "resolution")
    target = Target.objects.get(version=version, metric=of, priority=3) if of else None
    service = {"SAK": make.service("SAK"), None: None}.get(changes.get("service", email), email)
    Improvement.objects.create(
        agreement=agreement,
        text="Flere på vakt.",
        owner=administrator,
        due=TODAY(),
        target=target,
        service=service,
        done_on=changes.get("done_on"),
    )
    assert bool(misses(administrator, Quarter(2026, 3))) is is_asked


@pytest.mark.parametrize("commitment", Commitment)
def test_what_is_required_of_a_municipality_and_a_guideline_ask_for_no_improvement(
    version, email, arendal, administrator, commitment
):
    version.targets.update(commitment=commitment)
    reported(email, arendal, make.oslo(2026, 8, 3, 9), BROKEN)
    recalculate()
    asks = commitment in (Commitment.GUARANTEE, Commitment.DECLARATION)
    assert bool(misses(administrator, Quarter(2026, 3))) is asks


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


def test_it_gets_another_day_and_another_owner_while_it_is_open(manager, improvement, administrator):
    url = reverse("sla:improvement-edit", args=[improvement.pk])
    assert manager.get(url).context["form"].initial["owner"] == improvement.owner_id
    manager.post(url, {"text": "Tre på vakt fredag.", "owner": administrator.pk, "due": "24.12.2026"})
    improvement.refresh_from_db()
    assert (improvement.text, improvement.owner, improvement.due) == (
        "Tre på vakt fredag.",
        administrator,
        date(2026, 12, 24),
    )
    manager.post(reverse("sla:improvement-close", args=[improvement.pk]), {"note": "Gjort."})
    assert manager.get(url).status_code == 404


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
    with django_assert_num_queries(11):
        manager.get(reverse("sla:improvement-list"))
    assert not mail.outbox
