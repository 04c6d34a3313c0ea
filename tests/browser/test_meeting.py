"""A resolution is made and followed up in the browser, on a phone and at a desk, with and without a script."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests import eyes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WAYS = [("phone", True, 60), ("desk", True, 61), ("phone", False, 62)]


@pytest.mark.parametrize(("width", "javascript", "in_days"), WAYS)
def test_a_resolution_is_made_and_followed_up(visit, width, javascript, in_days):
    solveig = visit("Solveig Aas", width=width, javascript=javascript)
    look = javascript and width == "desk"
    matter = f"Beredskapsplan {in_days}"
    objections = called(solveig, date.today() + timedelta(days=in_days), matter, look=look)  # noqa: DTZ011
    meeting = solveig.url
    objections += decided(solveig, look=look)
    followed_up(solveig, f"Øv på {matter}")
    tor = visit("Tor Lund", width=width, javascript=javascript)
    objections += done(tor, f"Øv på {matter}", look=look)
    press(solveig, meeting, "Avslutt møtet")
    press(solveig, meeting, "Godkjenn protokollen")
    expect(solveig.get_by_role("main")).to_contain_text("Godkjent i løsningen av Solveig Aas")
    expect(solveig.get_by_role("link", name="Åpne som PDF")).to_be_visible()
    assert objections == []


def called(page: Page, day: date, matter: str, *, look: bool) -> list[object]:
    """The board's meeting is planned, gets its matter and is called."""
    page.goto("/styring/")
    page.get_by_role("main").get_by_role("link", name="Styret", exact=True).click()
    page.get_by_role("link", name="Planlegg et møte").click()
    page.get_by_label("Dag", exact=True).fill(f"{day:%d.%m.%Y}")
    page.get_by_label("Klokkeslett").fill("12.30")
    page.get_by_label("Sted").fill("Risør rådhus")
    send(page)
    page.get_by_role("link", name="Legg til en sak").click()
    page.get_by_label("Tittel på saken").fill(matter)
    page.get_by_label("Forslag til vedtak").fill("Styret vedtar planen.")
    objections = looked_at(page, look)
    send(page)
    page.get_by_role("link", name="Kall inn til møtet").click()
    send(page, "Kall inn til møtet")
    return objections + looked_at(page, look)


def decided(page: Page, *, look: bool) -> list[object]:
    """All members are there, and what was proposed is decided as it stands: one tap when nobody is against."""
    page.get_by_role("link", name="Før frammøte").click()
    objections = looked_at(page, look)
    for choice in page.get_by_role("radio", name="Til stede").all():
        choice.check()
    send(page)
    page.get_by_role("link", name="Behandle").click()
    objections += looked_at(page, look)
    send(page)
    expect(page.get_by_role("main")).to_contain_text("Enstemmig: 8 for.")
    return objections + looked_at(page, look)


def followed_up(page: Page, text: str) -> None:
    page.get_by_role("link", name="Legg til oppfølging").click()
    page.get_by_label("Hva skal gjøres").fill(text)
    page.get_by_label("Ansvarlig").select_option(label="Tor Lund")
    page.get_by_label("Frist").fill("01.12.2099")
    send(page)


def done(page: Page, text: str, *, look: bool) -> list[object]:
    """Found among one's own, and marked as done without any right to write of meetings beyond it."""
    page.goto("/styring/")
    page.get_by_role("link", name=f"Merk som ferdig: {text}").click()
    page.get_by_label("Hva ble resultatet").fill("Øvd med alle eierne.")
    objections = looked_at(page, look)
    send(page, "Merk som ferdig")
    expect(page.locator("li", has_text=text).locator(".status")).to_have_text(re.compile("ferdig"))
    return objections + looked_at(page, look)


def send(page: Page, name: str = "Lagre") -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()


def press(page: Page, meeting: str, name: str) -> None:
    """The page's one thing to do, asked once more before it is done."""
    page.goto(meeting)
    page.get_by_role("link", name=name, exact=True).click()
    send(page, name)


def looked_at(page: Page, look: bool) -> list[object]:
    """When the page that a link leads to is there: a click does not always wait for it on a busy machine."""
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return [*eyes.shortcomings(page, "nb"), *eyes.complaints(page)] if look else []
