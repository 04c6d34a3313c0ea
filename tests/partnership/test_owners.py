"""Owners come, change their shares and leave; nothing is made to fit."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from partnership.access import Role
from partnership.actions.organisations import register_organisation
from partnership.actions.owners import (
    add_municipality_as_owner,
    add_organisation_as_owner,
    add_owner,
    change_share,
    end_ownership,
)
from partnership.figures import share_total
from partnership.models import Municipality, Organisation, OrganisationKind, Participation, ShareVersion
from tests import make

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2026, 1, 1)
MIDSUMMER = date(2026, 6, 24)


@pytest.fixture
def owner(arendal) -> Participation:
    return add_owner(organisation=arendal, first_day=NEW_YEAR, ownership=Decimal("37.5"), by=None)


def shares(owner: Participation) -> list[tuple[date | None, date | None, Decimal]]:
    return [(share.first_day, share.last_day, share.ownership) for share in owner.shares.order_by("period")]


def total_on(day: date):
    return share_total(Participation.objects.on(day).with_shares_on(day).select_related("organisation__municipality"))


def test_a_municipality_becomes_an_owner_with_what_the_register_knows(administrator):
    risor = Municipality.objects.get(name="Risør")
    owner = add_municipality_as_owner(
        municipality=risor, first_day=NEW_YEAR, ownership=Decimal(8), liability=Decimal(9), by=administrator
    )
    organisation = owner.organisation
    assert (organisation.name, organisation.number, organisation.organisation_number) == (
        "Risør",
        "4201",
        risor.organisation_number,
    )
    assert [(share.ownership, share.liability) for share in owner.shares.all()] == [(Decimal(8), Decimal(9))]


def test_a_municipality_that_comes_back_keeps_its_organisation(owner, arendal):
    end_ownership(owner=owner, last_day=date(2026, 3, 31), by=None)
    again = add_municipality_as_owner(
        municipality=arendal.municipality, first_day=MIDSUMMER, ownership=Decimal(5), by=None
    )
    assert again.organisation == arendal
    assert Participation.objects.count() == 2


def test_an_owner_cannot_be_added_twice_at_a_time(owner, arendal):
    with pytest.raises(ValidationError) as refused, translation.override("nb"):
        add_owner(organisation=arendal, first_day=MIDSUMMER, ownership=Decimal(1), by=None)
    with translation.override("nb"):
        assert refused.value.messages == ["Organisasjonen er allerede eier i en del av denne perioden."]


def test_an_owner_need_not_be_a_municipality():
    owner = add_organisation_as_owner(
        kind=OrganisationKind.COUNTY,
        name="Agder fylkeskommune",
        organisation_number="921707134",
        language_form="neutral",
        first_day=NEW_YEAR,
        ownership=Decimal(10),
        by=None,
    )
    assert (owner.organisation.kind, owner.organisation.number) == ("county", "")


def test_a_wrong_check_digit_is_told_at_the_field():
    with pytest.raises(ValidationError) as refused:
        register_organisation(kind="county", name="Agder", organisation_number="921707135", by=None)
    assert list(refused.value.message_dict) == ["organisation_number"]


def test_a_new_share_ends_the_earlier_one_the_day_before(owner):
    change_share(owner=owner, first_day=MIDSUMMER, ownership=Decimal(40), by=None)
    assert shares(owner) == [
        (NEW_YEAR, date(2026, 6, 23), Decimal("37.5")),
        (MIDSUMMER, None, Decimal(40)),
    ]


def test_a_share_from_the_same_day_corrects_the_one_that_stands(owner):
    change_share(owner=owner, first_day=NEW_YEAR, ownership=Decimal(38), by=None)
    assert shares(owner) == [(NEW_YEAR, None, Decimal(38))]


def test_a_share_put_in_between_lasts_until_the_next_one(owner):
    change_share(owner=owner, first_day=date(2026, 9, 1), ownership=Decimal(40), by=None)
    change_share(owner=owner, first_day=MIDSUMMER, ownership=Decimal(39), by=None)
    assert shares(owner) == [
        (NEW_YEAR, date(2026, 6, 23), Decimal("37.5")),
        (MIDSUMMER, date(2026, 8, 31), Decimal(39)),
        (date(2026, 9, 1), None, Decimal(40)),
    ]


def test_a_share_before_the_owner_came_is_refused_at_the_field(owner):
    with pytest.raises(ValidationError) as refused:
        change_share(owner=owner, first_day=date(2025, 12, 31), ownership=Decimal(1), by=None)
    assert list(refused.value.message_dict) == ["first_day"]


def test_who_leaves_takes_the_share_along(owner):
    end_ownership(owner=owner, last_day=MIDSUMMER, by=None)
    assert owner.last_day == MIDSUMMER
    assert shares(owner) == [(NEW_YEAR, MIDSUMMER, Decimal("37.5"))]


def test_a_share_changed_after_the_end_is_known_ends_with_the_owner(owner):
    end_ownership(owner=owner, last_day=date(2026, 12, 31), by=None)
    change_share(owner=owner, first_day=MIDSUMMER, ownership=Decimal(1), by=None)
    assert shares(owner)[-1] == (MIDSUMMER, date(2026, 12, 31), Decimal(1))


@pytest.mark.parametrize("last_day", [date(2025, 12, 31), date(2026, 6, 1)])
def test_an_owner_cannot_leave_before_coming_or_before_a_later_share(owner, last_day):
    change_share(owner=owner, first_day=MIDSUMMER, ownership=Decimal(1), by=None)
    with pytest.raises(ValidationError) as refused:
        end_ownership(owner=owner, last_day=last_day, by=None)
    assert list(refused.value.message_dict) == ["last_day"]


def test_the_sum_tells_what_is_missing_and_leaves_the_shares_alone(owner, grimstad):
    add_owner(organisation=grimstad, first_day=NEW_YEAR, ownership=Decimal(62), by=None)
    total = total_on(NEW_YEAR)
    with translation.override("nb"):
        assert total.sentences("nb") == ["Andelene blir til sammen 99,5 %. Det mangler 0,5 prosentpoeng."]
    assert (total.owners, total.ownership, total.liability) == (2, Decimal("99.5"), Decimal("99.5"))


def test_a_sum_of_one_hundred_says_nothing_and_a_different_liability_is_told_apart(owner, grimstad):
    add_owner(organisation=grimstad, first_day=NEW_YEAR, ownership=Decimal("62.5"), by=None)
    assert total_on(NEW_YEAR).sentences("nb") == []
    change_share(owner=owner, first_day=NEW_YEAR, ownership=Decimal("37.5"), liability=Decimal(38), by=None)
    with translation.override("nb"):
        assert total_on(NEW_YEAR).sentences("nb") == [
            "Ansvarsandelene blir til sammen 100,5 %. Det er 0,5 prosentpoeng for mye."
        ]


def test_owners_without_a_share_are_counted(owner, grimstad):
    make.participation(grimstad)
    assert total_on(NEW_YEAR).unrecorded == 1


@pytest.mark.parametrize("numbers", [["4203"], ["4203", "4202", "4212"]])
def test_owner_list_asks_the_same_questions_for_one_owner_and_for_three(
    client, administrator, django_assert_num_queries, numbers
):
    for number in numbers:
        add_municipality_as_owner(
            municipality=Municipality.objects.get(number=number), first_day=NEW_YEAR, ownership=Decimal(10), by=None
        )
    client.force_login(administrator)
    with django_assert_num_queries(6):
        page = client.get("/samarbeidet/eiere/?day=01.02.2026")
    assert page.status_code == 200


def test_owner_list_stands_in_norwegian_order_on_the_day_asked_for(client, administrator, owner):
    for name in ("Åmli", "Øygarden", "Ås", "Vegårshei"):
        add_municipality_as_owner(
            municipality=Municipality.objects.get(name=name), first_day=MIDSUMMER, ownership=Decimal(10), by=None
        )
    client.force_login(administrator)
    shown = [
        [row.organisation.name for row in client.get(f"/samarbeidet/eiere/?day={day}").context["table"].data]
        for day in ("23.06.2026", "24.06.2026")
    ]
    assert shown == [["Arendal"], ["Arendal", "Vegårshei", "Øygarden", "Åmli", "Ås"]]


def test_shares_in_the_list_are_aligned_on_their_decimals(client, administrator, owner):
    ShareVersion.objects.update(ownership=Decimal("43.345520"))
    client.force_login(administrator)
    table = client.get("/samarbeidet/eiere/?day=01.02.2026").context["table"]
    assert table.rows[0].get_cell("ownership_share") == "43,35"
    ShareVersion.objects.update(ownership=Decimal("5.5"))
    table = client.get("/samarbeidet/eiere/?day=01.02.2026").context["table"]
    assert table.rows[0].get_cell("ownership_share") == "5,50"


def test_owner_list_as_a_file_is_for_norwegian_spreadsheets(client, administrator, owner):
    client.force_login(administrator)
    answer = client.get("/samarbeidet/eiere/?day=01.02.2026&format=csv")
    lines = answer.getvalue().decode().splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="eiere.csv"'
    assert lines == [
        "\ufeffEier;Nummer;Innbyggere;Eierandel, %;Ansvarsandel, %;Eier siden;Siste dag som eier",
        f"Arendal;4203;{owner.organisation.municipality.population};37,500000;37,500000;01.01.2026;",
    ]


def test_share_change_keeps_what_was_typed_and_tells_at_the_field(client, administrator, owner):
    client.force_login(administrator)
    answer = client.post(f"/samarbeidet/eiere/{owner.pk}/andel/", {"first_day": "31.12.2025", "ownership": "12,5"})
    form = answer.context["form"]
    assert answer.status_code == 422
    assert form.errors == {"first_day": ["Organisasjonen er ikke eier denne dagen."]}
    assert 'value="12,5"' in answer.content.decode()


def test_owner_detail_shows_people_only_to_those_who_may_see_them(client, administrator, order_placer, owner):
    client.force_login(administrator)
    assert "Kari Nordmann" in client.get(f"/samarbeidet/eiere/{owner.pk}/").content.decode()
    client.force_login(make.person("Per Hansen", Role.ORDER_PLACER, at=owner.organisation))
    assert "Kari Nordmann" not in client.get(f"/samarbeidet/eiere/{owner.pk}/").content.decode()


def test_owner_add_goes_from_the_register_to_the_owner(client, administrator):
    client.force_login(administrator)
    found = client.get("/samarbeidet/eiere/ny/?q=gjer").context["found"]
    assert [row.name for row in found] == ["Gjerdrum", "Gjerstad"]
    answer = client.post(
        "/samarbeidet/eiere/ny/4211/", {"first_day": "01.01.2026", "ownership": "3,5", "liability": ""}
    )
    owner = Participation.objects.get()
    assert answer.headers["Location"] == f"/samarbeidet/eiere/{owner.pk}/"
    assert (owner.organisation.name, owner.shares.get().ownership) == ("Gjerstad", Decimal("3.5"))


def test_organisation_edit_takes_a_number_with_the_spaces_that_paper_prints(client, administrator, arendal):
    client.force_login(administrator)
    data = {"name": "Arendal", "organisation_number": "940 493 021", "language_form": "nn", "is_robek": "on"}
    assert client.post(f"/samarbeidet/organisasjoner/{arendal.pk}/endre/", data).status_code == 302
    changed = Organisation.objects.get(pk=arendal.pk)
    assert (changed.organisation_number, changed.language_form, changed.is_robek) == ("940493021", "nn", True)
