"""Everything can be done with a keyboard alone, and one sees where one is."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, summary, select, textarea, input:not([type=hidden]), [tabindex='0']")]
  .filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled).length"""
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  window.reached ??= new Set();
  const isNew = element !== document.body && !window.reached.has(element);
  window.reached.add(element);
  return [isNew, style.outlineStyle !== "none" && style.outlineWidth !== "0px" || style.boxShadow !== "none",
    element.outerHTML.slice(0, 120)];
}"""


@pytest.mark.parametrize("path", ["/", "/tjenesteniva/", "/samarbeidet/folk/ny/"])
def test_tab_reaches_everything_and_the_focus_is_seen(visit, path):
    page = visit("Ingrid Dahl")
    page.goto(path)
    wanted, reached, unseen = page.evaluate(REACHABLE), 0, []
    for _press in range(wanted):
        page.keyboard.press("Tab")
        is_new, is_seen, html = page.evaluate(FOCUSED)
        reached += is_new
        unseen += [] if is_seen else [html]
    assert (reached, unseen) == (wanted, [])


def test_the_first_tab_offers_to_skip_to_the_content(visit):
    page = visit("Ingrid Dahl")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_phones_menu_is_opened_and_followed_with_the_keyboard(visit):
    page = visit("Ingrid Dahl", width="phone")
    tab_to(page, ".unfold-menu > summary")
    page.keyboard.press("Enter")
    tab_to(page, ".unfold-menu a[href='/tjenester/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tjenester")


def tab_to(page: Page, selector: str) -> None:
    for _press in range(20):
        page.keyboard.press("Tab")
        if page.locator(selector).evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {selector}")


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(visit):
    page = visit("Ingrid Dahl")
    page.goto("/samarbeidet/folk/ny/")
    page.get_by_label("Navn").press("Enter")
    expect(page.locator("ds-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Navn")).to_be_focused()
