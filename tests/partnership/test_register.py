"""The national register of municipalities, as people read it."""

import pytest

from tests.swaps import assert_swap_equals_reload

pytestmark = pytest.mark.django_db
REGISTER = "/samarbeidet/kommuner/"


@pytest.fixture
def reader(client, stranger):
    client.force_login(stranger)
    return client


def names(page) -> list[str]:
    return [row.record.name for row in page.context["table"].page]


@pytest.mark.parametrize(("query", "rows"), [("?q=4203", 1), ("?q=420", 7)])
def test_municipality_list_asks_the_same_questions_for_one_row_and_for_more(
    reader, django_assert_num_queries, query, rows
):
    with django_assert_num_queries(7):
        page = reader.get(REGISTER + query)
    assert len(names(page)) == rows


def test_municipality_list_holds_all_357_fifty_at_a_time_with_å_last(reader):
    page = reader.get(REGISTER)
    assert (page.context["table"].paginator.count, len(names(page))) == (357, 50)
    assert names(reader.get(f"{REGISTER}?page=8"))[-2:] == ["Åseral", "Åsnes"]


def test_municipality_list_narrows_to_a_county_and_sorts_by_population(reader):
    page = reader.get(f"{REGISTER}?county=Agder&sort=-population")
    assert names(page)[:3] == ["Kristiansand", "Arendal", "Grimstad"]


def test_municipality_list_tells_when_nothing_matches(reader):
    assert "Ingen kommune passer." in reader.get(f"{REGISTER}?q=xyz").content.decode()


def test_municipality_list_as_a_file_holds_what_was_asked_for(reader):
    lines = reader.get(f"{REGISTER}?q=4203&format=csv").getvalue().decode().splitlines()
    assert [line.split(";")[:2] for line in lines] == [["\ufeffNummer", "Navn"], ["4203", "Arendal"]]


@pytest.mark.parametrize("url", [f"{REGISTER}?q=vå", f"{REGISTER}?county=Agder"])
def test_municipality_list_swaps_in_what_a_reload_shows(reader, url):
    assert_swap_equals_reload(reader, url)


def test_owner_add_swaps_in_what_a_reload_shows(client, administrator):
    client.force_login(administrator)
    assert "Vågå" in assert_swap_equals_reload(client, "/samarbeidet/eiere/ny/?q=vå")


def test_person_list_swaps_in_what_a_reload_shows(client, administrator, order_placer):
    client.force_login(administrator)
    assert "Kari Nordmann" in assert_swap_equals_reload(client, "/samarbeidet/folk/?q=kari")
