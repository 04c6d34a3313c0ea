"""What does not fit a phone is stacked, or shows that there is more."""

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OVERFLOW = "elements => elements.map((element) => element.scrollWidth - element.clientWidth)"
LEFT = "element => Math.round(element.getBoundingClientRect().left)"


def first_of(page: Page, listing: str, link: str) -> None:
    page.goto(listing)
    page.goto(page.locator(link).first.get_attribute("href") or "")


def test_the_reckoning_of_a_deadline_fits(visit):
    page = visit("Ingrid Dahl", width="phone")
    first_of(page, "/feil/?deadline=broken", "#rows tbody a")
    assert page.locator(".table-scroll:has(.is-fitted)").evaluate_all(OVERFLOW) == [0]


def test_the_targets_of_an_agreement_are_stacked_and_named(visit):
    page = visit("Ingrid Dahl", width="phone")
    first_of(page, "/avtaler/", "tbody a")
    page.goto(f"{page.url}utkast/")
    assert set(page.locator(".table-scroll:has(.target-lines)").evaluate_all(OVERFLOW)) == {0}
    assert page.locator(".target-label").first.is_visible()


def test_the_name_of_a_row_stays_while_a_wide_table_is_scrolled(visit):
    page = visit("Ingrid Dahl", width="phone")
    page.goto("/tjenester/hvem-har-hva/")
    name = page.locator(".matrix tbody th").first
    before = name.evaluate(LEFT)
    page.locator(".table-scroll").evaluate("element => element.scrollLeft = 200")
    assert name.evaluate(LEFT) == before


@pytest.mark.parametrize("width", ["phone", "desk"])
def test_facts_in_a_narrow_column_are_stacked_so_that_no_word_is_broken(visit, width):
    page = visit("Ingrid Dahl", width=width)
    page.goto("/min-profil/")
    assert page.locator(".facts dt").first.evaluate(LEFT) == page.locator(".facts dd").first.evaluate(LEFT)
