"""The home page: what waits for this person, and what her role is there for."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from kit.quarters import Quarter, last_closed_quarter
from partnership.access import Role
from portal.home import home_for
from reports import actions
from services.models import Service
from sla.models import Clock
from sla.recalculation import recalculate
from tests import make
from tests.reports import made
from tests.sla.measured import BROKEN, HELD, reported

HOME = "/"


@pytest.fixture
def mail(arendal, grimstad):
    """Covered in both municipalities; one incident is open and long over its deadline in each."""
    make.partnership()
    mail = make.service("EPOST", "E-post")
    for owner in (arendal, grimstad):
        make.participation(owner)
    make.agreement((mail, arendal), (mail, grimstad))
    return mail


@pytest.fixture
def last_quarter(mail, arendal, grimstad):
    """Held in Arendal, broken in Grimstad."""
    first, _last = last_closed_quarter(timezone.localdate())
    reported(mail, arendal, make.oslo(first.year, first.month, 12, 9), HELD)
    reported(mail, grimstad, make.oslo(first.year, first.month, 12, 9), BROKEN)
    recalculate()


@pytest.fixture
def open_since_january(mail, arendal, grimstad):
    for owner in (arendal, grimstad):
        make.incident(mail, owner, make.oslo(timezone.localdate().year, 1, 12, 9), title=f"Tregt i {owner}")
    recalculate()


def opened(client, user) -> str:
    client.force_login(user)
    return client.get(HOME).content.decode()


def test_a_municipality_meets_its_own_open_incidents_and_services(
    client, order_placer, last_quarter, open_since_january
):
    page = opened(client, order_placer)
    assert ("Tregt i Arendal" in page, "Tregt i Grimstad" in page) == (True, False)
    home = home_for(order_placer)
    assert [(row.name, row.percent) for row in home.services] == [("E-post", "100")]
    assert home.owners == []


def test_a_municipality_without_open_incidents_is_told_so(client, order_placer, mail):
    page = opened(client, order_placer)
    assert "Ingenting venter på deg." in page
    assert "Ingenting dere har meldt, er åpent." in page


def test_an_operator_meets_the_owners_side_by_side_and_what_is_late(
    client, administrator, last_quarter, open_since_january
):
    page = opened(client, administrator)
    assert "To ting må ut i dag." in page  # one over its deadline, and one target that nobody improves
    home = home_for(administrator)
    assert [(owner.name, owner.over_deadline, owner.percent) for owner in home.owners] == [
        ("Arendal", 1, "100"),
        ("Grimstad", 1, "0,0"),
    ]
    assert (home.faults, home.services) == (None, [])


def test_a_share_on_the_home_page_opens_how_it_went_month_by_month(
    client, administrator, order_placer, arendal, grimstad, last_quarter
):
    page = opened(client, administrator)
    for owner, percent in ((arendal, "100"), (grimstad, "0,0")):
        assert f'<a href="{reverse("sla:owner-course", args=[owner.pk])}">{percent}</a>' in page
    course = reverse("sla:service-course", args=["EPOST"])
    assert f'<a href="{course}">100</a>' in opened(client, order_placer)
    assert client.get(course).status_code == 200


def test_an_owner_that_was_not_measured_has_a_dash_that_opens_nothing(client, administrator, mail, arendal):
    assert reverse("sla:owner-course", args=[arendal.pk]) not in opened(client, administrator)


def test_who_answers_for_a_service_is_told_of_it_at_home_as_by_mail(client, order_placer, mail, open_since_january):
    def late() -> list[str]:
        return [task.url for task in home_for(order_placer).tasks if "over" in task.title]

    assert late() == []
    mail.owner = order_placer
    mail.save()
    (url,) = late()
    client.force_login(order_placer)
    page = client.get(url).content.decode()
    assert ("Tregt i Arendal" in page, "Tregt i Grimstad" in page) == (True, False)


def test_who_answers_for_two_services_is_told_of_each_and_no_other(client, order_placer, mail, arendal):
    others = [make.service("SAK", "Sak/arkiv"), make.service("PC", "PC")]
    make.agreement(*((one, arendal) for one in others), name="Den andre")
    for service in (mail, *others):
        make.incident(service, arendal, make.oslo(timezone.localdate().year, 1, 12, 9))
    recalculate()
    Service.objects.exclude(code="PC").update(owner=order_placer)
    client.force_login(order_placer)
    late = [task for task in home_for(order_placer).tasks if "over" in task.title]
    assert [task.why.split(".")[0] for task in late] == ["E-post", "Sak/arkiv"]
    for task in late:
        assert client.get(task.url).context["table"].paginator.count == int(task.title.split()[0]) == 1


def test_an_operator_of_nothing_late_is_told_so(client, administrator, mail):
    assert "Ingenting må ut i dag." in opened(client, administrator)


def test_a_board_member_meets_the_report_she_has_not_read_and_what_it_found(
    client, board_member, administrator, last_quarter
):
    edition = published_for_the_board(administrator)
    page = opened(client, board_member)
    assert "Én ting venter på deg." in page
    assert "er klar til å leses" in page
    home = home_for(board_member)
    assert home.report.finding
    assert len(home.report.conclusions) == 3
    actions.note_reading(edition=edition, by=board_member)
    assert home_for(board_member).tasks == []


def test_a_report_waits_only_for_those_it_was_published_to(administrator, board_member, last_quarter):
    published_for_the_board(administrator)
    late = make.person("Ny Leder", Role.BOARD_MEMBER)
    assert (len(home_for(board_member).tasks), len(home_for(late).tasks)) == (1, 0)


def published_for_the_board(administrator):
    first, _last = last_closed_quarter(timezone.localdate())
    edition = made.edition(quarter=Quarter.of(first))
    actions.set_meeting(edition=edition, meeting_on=date(2030, 1, 10), by=administrator)
    actions.freeze(edition=edition, by=administrator)
    actions.publish(edition=edition, renderings=[made.paper(edition)], by=administrator)
    return edition


def test_an_order_placer_is_one_tap_from_a_form_and_others_are_offered_none(client, mail, order_placer, approver):
    form, start = reverse("services:order-add", args=[mail.pk]), reverse("services:order-start")
    assert [(tile.label, tile.url) for tile in home_for(order_placer).tiles] == [("E-post", form), ("Annet …", start)]
    assert f'href="{form}"' in opened(client, order_placer)
    assert home_for(approver).tiles == []


def test_a_person_without_a_role_is_told_whom_to_ask(client, stranger):
    assert "Du har ingen rolle ennå" in opened(client, stranger)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("administrator", 36), ("order_placer", 23), ("board_member", 21)])
def test_home_takes_the_same_queries_however_much_there_is(
    client, request, mail, arendal, count, who, queries, django_assert_num_queries
):
    user = request.getfixturevalue(who)
    for number in range(count):
        make.incident(mail, arendal, make.oslo(2026, 1, 12 + number, 9))
    recalculate()
    client.force_login(user)
    with django_assert_num_queries(queries):
        client.get(HOME)


def test_answers_that_are_about_to_be_late_are_a_task_before_solutions(mail, arendal, administrator):
    now = timezone.now()
    make.incident(mail, arendal, now)
    recalculate()
    soon = {"due": now + timezone.timedelta(minutes=9), "at_risk_from": now, "month": None, "met": None}
    Clock.objects.update(**soon)
    told = [(task.title, task.url) for task in home_for(administrator).tasks if "feil" in task.title]
    assert told == [
        ("1 feil må besvares snart", "/feil/?deadline=soon&metric=response"),
        ("1 feil er i ferd med å bryte fristen", "/feil/?deadline=soon"),
    ]
