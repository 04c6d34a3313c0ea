"""From need to receipt in the browser, on a phone and at a desk, with and without a script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import eyes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


TAPS = 5
"""From home to the receipt, besides typing."""


@pytest.mark.parametrize(("width", "javascript"), [("phone", True), ("desk", True), ("phone", False)])
def test_an_order_is_placed_approved_delivered_and_received(visit, width, javascript):
    kari = visit("Kari Nilsen", width=width, javascript=javascript)
    tapped: list[str] = []
    objections = place(kari, tapped, look=javascript and width == "desk")
    order, number = kari.url, kari.get_by_label("Du er her").get_by_text("B-").inner_text()
    approver = visit("Anne Gro Haugen", width=width, javascript=javascript)
    press(approver, order, "Godkjenn")
    ola = visit("Ola Nygård", width=width, javascript=javascript)
    ola.goto(order)
    ola.get_by_role("link", name="Lov en dato").click()
    ola.get_by_role("main").get_by_role("button", name="Lov en dato").click()
    press(ola, order, "Start arbeidet")
    press(ola, order, "Si at den er levert")
    kari.goto("/")
    kari.locator(".today-row", has_text=number).get_by_role("link", name="Bekreft mottak").click()
    tapped.append("to the order")
    tap(kari, tapped, "button", "Bekreft mottak")
    expect(kari.locator(".status").first).to_have_text(re.compile("Ferdig"))
    assert len(tapped) <= TAPS, tapped
    assert objections == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_search_from_home_leads_straight_to_the_form(visit, javascript):
    page, tapped = visit("Kari Nilsen", width="phone", javascript=javascript), []
    page.get_by_role("searchbox", name="Søk i det som kan bestilles").fill("telef")
    page.keyboard.press("Enter")
    tap(page, tapped, "link", "Telefoni")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bestill Telefoni")


def place(page: Page, tapped: list[str], *, look: bool) -> list[object]:
    """From home by way of what is ordered often."""
    objections = looked_at(page, look)
    page.get_by_role("region", name="Hva trenger du?").get_by_role("link").first.click()
    tapped.append("service")
    page.get_by_label("Det du trenger").fill("Mobil til ny vaktleder")
    objections += looked_at(page, look)
    tap(page, tapped, "button", "Fortsett")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stemmer dette?")
    objections += looked_at(page, look)
    tap(page, tapped, "button", "Send til godkjenning")
    expect(page.get_by_role("main")).to_contain_text("Venter på Anne Gro Haugen siden")
    return objections + looked_at(page, look)


def looked_at(page: Page, look: bool) -> list[object]:
    return [*eyes.shortcomings(page, "nb"), *eyes.complaints(page)] if look else []


def tap(page: Page, tapped: list[str], role: Any, name: str) -> None:
    """Counted."""
    page.get_by_role("main").get_by_role(role, name=name).first.click()
    tapped.append(name)


def press(page: Page, order: str, name: str) -> None:
    page.goto(order)
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()
