"""From frozen figures to what is read: the HTML of the paper, its PDF, and the CSV twin."""

import hashlib

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from kit import pdf
from kit.charts import PRINT, Medium
from partnership.models import Organisation
from reports.csv_twin import csv_twin
from reports.document import Document, Edited, laid_out
from reports.figures import thawed
from reports.models import Edition, Rendering

LANGUAGE_NAMES = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}
LANGUAGES = tuple(LANGUAGE_NAMES)
FONTS = settings.NODE_MODULES / "@fontsource-variable/inter/files"
FILES = {"/print.css": settings.BASE_DIR / "static/css/print.css"}


def rendering(edition: Edition, language: str, owner: Organisation | None = None) -> Rendering:
    """The edition in one language, not yet saved. Same figures, comments and templates: same bytes."""
    html = printed(edition, language, owner)
    paper = pdf.render(html, instant=edition.cut_off, fonts=FONTS, files=FILES)
    digest = hashlib.sha256(paper).hexdigest()
    table = b"" if owner else _table(edition, language)
    return Rendering(
        edition=edition, organisation=owner, language=language, html=html, pdf=paper, csv=table, digest=digest
    )


def _table(edition: Edition, language: str) -> bytes:
    with translation.override(language):
        return csv_twin(thawed(edition.figures))


def printed(edition: Edition, language: str, owner: Organisation | None = None) -> str:
    """The page that becomes the PDF."""
    with translation.override(language):
        context = {"document": document(edition, PRINT, owner=owner.pk if owner else None)}
        return render_to_string("reports/print/report.html", context)


def document(edition: Edition, medium: Medium, *, owner: int | None = None, opens_orders: bool = False) -> Document:
    """Laid out in the active language; `owner` is the id of the one whose own edition it is."""
    comments = dict(edition.comments.values_list("section", "text"))
    edited = Edited(edition.digest, comments, edition.meeting_on, owner)
    return laid_out(thawed(edition.figures), edited, medium, opens_orders=opens_orders)
