"""A board report from frozen figures to PDF, against WeasyPrint alone on the same page with its charts drawn."""

from collections.abc import Callable
from decimal import Decimal
from statistics import median
from time import perf_counter

import pymupdf
import pytest
import weasyprint
from django.utils import timezone
from weasyprint.text.fonts import FontConfiguration

from kit import pdf
from kit.quarters import Quarter
from reports.canonical import digest_of
from reports.corrections import Correction
from reports.figures import BoardFigures, Head, frozen
from reports.models import Edition
from reports.rendering import FILES, FONTS, printed, rendering
from sla.levels import Level
from sla.reporting import (
    IncidentCounts,
    Names,
    OwnerFigures,
    PriorityFigures,
    Promises,
    ServiceFigures,
    ServiceLevels,
)

THIRD = Quarter(2026, 3)
QUARTERS = THIRD.ending_here(8)
SERVICES, OWNERS, ROUNDS, MOST_TIMES_WEASYPRINT = 20, 10, 3, 3.0
PAGES = 8


def level(seed: int, counted: int = 40) -> Level:
    return Level(counted, 28 + seed * 7 % 13, counted * Decimal("0.9"), counted * Decimal("0.8"))


def promises(seed: int) -> Promises:
    return Promises(level(seed), level(seed + 5))


def names(index: int) -> Names:
    return Names(*(f"Tjeneste {language} {index}" for language in ("nb", "nn", "en")))


def service(index: int) -> ServiceFigures:
    series = [promises(index + step) for step in range(24)]
    return ServiceFigures(index, f"T{index}", names(index), index < 5, tuple(series[:8]), tuple(series))


def owner(index: int, services: tuple[ServiceFigures, ...]) -> OwnerFigures:
    quarters = tuple(promises(index + step) for step in range(8))
    return OwnerFigures(index, f"Eier {index}", 50_000 - index, quarters, tuple(one.now for one in services))


def figures() -> BoardFigures:
    services = tuple(service(index) for index in range(SERVICES))
    months = tuple(month for quarter in QUARTERS for month in quarter.months)
    corrections = tuple(
        Correction("2026Q2", "2026Q2", names(i), "resolution", level(i), level(i + 1)) for i in range(9)
    )
    levels = ServiceLevels(
        quarters=tuple(map(str, QUARTERS)),
        months=months,
        total=tuple(promises(step) for step in range(8)),
        monthly=tuple(promises(step) for step in range(24)),
        services=services,
        owners=tuple(owner(index, services) for index in range(OWNERS)),
        incidents=tuple(IncidentCounts(900 + step, 880, 40, 6, 3) for step in range(8)),
        open_at_cut_off=12,
        overdue_at_cut_off=3,
        priorities=tuple(PriorityFigures(number, promises(number), 90, 9000, 90000) for number in range(1, 5)),
        versions=(),
        sources=(),
    )
    head = Head(str(THIRD), "Fellesdrift Agder IKS", is_demonstration=True, cut_off=timezone.now())
    return BoardFigures(head, {"service_levels": levels}, corrections)


@pytest.fixture
def edition(db) -> Edition:
    data = frozen(figures())
    return Edition.objects.create(year=2026, quarter=3, figures=data, digest=digest_of(data), cut_off=timezone.now())


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
