"""A board report from frozen figures to PDF, against WeasyPrint alone on the same page with its charts drawn."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

import pymupdf
import pytest
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from kit import pdf
from reports.models import Edition
from reports.rendering import FILES, FONTS, printed, rendering
from tests.reports.large import board, kept

SERVICES, OWNERS, ROUNDS, MOST_TIMES_WEASYPRINT = 20, 10, 3, 3.0
PAGES = 8


@pytest.fixture
def edition(db) -> Edition:
    return kept(board(SERVICES, OWNERS))


def seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def weasyprint_alone(html: str) -> bytes:
    fetcher = pdf._Fetcher({**FILES, "/.fonts/": FONTS}, [])
    fonts = FontConfiguration()
    page = weasyprint.HTML(string=html, base_url=pdf.BASE_URL, url_fetcher=fetcher)
    faces = weasyprint.CSS(string=pdf._font_faces(), base_url=pdf.BASE_URL, url_fetcher=fetcher, font_config=fonts)
    return page.write_pdf(stylesheets=[faces], font_config=fonts, pdf_variant="pdf/ua-1")


def test_a_report_costs_little_more_than_weasyprint_alone(edition):
    html = printed(edition, "nb")
    paper = rendering(edition, "nb").pdf
    assert len(pymupdf.open(stream=paper)) >= PAGES
    ours, alone = [], []
    for _round in range(ROUNDS):
        alone.append(seconds(lambda: weasyprint_alone(html)))
        ours.append(seconds(lambda: rendering(edition, "nb")))
    ratio = median(ours) / median(alone)
    size = f"{len(pymupdf.open(stream=paper))} pages, {html.count('class="chart"')} charts"
    print(f"\n{size}: {median(ours):.2f} s, WeasyPrint {median(alone):.2f} s")
    print(f"{'board report, warm / WeasyPrint alone':<75} {ratio:>8.2f}  bar {MOST_TIMES_WEASYPRINT}")
    assert ratio <= MOST_TIMES_WEASYPRINT
