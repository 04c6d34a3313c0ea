"""A report laid out: the same finished words and charts for paper and for a page, from frozen figures alone.

The caller has made the reader's language the active one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from kit import formats
from kit.charts import WEB, Medium
from reports import voice
from reports.document.appendix import Appendix, appendix
from reports.document.benefits import Benefits, benefits
from reports.document.corrections import Corrections, corrections
from reports.document.front import Front, front
from reports.document.incidents import Incidents, incidents
from reports.document.links import Links
from reports.document.orders import Orders, orders
from reports.document.owners import Owners, owners
from reports.document.resolutions import Resolutions, resolutions
from reports.document.services import Services, services
from reports.document.sheets import moved, resolutions_shown
from reports.document.span import missing, shown, span
from reports.figures import BoardFigures
from reports.models import SectionKey

SHORT_DIGEST = 12

__all__ = ["Document", "Edited", "laid_out"]


@dataclass(frozen=True)
class Document:
    """All of a report in words and charts. `moved` names the tables that stand in the appendix for want of room."""

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
    orders: Orders | None
    benefits: Benefits | None
    resolutions: Resolutions | None
    corrections: Corrections
    appendix: Appendix
    moved: frozenset[str] = frozenset()

    @property
    def short_digest(self) -> str:
        return self.digest[:SHORT_DIGEST]


@dataclass(frozen=True)
class Edited:
    """What an edition adds to its figures: who wrote what, when the board meets, and whose own edition it is.

    `comments` by section key; `owner` None for the board's.
    """

    digest: str
    comments: Mapping[str, str]
    meeting_on: date | None
    owner: int | None = None


def laid_out(figures: BoardFigures, edited: Edited, medium: Medium, *, opens_orders: bool = False) -> Document:
    figures, comments = shown(figures), edited.comments
    levels = figures.service_levels
    links = Links(figures.quarter, on_page=medium is WEB, opens_orders=opens_orders)
    title = _("Board report %(quarter)s") % {"quarter": voice.quarter(figures.head.period)}
    document = Document(
        language=voice.language(),
        title=title,
        partnership=figures.head.partnership,
        is_demonstration=figures.head.is_demonstration,
        head=_head(figures, title, edited.meeting_on),
        span=span(levels.quarters),
        missing=missing(levels.quarters),
        digest=edited.digest,
        comments=comments,
        front=front(figures, medium, links, edited.owner),
        services=services(figures, medium, links, comments),
        owners=owners(figures, medium, links, comments.get(SectionKey.OWNERS, "")),
        incidents=incidents(levels, medium, links),
        orders=orders(figures.orders, medium, links),
        benefits=benefits(figures.benefits, [one.id for one in levels.owners], medium, links),
        resolutions=resolutions(figures.resolutions, figures.head.read_on, links),
        corrections=corrections(figures),
        appendix=appendix(figures),
    )
    return _placed(document, medium)


def _placed(document: Document, medium: Medium) -> Document:
    """With each table on its sheet, or in the appendix where there is no room."""
    told, comments = document.resolutions, document.comments
    if told:
        told = replace(told, shown=resolutions_shown(told, document.corrections, comments, medium))
    parts = moved(document.incidents, document.orders, document.benefits, comments, medium)
    return replace(document, resolutions=told, moved=parts)


def _head(figures: BoardFigures, title: str, meeting_on: date | None) -> str:
    """«Styrerapport 3. kvartal 2026 · Styremøte torsdag 29.10.2026 · Tall hentet 06.10.2026»."""
    read = formats.day(formats.in_oslo(figures.head.cut_off).date(), voice.language())
    parts = [title, _("Figures read %(day)s") % {"day": read}]
    if meeting_on:
        day = formats.day_with_weekday(meeting_on, voice.language())
        parts.insert(1, _("Board meeting %(day)s") % {"day": day})
    return " · ".join(parts)
