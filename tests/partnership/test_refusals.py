"""What people meet when the house says no: a page in their language that says what to do."""

import pytest

from tests import make

pytestmark = pytest.mark.django_db

BUTTON = "/rapporter/ny/"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/rapporter/?page=2", "/rapporter/%3Fpage%3D2"),
        ("http://example.com/rapporter/", "/"),
        ("http://testserver//example.com/", "/"),
        ("", "/"),
    ],
)
def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(client, referer, back):
    answer = client.post(BUTTON, headers={"referer": referer} if referer else {})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/konto/logg-inn/?next={back}")


def test_a_page_asked_for_before_the_login_is_where_one_lands(client):
    assert client.get("/rapporter/?page=2").headers["Location"] == "/konto/logg-inn/?next=/rapporter/%3Fpage%3D2"


def test_the_address_of_a_button_typed_as_a_page_is_told_in_words(client, administrator):
    make.partnership()
    client.force_login(administrator)
    answer = client.get(BUTTON)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "<h1>Denne siden kan ikke åpnes slik</h1>" in answer.content.decode()


def test_so_it_is_for_one_who_is_not_logged_in(client):
    answer = client.get("/sprak/")
    assert answer.status_code == 405
    assert "Denne siden kan ikke åpnes slik" in answer.content.decode()
