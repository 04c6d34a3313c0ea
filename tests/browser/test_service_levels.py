"""From a figure to the incident behind it and how its deadline was reckoned; from home to the report."""

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def first_cell(page: Page) -> Locator:
    """Of the newest period with something measured: a small municipality may have none in the quarter."""
    cells = page.locator(".sla-grid tbody td a")
    while not cells.count():
        page.goto(page.locator("[rel=prev]").get_attribute("href") or "")
    return cells.first


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("who", ["Ingrid Dahl", "Kari Nilsen"])
def test_a_cell_opens_into_its_incidents_and_an_incident_into_its_timeline(visit, who, javascript):
    page = visit(who, javascript=javascript)
    page.get_by_label("Hovedmeny").get_by_role("link", name="Tjenestenivå").click()
    first_cell(page).click()
    panel = page.locator(".panel")
    expect(panel.get_by_role("heading", level=2)).to_be_visible()
    number = panel.locator(".rows a").first
    words = number.inner_text()
    number.click()
    expect(page.get_by_label("Du er her")).to_contain_text(words)
    expect(page.get_by_role("figure").locator("svg:visible")).to_have_count(1)
    expect(page.get_by_role("heading", name="Slik ble fristen regnet ut")).to_be_visible()


def test_a_panel_is_closed_and_gives_the_grid_back(visit):
    page = visit("Ingrid Dahl")
    page.goto("/tjenesteniva/")
    first_cell(page).click()
    page.locator(".panel-close").click()
    expect(page.locator(".panel")).to_have_count(0)
    expect(page.locator(".sla-grid")).to_be_visible()


def test_escape_closes_the_panel_and_gives_the_cell_the_focus_back(visit):
    page = visit("Ingrid Dahl")
    page.goto("/tjenesteniva/")
    cell = first_cell(page)
    cell.click()
    expect(page.locator(".panel-close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_have_count(0)
    expect(cell).to_be_focused()


def test_a_board_member_reads_the_newest_report_from_her_home_page(visit):
    page = visit("Berit Foss")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Berit")
    page.get_by_role("main").get_by_role("link", name="Styrerapport").first.click()
    expect(page.get_by_role("heading", name="Styret skal ta stilling til")).to_be_visible()
