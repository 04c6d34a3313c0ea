"""The owners: how each is served, and where."""

from dataclasses import dataclass
from itertools import batched

from django.utils.translation import gettext as _

from kit.charts import PRINT, WEB, Medium
from reports import drawing, voice
from reports.document.links import Links
from reports.document.parts import Grid, OwnerPanel, Share
from reports.findings.sections import owners_lede, owners_title
from sla.levels import Status
from sla.reporting import OwnerFigures, ServiceLevels

ACROSS = 8
PANEL = {PRINT: (112.0, 46.0), WEB: (200.0, 72.0)}


@dataclass(frozen=True)
class Owners:
    title: str
    lede: str
    panels: list[OwnerPanel]
    grids: list[Grid]
    grid_title: str


def owners(levels: ServiceLevels, medium: Medium, links: Links) -> Owners:
    scale = drawing.common_scale([[one.resolution for one in owner.quarters] for owner in levels.owners])
    cells = [level for owner in levels.owners for level in (one.resolution for one in owner.services) if level.counted]
    fine = sum(level.status != Status.NOT_GOOD_ENOUGH for level in cells)
    return Owners(
        title=owners_title(levels),
        lede=owners_lede(levels),
        panels=[_panel(one, levels, medium, links, scale) for one in levels.owners],
        grids=_grids(levels, links),
        grid_title=_("Solved in time is good enough in %(fine)s of %(all)s cells") % {"fine": fine, "all": len(cells)},
    )


def _panel(
    one: OwnerFigures, levels: ServiceLevels, medium: Medium, links: Links, scale: tuple[float, float]
) -> OwnerPanel:
    label = _("%(owner)s, solved in time") % {"owner": one.name}
    solved = [quarter.resolution for quarter in one.quarters]
    return OwnerPanel(
        name=one.name,
        line=drawing.share_line(label, levels.quarters, solved, medium, scale=scale, size=PANEL[medium]),
        resolution=Share.of(one.now.resolution, url=links.owner(one, "resolution")),
        response=Share.of(one.now.response, url=links.owner(one, "response")),
    )


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
