"""People and their roles: who may change whom, what stays, and what the history tells."""

import logging
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from partnership.access import Role
from partnership.actions.people import (
    add_person,
    add_person_with_role,
    choose_language,
    deactivate_person,
    edit_person,
    reactivate_person,
)
from partnership.actions.roles import end_role, give_role
from partnership.changes import changes_of
from partnership.models import RoleGrant, User
from partnership.periods import days
from tests import make

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2026, 1, 1)
LAST_WORDS = ["Samarbeidet må ha en administrator. Gi først en annen person rollen i hele samarbeidet."]


@pytest.fixture
def local_administrator(arendal) -> User:
    return make.person("Mona Lie", Role.ADMINISTRATOR, at=arendal)


def told(person: User) -> list[tuple[str, str]]:
    with translation.override("nb"):
        return [(change.by, change.words) for change in changes_of(person, person.grants.all(), "nb")]


def test_a_new_person_has_one_verified_address_and_no_password_yet(administrator):
    person = add_person(email="Nils.Vik@Example.no", name="Nils Vik", by=administrator)
    assert person.email == "nils.vik@example.no"
    assert not person.has_usable_password()
    assert EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary").get() == (
        "nils.vik@example.no",
        True,
        True,
    )


def test_a_changed_address_replaces_the_one_that_logs_in(administrator):
    person = add_person(email="nils@example.no", name="Nils Vik", by=administrator)
    edit_person(person=person, email="n.vik@example.no", name="Nils Vik", title="", phone="", language="", by=None)
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "verified")) == [
        ("n.vik@example.no", True)
    ]


def test_the_same_role_in_the_same_place_is_held_once_at_a_time(order_placer, arendal):
    with pytest.raises(ValidationError) as refused:
        give_role(person=order_placer, role=Role.ORDER_PLACER, organisation=arendal, first_day=NEW_YEAR, by=None)
    with translation.override("nb"):
        assert refused.value.messages == ["Personen har allerede denne rollen her i en del av perioden."]


def test_a_role_that_ends_before_it_begins_is_refused_at_the_field(order_placer, arendal):
    with pytest.raises(ValidationError) as refused:
        give_role(
            person=order_placer,
            role=Role.APPROVER,
            organisation=arendal,
            first_day=NEW_YEAR,
            last_day=date(2025, 12, 31),
            by=None,
        )
    assert list(refused.value.message_dict) == ["last_day"]


def test_an_ended_role_stays_with_its_days(order_placer):
    grant = order_placer.grants.get()
    end_role(grant=grant, last_day=date(2026, 1, 31), by=None)
    assert RoleGrant.objects.get().period == days(make.LONG_AGO, date(2026, 1, 31))


def test_the_last_administrator_cannot_end_her_own_role(client, administrator):
    client.force_login(administrator)
    grant = administrator.grants.get()
    answer = client.post(f"/samarbeidet/roller/{grant.pk}/avslutt/", {"last_day": "31.12.2030"})
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, LAST_WORDS)
    assert administrator.grants.get().last_day is None


def test_the_last_administrator_cannot_close_her_own_login(client, administrator, local_administrator):
    client.force_login(administrator)
    answer = client.post(f"/samarbeidet/folk/{administrator.pk}/steng/")
    assert (answer.status_code, answer.context["form"].non_field_errors()) == (422, LAST_WORDS)


def test_an_administrator_may_leave_when_another_who_can_log_in_stays(administrator):
    other = make.person("Olav Moe", Role.ADMINISTRATOR, is_active=False)
    grant = administrator.grants.get()
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError):
        end_role(grant=grant, last_day=tomorrow, by=administrator)
    reactivate_person(person=other, by=None)
    assert end_role(grant=grant, last_day=tomorrow, by=administrator).last_day == tomorrow


def test_a_closed_login_keeps_roles_and_shuts_the_door(client, order_placer, administrator):
    client.force_login(order_placer)
    assert client.get("/min-profil/").status_code == 200
    deactivate_person(person=order_placer, by=administrator)
    assert client.get("/min-profil/").status_code == 302
    assert order_placer.grants.current().count() == 1


def test_the_history_says_who_did_what_without_a_request(administrator, arendal):
    person = add_person_with_role(
        email="nils@example.no",
        name="Nils Vik",
        title="Rådgiver",
        role=Role.APPROVER,
        organisation=arendal,
        first_day=NEW_YEAR,
        by=administrator,
    )
    edit_person(
        person=person, email=person.email, name="Nils Viken", title="", phone="370", language="nn", by=administrator
    )
    end_role(grant=person.grants.get(), last_day=date(2026, 6, 30), by=None)
    deactivate_person(person=person, by=person)
    by = "Ingrid Dahl"
    assert sorted(told(person)) == sorted(
        [
            (by, "La til personen."),
            (by, "Ga rollen godkjenner, Arendal, fra 01.01.2026."),
            (by, "Endret navn fra «Nils Vik» til «Nils Viken»."),
            (by, "Tok ut stilling: «Rådgiver»."),
            (by, "Førte inn telefon på jobb: «370»."),
            (by, "Førte inn språk: «Nynorsk»."),
            ("", "Avsluttet rollen godkjenner, Arendal, etter 30.06.2026."),
            ("Nils Viken", "Stengte innloggingen."),
        ]
    )


def test_a_change_made_in_the_pages_is_told_with_the_person_logged_in(client, administrator, order_placer):
    client.force_login(administrator)
    data = {"name": "Kari Nordmann", "email": order_placer.email, "title": "Rådgiver"}
    assert client.post(f"/samarbeidet/folk/{order_placer.pk}/endre/", data).status_code == 302
    assert ("Ingrid Dahl", "Førte inn stilling: «Rådgiver».") in told(order_placer)


