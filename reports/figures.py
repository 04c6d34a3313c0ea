"""What a board report says: figures of every room, in no language, frozen as JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from kit.quarters import Quarter
from partnership.models import Partnership, User
from reports.canonical import plain, restored
from reports.corrections import Correction, corrections
from reports.models import Edition, Status
from sla.reporting import ServiceLevels, service_levels


@dataclass(frozen=True)
class Section:
    """What one room contributes: the shape of its figures, and how they are read for a quarter."""

    shape: type
    collect: Callable[[Quarter, datetime], Any]


SECTIONS = {"service_levels": Section(ServiceLevels, service_levels)}
"""By the key under which they stand in the JSON. A room that is built joins here."""


@dataclass(frozen=True)
class Head:
    """What the edition is about."""

    period: str
    partnership: str
    is_demonstration: bool
    cut_off: datetime


@dataclass(frozen=True)
class BoardFigures:
    """All of it, as read at the cut-off."""

    head: Head
    sections: dict[str, Any]
    corrections: tuple[Correction, ...]

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.head.period)

    @property
    def service_levels(self) -> ServiceLevels:
        return cast(ServiceLevels, self.sections["service_levels"])


def collect(quarter: Quarter, cut_off: datetime) -> BoardFigures:
    """The figures of a quarter as they stand, with what they correct in the newest report before it."""
    partnership = Partnership.objects.first()
    head = Head(
        period=str(quarter),
        partnership=partnership.name if partnership else "",
        is_demonstration=partnership is not None and partnership.is_demonstration,
        cut_off=cut_off,
    )
    sections = {key: section.collect(quarter, cut_off) for key, section in SECTIONS.items()}
    before = Edition.objects.published().before(quarter).first()
    told = thawed(before.figures) if before else None
    changed = corrections(told.head.period, told.service_levels, sections["service_levels"]) if told else ()
    return BoardFigures(head, sections, changed)


def frozen(figures: BoardFigures) -> dict[str, Any]:
    """As JSON; `thawed` reads it."""
    return cast(dict[str, Any], plain(figures))


def thawed(data: dict[str, Any]) -> BoardFigures:
    return BoardFigures(
        head=restored(Head, data["head"]),
        sections={key: restored(SECTIONS[key].shape, section) for key, section in data["sections"].items()},
        corrections=restored(tuple[Correction, ...], data["corrections"]),
    )


def unread_by(user: User) -> list[Edition]:
    """What was published to this person and waits to be read; only the newest is news."""
    return list(Edition.objects.visible_to(user).unread_by(user).light()[:1])


def newest_for(user: User) -> Edition | None:
    """The newest published report that this person may read, for her home page."""
    return Edition.objects.visible_to(user).filter(status=Status.PUBLISHED).light().first()
