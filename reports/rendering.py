"""From frozen figures to what is read: the HTML of the paper, its PDF, and the CSV twin."""

import hashlib

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from kit import pdf
from kit.charts import PRINT, Medium
from reports.csv_twin import csv_twin
from reports.document import Document, laid_out
from reports.figures import thawed
from reports.models import Edition, Rendering

LANGUAGE_NAMES = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}
LANGUAGES = tuple(LANGUAGE_NAMES)
FONTS = settings.NODE_MODULES / "@fontsource-variable/inter/files"
FILES = {"/print.css": settings.BASE_DIR / "static/css/print.css"}


def rendering(edition: Edition, language: str) -> Rendering:
    """The edition in one language, not yet saved. Same figures, comments and templates: same bytes."""
    html = printed(edition, language)
    paper = pdf.render(html, instant=edition.cut_off, fonts=FONTS, files=FILES)
    digest = hashlib.sha256(paper).hexdigest()
    with translation.override(language):
        table = csv_twin(thawed(edition.figures))
    return Rendering(edition=edition, language=language, html=html, pdf=paper, csv=table, digest=digest)


def printed(edition: Edition, language: str) -> str:
    """The page that becomes the PDF."""
    with translation.override(language):
        return render_to_string("reports/print/report.html", {"document": document(edition, PRINT)})


def document(edition: Edition, medium: Medium) -> Document:
    """Laid out in the active language."""
    return laid_out(
        thawed(edition.figures),
        digest=edition.digest,
        comments=dict(edition.comments.values_list("section", "text")),
        meeting_on=edition.meeting_on,
        medium=medium,
    )
