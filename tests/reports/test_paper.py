"""The paper: accessible in every language, the same bytes from the same figures, with every figure explained."""

import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest
from django.test import override_settings

from partnership.models import Partnership
from reports import actions
from reports.models import Edition
from reports.rendering import printed, rendering
from sla.recalculation import recalculate
from tests import make
from tests.reports import made
from tests.sla import measured
from tests.sla.measured import BROKEN, HELD, reported

OUTLOUD = Path(sys.executable).with_name("outloud")
CLEAN = "0 error(s), 0 warning(s), 0 info"


@pytest.fixture
def edition(arendal, grimstad, administrator) -> Edition:
    """Sixteen months, so that there are control limits; a comment in each section; a demonstration."""
    levels = measured.levels(arendal, grimstad)
    make.partnership(is_demonstration=True)
    for index in range(48):
        day = make.oslo(2025 + (5 + index // 3) // 12, (5 + index // 3) % 12 + 1, 3 + index % 3 * 7, 9)
        reported(levels.email, arendal, day, BROKEN if index % 4 == 0 else HELD)
    recalculate()
    one = made.edition()
    actions.set_meeting(edition=one, meeting_on=date(2026, 10, 29), by=administrator)
    for section in ("front", "services", "owners", "incidents", "resolutions"):
        actions.comment(edition=one, section=section, text="Vi har bedt om tiltak.\n\nDe kommer.", by=administrator)
    return one


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_checker_finds_nothing_and_the_bytes_are_the_same_again(edition, language, tmp_path):
    paper = rendering(edition, language).pdf
    (tmp_path / "report.pdf").write_bytes(paper)
    command = [OUTLOUD, "--fail-on", "warning", tmp_path / "report.pdf"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stdout.split(":")[1].split("[")[0].strip() == CLEAN, found.stdout
    assert rendering(edition, language).pdf == paper


def test_the_checker_finds_nothing_in_an_owners_own_edition(edition, arendal, tmp_path):
    paper = rendering(edition, "nn", arendal).pdf
    assert "For Arendal" in pymupdf.open(stream=paper)[0].get_text()
    (tmp_path / "report.pdf").write_bytes(paper)
    command = [OUTLOUD, "--fail-on", "warning", tmp_path / "report.pdf"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.stdout.split(":")[1].split("[")[0].strip() == CLEAN, found.stdout


def test_the_paper_says_what_it_is(edition):
    pages = [page.get_text() for page in pymupdf.open(stream=rendering(edition, "nb").pdf)]
    assert len(pages) == 7
    assert "Styrerapport 3. kvartal 2026 · Styremøte torsdag 29.10.2026 · Tall hentet" in pages[0]
    assert [f"{number}/5" in page for number, page in enumerate(pages, start=1)] == [True] * 5 + [False] * 2
    assert all("DEMO – oppdiktede tall" in page for page in pages)
    assert edition.digest in pages[5]
    assert ["Kommentar til side 1" in page for page in pages] == [False, True, False, False, False, False, False]
    assert "s. 6, forklaring" in pages[0]
    assert "Vi har bedt om tiltak." in pages[2]


def test_a_real_partnership_has_no_demonstration_in_its_foot(db):
    make.partnership()
    assert "DEMO" not in printed(made.edition(), "nb")
    assert Partnership.objects.get().is_demonstration is False


def test_a_quarter_without_anything_measured_still_becomes_a_report(db, tmp_path):
    paper = rendering(made.edition(), "nb").pdf
    assert "Ingenting ble målt i kvartalet" in pymupdf.open(stream=paper)[0].get_text()
    (tmp_path / "report.pdf").write_bytes(paper)
    found = subprocess.run([OUTLOUD, tmp_path / "report.pdf"], capture_output=True, text=True, check=False)
    assert " 0 error(s)" in found.stdout, found.stdout


def test_title_and_language_are_those_of_the_reader(edition):
    with pikepdf.open(BytesIO(rendering(edition, "nn").pdf)) as opened:
        assert (opened.Root.Lang, opened.docinfo.Title) == ("nn", "Styrerapport 3. kvartal 2026")


def test_the_csv_twin_holds_every_share_with_decimal_comma(edition):
    lines = bytes(rendering(edition, "nb").csv).decode("utf-8-sig").splitlines()
    assert lines[0] == "Kvartal;Hva;Eier;Tall;Verdi;Av;%;Status"
    now = edition.figures["sections"]["service_levels"]["total"][-1]["resolution"]
    share = f"{now['met'] * 1000 // now['counted'] / 10}".replace(".", ",")
    assert f"2026Q3;alle;alle;løst innen fristen;{now['met']};{now['counted']};{share};" in "\n".join(lines)


@override_settings(SITE_URL="https://example.no")
def test_nothing_on_paper_is_fetched_or_links_to_a_path(edition):
    html = printed(edition, "nb")
    assert 'href="/' not in html.replace('href="/print.css"', "")
    assert 'src="/' not in html
