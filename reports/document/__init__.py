"""A report laid out: the same finished words and charts for paper and for a page, from frozen figures alone.

The caller has made the reader's language the active one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kit import formats
from kit.charts import WEB, Medium
from reports import voice
from reports.document.appendix import Appendix, appendix
from reports.document.front import Front, front
from reports.document.incidents import Incidents, incidents
from reports.document.links import Links
from reports.document.owners import Owners, owners
from reports.document.services import Services, services
from reports.document.span import missing, shown, span
from reports.figures import BoardFigures
from reports.models import SectionKey

SHORT_DIGEST = 12
ON_THE_SERVICES_PAGE = {SectionKey.FRONT, SectionKey.SERVICES}

__all__ = ["Document", "laid_out"]


@dataclass(frozen=True)
class Document:
    language: str
    title: str
    partnership: str
    is_demonstration: bool
    head: str
    span: str
    missing: str
    digest: str
    comments: Mapping[str, str]
    front: Front
    services: Services
    owners: Owners
    incidents: Incidents
    appendix: Appendix

    @property
    def short_digest(self) -> str:
        return self.digest[:SHORT_DIGEST]


def laid_out(
    figures: BoardFigures, *, digest: str, comments: Mapping[str, str], meeting_on: date | None, medium: Medium
) -> Document:
    """`comments` by section key."""
    figures = shown(figures)
    levels, links = figures.service_levels, Links(figures.quarter, on_page=medium is WEB)
    title = _("Board report %(quarter)s") % {"quarter": voice.quarter(figures.head.period)}
    return Document(
        language=voice.language(),
        title=title,
        partnership=figures.head.partnership,
        is_demonstration=figures.head.is_demonstration,
        head=_head(figures, title, meeting_on),
        span=span(levels.quarters),
        missing=missing(levels.quarters),
        digest=digest,
        comments=comments,
        front=front(figures, medium, links),
        services=services(levels, medium, links, is_commented=not comments.keys().isdisjoint(ON_THE_SERVICES_PAGE)),
        owners=owners(levels, medium, links),
        incidents=incidents(figures, medium, links),
        appendix=appendix(figures),
    )


def _head(figures: BoardFigures, title: str, meeting_on: date | None) -> str:
    """«Styrerapport 3. kvartal 2026 · Styremøte torsdag 29.10.2026 · Tall hentet 06.10.2026»."""
    read = formats.day(formats.in_oslo(figures.head.cut_off).date(), voice.language())
    parts = [title, _("Figures read %(day)s") % {"day": read}]
    if meeting_on:
        day = formats.day_with_weekday(meeting_on, voice.language())
        parts.insert(1, _("Board meeting %(day)s") % {"day": day})
    return " · ".join(parts)
