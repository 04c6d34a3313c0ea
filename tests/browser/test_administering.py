"""An administrator lets an owner, a person and a system in."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PASSWORD = "svaberg-og-lyng-i-solnedgang"


@pytest.mark.parametrize(("javascript", "municipality"), [(True, "Åmli"), (False, "Bygland")])
def test_an_administrator_adds_an_owner_from_the_register(visit, javascript, municipality):
    page = visit("Ingrid Dahl", javascript=javascript)
    page.goto("/samarbeidet/eiere/")
    page.get_by_role("link", name="Legg til en eier").click()
    page.get_by_label("Hvilken kommune?").fill(municipality)
    if not javascript:
        page.get_by_role("button", name="Søk").click()
    page.get_by_role("link", name=f"Velg {municipality}").click()
    page.get_by_label("Eierandel, %").fill("1,5")
    page.get_by_role("button", name="Legg til").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(municipality)
    page.goto("/samarbeidet/eiere/")
    expect(page.get_by_role("link", name=municipality)).to_be_visible()


def test_what_is_typed_before_the_scripts_have_come_is_searched_for_once_they_have(visit):
    page, waiting = visit("Ingrid Dahl"), []
    page.route("**/htmx-2*.js", lambda route: waiting.append(route))
    page.goto("/samarbeidet/eiere/ny/", wait_until="commit")
    page.get_by_label("Hvilken kommune?").fill("Bykle")
    while not waiting:
        page.wait_for_timeout(10)
    waiting.pop().continue_()
    expect(page.get_by_role("link", name="Velg Bykle")).to_be_visible()


def test_a_new_person_gets_an_e_mail_and_sets_her_own_password(visit, instance):
    page = visit("Ingrid Dahl")
    page.goto("/samarbeidet/folk/")
    page.get_by_role("link", name="Legg til en person").click()
    page.get_by_label("Navn").fill("Ragnhild Ås")
    page.get_by_label("E-post på jobb").fill("ragnhild@demo.fellesgrep.example")
    page.get_by_label("Rolle").select_option("Styremedlem")
    page.get_by_role("button", name="Legg til og send e-post").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ragnhild Ås")
    hers = visit()
    hers.goto(instance.newest_link("/passord/nytt/"))
    hers.get_by_label("Nytt passord", exact=True).fill(PASSWORD)
    hers.get_by_label("Nytt passord en gang til").fill(PASSWORD)
    hers.get_by_role("button", name="Lagre passordet").click()
    expect(hers.get_by_role("heading", level=1)).to_contain_text("Ragnhild")


def test_a_token_is_shown_once_opens_the_api_and_can_be_revoked(visit, instance):
    page = visit("Ingrid Dahl")
    page.goto("/api-nokler/")
    page.get_by_label("Brukes av").fill("Lønnssystemet")
    page.get_by_role("button", name="Lag en nøkkel").click()
    headers = {"Authorization": f"Bearer {page.locator('code.token').inner_text()}"}
    api = f"{instance.address}/api/v1/municipalities/"
    assert page.request.get(api, headers=headers).status == 200
    page.goto("/api-nokler/")
    expect(page.locator("code.token")).to_have_count(0)
    page.get_by_role("row", name="Lønnssystemet").get_by_role("button").click()
    assert page.request.get(api, headers=headers).status == 401
