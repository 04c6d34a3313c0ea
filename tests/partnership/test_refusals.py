"""What people meet when the house says no: a page in their language that says what to do."""

import io
import logging

import pytest

from partnership.access import Role
from tests import make
from tests.guard import GuardedClient

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


def test_a_form_whose_cookie_is_gone_says_what_to_do(administrator):
    browser = GuardedClient(enforce_csrf_checks=True)
    browser.force_login(administrator)
    answer = browser.post("/min-profil/", {"name": "Ny"})
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "<h1>Siden var blitt for gammel</h1>" in text
    assert "Gå tilbake, last siden på nytt og send en gang til." in text


def test_a_login_form_whose_cookie_is_gone_says_the_same(client):
    answer = GuardedClient(enforce_csrf_checks=True).post("/konto/logg-inn/", {"login": "a", "password": "b"})
    assert (answer.status_code, "Siden var blitt for gammel" in answer.content.decode()) == (403, True)


@pytest.fixture
def lines(monkeypatch) -> io.StringIO:
    """What the log says."""
    console = next(one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler)
    monkeypatch.setattr(console, "stream", said := io.StringIO())
    return said


def test_a_host_name_that_is_not_ours_is_not_understood_and_is_one_line_in_the_log(client, lines):
    answer = client.get("/", headers={"host": "fremmed.example"})
    assert (answer.status_code, "Vi forsto ikke forespørselen" in answer.content.decode()) == (400, True)
    assert [line.partition(":")[0] for line in lines.getvalue().splitlines()] == [
        "ERROR django.security.DisallowedHost"
    ]


def test_a_refusal_is_one_line_in_the_log(client, arendal, lines):
    client.force_login(make.person("Anne Gro Haugen", Role.APPROVER, at=arendal))
    assert client.get("/samarbeidet/eiere/ny/").status_code == 403
    assert lines.getvalue() == "WARNING django.request: Forbidden (Permission denied): /samarbeidet/eiere/ny/\n"
    assert logging.getLogger("django").handlers == []
