"""A benefit owner registers a measurement within a minute, on a phone and at a desk, and mends one that was wrong."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import eyes

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(
    ("width", "javascript", "days_ago", "value"),
    [("desk", True, 1, "21,5"), ("phone", True, 2, "22"), ("desk", False, 3, "23"), ("phone", False, 4, "24,5")],
)
def test_a_measurement_is_registered_within_a_minute(visit, width, javascript, days_ago, value):
    day = f"{timezone.localdate() - timedelta(days=days_ago):%d.%m.%Y}"
    page, began = visit("Marte Holt", width=width, javascript=javascript), time.monotonic()
    page.goto("/gevinster/?q=K3")
    page.get_by_role("main").get_by_role("link", name="K3 Tryggere ansatte").click()
    page.get_by_role("link", name="Registrer måling").click()
    page.get_by_label("Verdi, prosent").fill(value)
    page.get_by_label("Målt").fill(day)
    page.get_by_label("Kilde").fill("kursportalen")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("er registrert")).to_be_visible()
    expect(page.get_by_role("row", name=day)).to_contain_text(value)
    assert time.monotonic() - began < 60


def test_a_wrong_number_is_said_at_the_field_and_what_was_typed_is_kept(visit):
    page = visit("Marte Holt", width="phone", javascript=False)
    page.goto("/gevinster/?q=V1")
    page.get_by_role("main").get_by_role("link", name="V1").click()
    page.get_by_role("link", name="Registrer måling").click()
    page.get_by_label("Verdi, dager").fill("mange")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_label("Verdi, dager")).to_have_value("mange")
    expect(page.get_by_label("Verdi, dager")).to_have_attribute("aria-invalid", "true")
    assert list(eyes.shortcomings(page, "nb")) == []


def test_a_correction_stands_above_the_value_it_corrects(visit):
    page = visit("Marte Holt")
    page.goto("/gevinster/?q=A2")
    page.get_by_role("main").get_by_role("link", name="A2").click()
    page.get_by_role("link", name="Rett").first.click()
    page.get_by_label("Verdi, årsverk").fill("7,25")
    page.get_by_label("Hvorfor den rettes").fill("En stilling var talt to ganger")
    page.get_by_role("button", name="Lagre").click()
    rows = page.get_by_role("row")
    expect(rows.nth(1)).to_contain_text("7,25")
    expect(rows.nth(2).locator("s")).to_have_count(1)
    assert list(eyes.complaints(page)) == []
