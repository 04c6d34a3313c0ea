"""What a board report says: figures of every room, in no language, frozen as JSON."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast

from django.utils import timezone

from benefits.reporting import Benefits, benefits_for
from kit.quarters import Quarter
from partnership.models import Partnership, User
from partnership.reporting import Resolutions, resolutions_of
from reports.canonical import plain, restored
from reports.corrections import Correction, Recount, corrections, recounts, uptime_corrections
from reports.models import Edition, Status
from services.reporting import Orders, orders_of_quarter
from sla.reporting import ServiceLevels, service_levels
from sla.reporting.uptime import UptimeFigures, uptime_figures


@dataclass(frozen=True)
class Section:
    """What one room contributes: the shape of its figures, and how they are read for a quarter."""

    shape: type
    collect: Callable[[Quarter, datetime], Any]


def _orders(quarter: Quarter, _cut_off: datetime) -> Orders:
    return orders_of_quarter(quarter)


def _benefits(quarter: Quarter, cut_off: datetime) -> Benefits:
    return benefits_for(quarter, until=timezone.localdate(cut_off))


def _resolutions(quarter: Quarter, cut_off: datetime) -> Resolutions:
    """As they stand when the figures are read: what the board meets about is what waits now."""
    return resolutions_of(quarter, until=timezone.localdate(cut_off))


SECTIONS = {
    "service_levels": Section(ServiceLevels, service_levels),
    "uptime": Section(UptimeFigures, uptime_figures),
    "orders": Section(Orders, _orders),
    "benefits": Section(Benefits, _benefits),
    "resolutions": Section(Resolutions, _resolutions),
}
"""By the key under which they stand in the JSON. A room that is built joins here; reports from before lack it."""


@dataclass(frozen=True)
class Head:
    """What the edition is about."""

    period: str
    partnership: str
    is_demonstration: bool
    cut_off: datetime

    @property
    def read_on(self) -> date:
        """The day of the cut-off, in Oslo."""
        return timezone.localdate(self.cut_off)


@dataclass(frozen=True)
class BoardFigures:
    """All of it, as read at the cut-off. A room that was not built when the figures were frozen is None."""

    head: Head
    sections: dict[str, Any]
    corrections: tuple[Correction, ...]
    recounts: tuple[Recount, ...] = ()

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.head.period)

    @property
    def service_levels(self) -> ServiceLevels:
        return cast(ServiceLevels, self.sections["service_levels"])

    @property
    def uptime(self) -> UptimeFigures | None:
        return self.sections.get("uptime")

    @property
    def orders(self) -> Orders | None:
        return self.sections.get("orders")

    @property
    def benefits(self) -> Benefits | None:
        return self.sections.get("benefits")

    @property
    def resolutions(self) -> Resolutions | None:
        return self.sections.get("resolutions")


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
    read = BoardFigures(head, sections, ())
    before = Edition.objects.published().before(quarter).first()
    return compared(read, thawed(before.figures)) if before else read


def compared(read: BoardFigures, told: BoardFigures) -> BoardFigures:
    """With what differs from what the board was last told."""
    period = told.head.period
    counts = recounts(period, (told.orders, told.benefits), (read.orders, read.benefits))
    changed = (
        *corrections(period, told.service_levels, read.service_levels),
        *uptime_corrections(period, told.uptime, read.uptime),
    )
    return replace(read, corrections=changed, recounts=counts)


def frozen(figures: BoardFigures) -> dict[str, Any]:
    """As JSON; `thawed` reads it."""
    return cast(dict[str, Any], plain(figures))


def thawed(data: dict[str, Any]) -> BoardFigures:
    return BoardFigures(
        head=restored(Head, data["head"]),
        sections={key: restored(SECTIONS[key].shape, section) for key, section in data["sections"].items()},
        corrections=restored(tuple[Correction, ...], data["corrections"]),
        recounts=restored(tuple[Recount, ...], data.get("recounts", ())),
    )


def unread_by(user: User) -> list[Edition]:
    """What was published to this person and waits to be read; only the newest is news."""
    return list(Edition.objects.visible_to(user).unread_by(user).light()[:1])


def newest_for(user: User) -> Edition | None:
    """The newest published report that this person may read, for her home page."""
    return Edition.objects.visible_to(user).filter(status=Status.PUBLISHED).light().first()
