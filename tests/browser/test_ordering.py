"""From need to receipt in the browser, on a phone and at a desk, with and without a script."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import eyes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("width", "javascript"), [("phone", True), ("desk", True), ("phone", False)])
def test_an_order_is_placed_approved_delivered_and_received(visit, width, javascript):
    kari = visit("Kari Nilsen", width=width, javascript=javascript)
    objections = place(kari, look=javascript and width == "desk")
    order = kari.url
    approver = visit("Anne Gro Haugen", width=width, javascript=javascript)
    press(approver, order, "Godkjenn")
    ola = visit("Ola Nygård", width=width, javascript=javascript)
    ola.goto(order)
    ola.get_by_role("link", name="Lov en dato").click()
    ola.get_by_role("main").get_by_role("button", name="Lov en dato").click()
    press(ola, order, "Start arbeidet")
    press(ola, order, "Si at den er levert")
    press(kari, order, "Bekreft mottak")
    expect(kari.locator(".status").first).to_have_text(re.compile("Ferdig"))
    assert objections == []


def place(page: Page, *, look: bool) -> list[object]:
    """Five taps besides typing, the receipt included."""
    page.goto("/bestillinger/ny/")
    objections = looked_at(page, look)
    page.get_by_role("link", name="Telefoni").click()
    page.get_by_label("Det du trenger").fill("Mobil til ny vaktleder")
    objections += looked_at(page, look)
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stemmer dette?")
    objections += looked_at(page, look)
    page.get_by_role("button", name="Send til godkjenning").click()
    expect(page.get_by_role("main")).to_contain_text("Venter på Anne Gro Haugen siden")
    return objections + looked_at(page, look)


def looked_at(page: Page, look: bool) -> list[object]:
    return [*eyes.shortcomings(page, "nb"), *eyes.complaints(page)] if look else []


def press(page: Page, order: str, name: str) -> None:
    page.goto(order)
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()
