"""The owners: how each is served, and where."""

from dataclasses import dataclass
from itertools import batched
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.charts import PRINT, WEB, Medium
from reports import drawing, voice
from reports.document import room
from reports.document.links import Links
from reports.document.parts import Grid, OwnerPanel, Share
from reports.document.reader import orders_of
from reports.document.room import Sheet
from reports.figures import BoardFigures
from reports.findings.sections import owners_lede, owners_title
from sla.levels import Status
from sla.reporting import OwnerFigures, ServiceLevels

ACROSS = 8
PANELS_ACROSS, PANEL_ROW, AROUND_THE_PANELS = 4, 106.0, 20.0
GRID_ROW, AROUND_A_GRID = 24.5, 84.0
PANEL = {PRINT: (112.0, 38.0), WEB: (200.0, 72.0)}


@dataclass(frozen=True)
class Owners:
    title: str
    lede: str
    panels: list[OwnerPanel]
    left_out: str
    grids: list[Grid]
    has_room_for_grids: bool
    grid_title: str


def owners(figures: BoardFigures, medium: Medium, links: Links, comment: str) -> Owners:
    levels = figures.service_levels
    title, lede = owners_title(levels), owners_lede(levels)
    sheet = Sheet(medium)
    sheet.take(room.head(title, lede) + room.comments([comment]) + AROUND_THE_PANELS)
    shown = _shown(levels, sheet.rows(PANEL_ROW, ceil(len(levels.owners) / PANELS_ACROSS)) * PANELS_ACROSS)
    sheet.take(ceil(len(shown) / PANELS_ACROSS) * PANEL_ROW)
    grids = AROUND_A_GRID + len(levels.services) * GRID_ROW
    scale = drawing.common_scale([[one.resolution for one in owner.quarters] for owner in levels.owners])
    cells = [level for owner in levels.owners for level in (one.resolution for one in owner.services) if level.counted]
    fine = sum(level.status != Status.NOT_GOOD_ENOUGH for level in cells)
    return Owners(
        title=title,
        lede=lede,
        panels=[_panel(one, figures, medium, links, scale) for one in shown],
        left_out=_left_out(len(levels.owners) - len(shown)),
        grids=_grids(levels, links),
        has_room_for_grids=(len(levels.owners) <= ACROSS and sheet.holds(grids)) or medium is not PRINT,
        grid_title=_("Solved in time is good enough in %(fine)s of %(all)s cells") % {"fine": fine, "all": len(cells)},
    )


def _shown(levels: ServiceLevels, most: int) -> list[OwnerFigures]:
    """Where there is no room for all: those that get less than good enough before the others, in the order of all."""
    by_need = sorted(levels.owners, key=lambda one: one.now.status != Status.NOT_GOOD_ENOUGH)[:most]
    return [one for one in levels.owners if one in by_need]


def _left_out(count: int) -> str:
    words = ngettext(
        "%(count)s more owner stands in the appendix.", "%(count)s more owners stand in the appendix.", count
    )
    return words % {"count": voice.number(count)} if count else ""


def _panel(
    one: OwnerFigures, figures: BoardFigures, medium: Medium, links: Links, scale: tuple[float, float]
) -> OwnerPanel:
    levels = figures.service_levels
    label = _("%(owner)s, solved in time") % {"owner": one.name}
    solved = [quarter.resolution for quarter in one.quarters]
    return OwnerPanel(
        name=one.name,
        line=drawing.share_line(label, levels.quarters, solved, medium, scale=scale, size=PANEL[medium]),
        resolution=Share.of(one.now.resolution, url=links.owner(one, "resolution")),
        response=Share.of(one.now.response, url=links.owner(one, "response")),
        orders=_delivered(figures, one),
    )


def _delivered(figures: BoardFigures, one: OwnerFigures) -> str:
    """«14 av 15 bestillinger i tide»."""
    orders = orders_of(figures, one.id)
    if orders is None or not orders.delivered:
        return ""
    words = ngettext("%(counts)s order on time", "%(counts)s orders on time", orders.delivered)
    return words % {"counts": voice.of_all(orders.on_time, orders.delivered)}


def _grids(levels: ServiceLevels, links: Links) -> list[Grid]:
    """As many owners across as the page is wide."""
    if not levels.services:
        return []
    return [_grid(part, levels, links) for part in batched(levels.owners, ACROSS, strict=False)]


def _grid(owners: tuple[OwnerFigures, ...], levels: ServiceLevels, links: Links) -> Grid:
    rows = tuple(
        (
            service.name.written(voice.language()),
            tuple(Share.of(owner.services[index].resolution, url=links.cell(service, owner)) for owner in owners),
        )
        for index, service in enumerate(levels.services)
    )
    return Grid(tuple(owner.name for owner in owners), rows)