def test_reading_about_a_person_is_written_to_the_log(client, administrator, order_placer, caplog):
    client.force_login(administrator)
    with caplog.at_level(logging.INFO, logger="fellesgrep.reading"):
        client.get(f"/samarbeidet/folk/{order_placer.pk}/")
    assert [record.getMessage() for record in caplog.records if record.name == "fellesgrep.reading"] == [
        f"reader={administrator.pk} page=person-detail person={order_placer.pk}"
    ]


def test_taking_people_out_in_a_file_is_written_to_the_log(client, administrator, order_placer, caplog):
    client.force_login(administrator)
    with caplog.at_level(logging.INFO, logger="fellesgrep.reading"):
        client.get("/samarbeidet/folk/?q=Kari&format=csv")
    assert [record.getMessage() for record in caplog.records if record.name == "fellesgrep.reading"] == [
        f"reader={administrator.pk} page=person-list-csv people=1"
    ]


def test_a_local_administrator_sees_and_changes_only_her_own_people(
    client, local_administrator, order_placer, grimstad
):
    foreign = make.person("Per Hansen", Role.ORDER_PLACER, at=grimstad)
    make.grant(order_placer, Role.BENEFIT_OWNER, grimstad)
    client.force_login(local_administrator)
    seen = [row.record.name for row in client.get("/samarbeidet/folk/").context["table"].page]
    page = client.get(f"/samarbeidet/folk/{order_placer.pk}/")
    assert seen == ["Kari Nordmann", "Mona Lie"]
    assert client.get(f"/samarbeidet/folk/{foreign.pk}/").status_code == 404
    assert "Grimstad" not in page.content.decode()
    assert not page.context["can_manage"]
    assert client.get(f"/samarbeidet/folk/{order_placer.pk}/endre/").status_code == 403


def test_a_technical_superuser_is_changed_only_by_another(client, administrator):
    technician = make.person("Trond Teknisk", is_superuser=True)
    client.force_login(administrator)
    assert client.get(f"/samarbeidet/folk/{technician.pk}/endre/").status_code == 403
    make.grant(technician, Role.ADMINISTRATOR)
    client.force_login(technician)
    assert client.get(f"/samarbeidet/folk/{technician.pk}/endre/").status_code == 200


def test_a_local_administrator_gives_roles_in_her_own_place_only(client, local_administrator, order_placer, grimstad):
    client.force_login(local_administrator)
    url = f"/samarbeidet/folk/{order_placer.pk}/rolle/"
    for place in ("", str(grimstad.pk)):
        answer = client.post(url, {"role": "approver", "organisation": place, "first_day": "01.01.2026"})
        assert list(answer.context["form"].errors) == ["organisation"]
    assert order_placer.grants.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_person_list_asks_the_same_questions_for_one_person_and_for_three(
    client, administrator, arendal, django_assert_num_queries, count
):
    for number in range(count):
        make.person(f"Kari Nordmann {number}", Role.ORDER_PLACER, Role.APPROVER, at=arendal)
    client.force_login(administrator)
    with django_assert_num_queries(8):
        page = client.get("/samarbeidet/folk/?q=kari")
    assert len(page.context["table"].page) == count


@pytest.mark.parametrize("count", [1, 3])
def test_person_detail_asks_the_same_questions_for_one_role_and_for_three(
    client, administrator, arendal, django_assert_num_queries, count
):
    person = make.person("Kari Nordmann", *list(Role)[3 : 3 + count], at=arendal)
    client.force_login(administrator)
    with django_assert_num_queries(9):
        page = client.get(f"/samarbeidet/folk/{person.pk}/")
    assert len(page.context["roles"]) == count


def test_person_list_is_narrowed_by_one_role_in_one_place(client, administrator, arendal, grimstad):
    kari = make.person("Kari Nordmann", Role.APPROVER, at=arendal)
    make.grant(kari, Role.ORDER_PLACER, grimstad)
    make.person("Per Hansen", Role.ORDER_PLACER, at=arendal)
    client.force_login(administrator)
    page = client.get(f"/samarbeidet/folk/?role=order_placer&organisation={arendal.pk}")
    assert [row.record.name for row in page.context["table"].page] == ["Per Hansen"]


def test_person_list_tells_a_local_administrator_nothing_of_roles_elsewhere(
    client, local_administrator, order_placer, grimstad
):
    make.grant(order_placer, Role.AUDITOR, None)
    make.grant(local_administrator, Role.MUNICIPAL_READER, grimstad)
    make.grant(order_placer, Role.APPROVER, grimstad)
    client.force_login(local_administrator)
    for asked in ("role=auditor", f"organisation={grimstad.pk}"):
        assert list(client.get(f"/samarbeidet/folk/?{asked}").context["table"].page) == []


@pytest.mark.parametrize("asked", ["100000", "0", "-1"])
def test_how_long_a_page_is_cannot_be_asked_for(client, administrator, asked):
    client.force_login(administrator)
    page = client.get(f"/samarbeidet/kommuner/?per_page={asked}")
    assert len(page.context["table"].page) == 50


def test_person_list_as_a_file_holds_the_roles_of_today(client, administrator, order_placer):
    client.force_login(administrator)
    lines = client.get("/samarbeidet/folk/?q=kari&format=csv").getvalue().decode().splitlines()
    assert lines[1:] == ["Kari Nordmann;;kari.nordmann@example.no;;Bestiller, Arendal;ja"]


def test_a_chosen_language_stays_with_the_person(order_placer):
    choose_language(language="nn", by=order_placer)
    assert User.objects.get(pk=order_placer.pk).language == "nn"
