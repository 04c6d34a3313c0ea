"""In and out, in one's own language, with a password that can be forgotten."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import log_in
from tests.browser.instance import email_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NEW_PASSWORD = "fjorden-ligger-blank-i-dag"


def heading(page: Page):
    return page.get_by_role("heading", level=1)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_logs_in_with_e_mail_and_password_and_out_again(visit, javascript):
    page = visit(javascript=javascript)
    log_in(page, email_of("Siri Berge"))
    expect(heading(page)).to_contain_text("Siri")
    page.locator(".unfold-person > summary").click()
    page.locator(".unfold-person").get_by_role("button", name="Logg ut").click()
    expect(heading(page)).to_have_text("Logg inn")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_wrong_password_is_told_without_telling_who_has_an_account(visit, javascript):
    page, told = visit(javascript=javascript), []
    for email in (email_of("Siri Berge"), "nobody@example.no"):
        log_in(page, email, "feil-passord")
        told.append(page.locator("ds-error-summary").inner_text())
    assert "E-post" in told[0]
    assert told[0] == told[1]


def test_a_forgotten_password_is_replaced_through_a_link_by_e_mail(visit, instance):
    page = visit()
    page.get_by_role("link", name="Har du glemt passordet?").click()
    page.get_by_label("E-post").fill(email_of("Liv Tveit"))
    page.get_by_role("button", name="Send lenken").click()
    page.goto(instance.newest_link("/passord/nytt/"))
    page.get_by_label("Nytt passord", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Nytt passord en gang til").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Lagre passordet").click()
    expect(heading(page)).to_contain_text("Liv")
    again = visit()
    log_in(again, email_of("Liv Tveit"), NEW_PASSWORD)
    expect(heading(again)).to_contain_text("Liv")


def test_a_language_is_chosen_before_the_login_and_kept_after_it(visit):
    page = visit()
    page.get_by_role("button", name="English").click()
    expect(heading(page)).to_have_text("Log in")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")


def test_a_person_changes_her_language_and_finds_it_again(visit):
    page = visit("Nils Ravn")
    page.locator(".unfold-person > summary").click()
    page.locator(".unfold-person").get_by_role("button", name="Nynorsk").click()
    expect(page.locator("html")).to_have_attribute("lang", "nn")
    log_in(other := visit(), email_of("Nils Ravn"))
    expect(other.locator("html")).to_have_attribute("lang", "nn")
