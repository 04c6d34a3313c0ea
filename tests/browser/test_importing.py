"""The real export goes in through the browser, while a worker does the work."""

import pytest
from playwright.sync_api import Page, expect

from tests import eyes
from tests.sla.exports import real

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WORK_MILLISECONDS = 90_000


@pytest.mark.parametrize("javascript", [True, False])
def test_the_real_export_is_uploaded_explained_checked_and_taken_in(visit, javascript):
    page = visit("Ola Nygård", javascript=javascript)
    upload(page, numbered="SCR" if javascript else "PLN")
    objections = passed(page) if javascript else []
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontroller fila")
    objections += passed(page) if javascript else []
    page.get_by_role("button", name="Start importen").click()
    follow(page, javascript=javascript)
    expect(page.get_by_role("heading", level=1)).to_have_text("Import av eksport.csv")
    expect(page.locator(".figure", has_text="Nye")).to_contain_text("511")
    assert objections == []


def upload(page: Page, *, numbered: str) -> None:
    """Under numbers of its own, so that what is there from before stays as it was."""
    page.goto("/feil/import/")
    content = real().replace(b"INC", numbered.encode())
    page.get_by_label("Fila").set_input_files({"name": "eksport.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Last opp og les").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hva verdiene betyr")


def passed(page: Page) -> list[object]:
    return [*eyes.shortcomings(page, "nb"), *eyes.complaints(page)]


def follow(page: Page, *, javascript: bool) -> None:
    """The progress bar moves by itself; without a script a button shows how far it is."""
    result = page.get_by_role("main").locator(".actions a[data-variant=primary]")
    if javascript:
        expect(result).to_be_visible(timeout=WORK_MILLISECONDS)
    while not result.count():
        page.get_by_role("link", name="Vis hvor langt det er kommet").click()
    result.click()


def test_a_list_of_another_desk_is_uploaded_and_its_columns_explained(visit):
    page = visit("Ola Nygård")
    page.goto("/feil/import/")
    content = b"Saksnr;Meldt;Prioritet;Kunde\nQ-1;01.04.2026 08:00;P2;Arendal\n"
    page.get_by_label("Fila").set_input_files({"name": "saker.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Last opp og les").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hva kolonnene er")
    objections = passed(page)
    page.get_by_label("Navn på saksverktøyet").fill("pureservice")
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hva verdiene betyr")
    assert objections == []


def test_a_file_that_is_no_export_is_refused_with_the_reason_at_the_field(visit):
    page = visit("Ola Nygård")
    page.goto("/feil/import/")
    page.get_by_label("Fila").set_input_files({"name": "feil.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"})
    page.get_by_role("button", name="Last opp og les").click()
    expect(page.locator("ds-error-summary")).to_be_focused()
    expect(page.locator("#id_file_error")).to_contain_text("linje 1")
