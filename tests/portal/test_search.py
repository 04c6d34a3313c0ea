"""One search over everything: each room finds its own, and only what the person may see."""

import pytest
from django.urls import reverse

from portal.search import SHOWN, search
from tests import make, make_benefits, make_bodies, make_orders
from tests.swaps import assert_swap_equals_reload

URL = "/sok/"
NUMBERED = {"Gevinster", "Vedtak"}
"""Their titles begin with a number or a code."""


@pytest.fixture
def everything(arendal, grimstad):
    """Something of each kind in both municipalities."""
    mail = make.service("EPOST", "E-post og kalender")
    for owner in (arendal, grimstad):
        make.participation(owner)
        make.agreement((mail, owner), name=f"E-postavtalen {owner}")
        make.incident(mail, owner, make.oslo(2026, 9, 1, 8), title=f"E-post nede i {owner}")
    return mail


def found(user, text: str) -> dict[str, list[str]]:
    return {one.label: [hit.title for hit in one.hits] for one in search(user, text)}


def test_each_room_finds_its_own(everything, administrator):
    assert found(administrator, "e-post") == {
        "Tjenester": ["E-post og kalender"],
        "Avtaler": ["E-postavtalen Arendal", "E-postavtalen Grimstad"],
        "Feil": ["INC0000002", "INC0000001"],
    }
    assert found(administrator, "arendal")["Eiere"] == ["Arendal"]
    assert found(administrator, "4202") == {"Eiere": ["Grimstad"]}


def test_a_municipality_finds_only_what_is_its_own(everything, order_placer):
    assert found(order_placer, "e-post") == {
        "Tjenester": ["E-post og kalender"],
        "Avtaler": ["E-postavtalen Arendal"],
        "Feil": ["INC0000001"],
    }


def test_a_person_without_a_role_finds_nothing(everything, stranger):
    assert found(stranger, "e-post") == {}


def test_a_service_leads_straight_to_its_form_for_whoever_may_order_it(client, everything, order_placer, approver):
    form, offered = reverse("services:order-add", args=[everything.pk]), []
    for who in (order_placer, approver):
        client.force_login(who)
        offered.append(f'href="{form}"' in client.get(URL, {"q": "e-post"}).content.decode())
    assert offered == [True, False]


def test_words_spelt_nearly_right_find_a_service(everything, administrator):
    assert found(administrator, "kalendr") == {"Tjenester": ["E-post og kalender"]}


def test_a_long_list_is_cut_and_leads_to_the_rest(client, administrator, arendal):
    mail = make.service("EPOST", "E-post")
    for _number in range(SHOWN + 1):
        make.incident(mail, arendal, make.oslo(2026, 9, 1, 8), title="Skriver")
    client.force_login(administrator)
    page = client.get(URL, {"q": "skriver"})
    (kind,) = page.context["found"]
    assert (len(kind.hits), kind.more_url) == (SHOWN, reverse("sla:incident-list") + "?q=skriver")
    assert "Vis alle feil som passer" in page.content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Skriv et ord, et nummer eller en del av et navn."),
        ("e", "Skriv minst to tegn."),
        ("zzzz", "Ingenting du kan se, passer til «zzzz»."),
    ],
)
def test_what_came_of_it_is_said(client, administrator, text, said):
    client.force_login(administrator)
    assert said in client.get(URL, {"q": text}).content.decode()


@pytest.mark.parametrize("text", ["\x00", "x" * 101])
def test_what_cannot_be_searched_for_is_told_at_the_field_and_kept(client, administrator, text):
    client.force_login(administrator)
    page = client.get(URL, {"q": text})
    assert (page.status_code, page.context["found"]) == (200, [])
    assert page.context["form"].errors["q"]


def test_the_bar_of_every_page_leads_here(client, administrator):
    client.force_login(administrator)
    assert f'action="{URL}"' in client.get(reverse("services:service-list")).content.decode()


def test_search_swaps_in_what_a_reload_shows(client, everything, administrator):
    client.force_login(administrator)
    assert "EPOST" not in assert_swap_equals_reload(client, f"{URL}?q=e-post")


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_takes_the_same_queries_however_much_it_finds(
    client, administrator, arendal, count, django_assert_num_queries
):
    mail = make.service("EPOST", "E-post")
    for number in range(count):
        make.agreement(
            (mail, arendal),
            name=f"E-post {number}",
            first=make.FAR_AHEAD.replace(year=2030 + number),
            last=make.FAR_AHEAD.replace(year=2030 + number),
        )
        make.incident(mail, arendal, make.oslo(2026, 9, 1, 8), title="E-post")
    client.force_login(administrator)
    with django_assert_num_queries(12):
        client.get(URL, {"q": "e-post"})


@pytest.mark.parametrize("kind", ["Tjenester", "Avtaler", "Gevinster", "Vedtak"])
def test_what_is_called_exactly_so_comes_first_then_what_begins_so_then_the_rest(arendal, administrator, kind):
    on = make_bodies.meeting(make_bodies.body())
    for number, name in enumerate(["Ny PC", "PC med skjerm", "PC", "Skjerm til PC"]):
        make.agreement((make.service(f"T{number}", name), arendal), name=name)
        make_benefits.benefit(f"Ø{number}", name)
        make_bodies.resolution(make_bodies.item(on, name))
    names = [title[title.index(" ") + 1 :] if kind in NUMBERED else title for title in found(administrator, "pc")[kind]]
    assert (names[:2], sorted(names[2:])) == (["PC", "PC med skjerm"], ["Ny PC", "Skjerm til PC"])


def test_an_order_and_a_resolution_of_that_number_come_before_newer_ones_that_mention_it(arendal, administrator):
    first = make_orders.order(arendal)
    make_orders.order(arendal, description=f"Som {first.number}")
    on = make_bodies.meeting(make_bodies.body())
    matters = [make_bodies.item(on, title) for title in ("Budsjett", "Mer om sak 1/26")]
    for matter in matters:
        make_bodies.resolution(matter)
    assert found(administrator, first.number)["Bestillinger"][0] == first.number
    number = f"{matters[0].number}/{matters[0].year % 100}"
    assert found(administrator, number)["Vedtak"][0] == str(matters[0])


def test_the_very_number_of_an_incident_comes_before_newer_ones_that_mention_it(arendal, administrator):
    mail = make.service()
    for number, title in (("INC1", "Skriver"), ("INC12", "Skriver"), ("INC2", "Samme som INC1")):
        make.incident(mail, arendal, make.oslo(2026, 9, 1, 8), external_id=number, title=title)
    assert found(administrator, "inc1")["Feil"] == ["INC1", "INC2", "INC12"]
