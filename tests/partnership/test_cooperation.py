"""The partnership's name and legal form, and the law's word about the two."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from partnership.access import Permission, Role
from partnership.actions.cooperation import change_legal_form, edit_partnership, found_partnership
from partnership.models import LegalFormPeriod, Partnership

pytestmark = pytest.mark.django_db

BEGINNING = date(2015, 1, 1)


@pytest.fixture
def partnership() -> Partnership:
    return found_partnership(
        name="Fellesdrift Agder", organisation_number="", form="agreement", first_day=BEGINNING, by=None
    )


def forms(partnership: Partnership) -> list[tuple[str, date | None, date | None]]:
    return [(period.form, period.first_day, period.last_day) for period in partnership.legal_forms.order_by("period")]


def test_a_change_of_form_keeps_the_partnership_and_its_history(partnership):
    change_legal_form(partnership=partnership, form="iks", first_day=date(2019, 1, 1), resolution="48/18", by=None)
    assert forms(partnership) == [
        ("agreement", BEGINNING, date(2018, 12, 31)),
        ("iks", date(2019, 1, 1), None),
    ]
    assert Partnership.objects.get() == partnership


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("ko", "Navnet må inneholde «kommunalt oppgavefellesskap» eller «KO» (kommuneloven § 19-1)."),
        ("ipr", "Navnet må inneholde «interkommunalt politisk råd» eller «IPR» (kommuneloven § 18-1)."),
    ],
)
def test_a_form_that_the_name_must_say_is_refused_at_the_field(client, administrator, partnership, form, words):
    client.force_login(administrator)
    answer = client.post("/samarbeidet/organisasjonsform/", {"form": form, "first_day": "01.01.2027"})
    assert (answer.status_code, answer.context["form"].errors) == (422, {"form": [words]})


def test_a_name_that_stops_saying_its_form_is_refused_at_the_field():
    partnership = found_partnership(
        name="Agder IKT KO", organisation_number="", form="ko", first_day=BEGINNING, by=None
    )
    with pytest.raises(ValidationError) as refused:
        edit_partnership(partnership=partnership, name="Agder IKT", organisation_number="", by=None)
    assert list(refused.value.message_dict) == ["name"]


def test_section_27_warns_and_does_not_block(client, administrator, partnership):
    client.force_login(administrator)
    data = {"form": "paragraf_27", "first_day": "01.01.2016", "resolution": "12/15"}
    page = client.post("/samarbeidet/organisasjonsform/", data, follow=True)
    warning = "Samarbeid etter § 27 måtte bytte form innen 1. januar 2024. Planlegg en ny organisasjonsform."
    assert page.context["warning"] == warning
    assert [str(message) for message in page.context["messages"]] == [
        "Den nye organisasjonsformen er lagret.",
        warning,
    ]


def test_the_first_administrator_writes_in_the_partnership(client, administrator):
    client.force_login(administrator)
    data = {
        "name": "Fellesdrift Agder IKS",
        "organisation_number": "925 107 492",
        "form": "iks",
        "first_day": "01.01.2015",
    }
    assert client.post("/samarbeidet/ny/", data).status_code == 302
    assert Partnership.objects.get().organisation_number == "925107492"
    assert LegalFormPeriod.objects.get().first_day == BEGINNING


def test_partnership_detail_without_a_partnership_says_what_to_do_first(client, administrator):
    client.force_login(administrator)
    with translation.override("nb"):
        assert "Før inn samarbeidet" in client.get("/samarbeidet/").content.decode()


def test_grant_table_shows_the_table_of_grants_as_it_is(client, administrator):
    client.force_login(administrator)
    page = client.get("/samarbeidet/hvem-kan-hva/")
    ticks = {row.permission: dict(zip(Role, row.ticks, strict=True)) for row in page.context["rows"]}
    assert list(ticks) == list(Permission)
    assert ticks[Permission.MANAGE_PEOPLE] == {role: role == Role.ADMINISTRATOR for role in Role}
