"""Service levels: the services that need attention with their months, then all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.charts import PRINT, WEB, Medium
from reports import drawing, voice
from reports.document import room
from reports.document.links import Links
from reports.document.parts import Detail, ServiceGroup, ServiceRow, Share, heads_rows
from reports.document.room import Sheet
from reports.figures import BoardFigures
from reports.findings.sections import (
    UPTIME_DECIMALS,
    detail_text,
    detail_title,
    kept,
    service_finding,
    services_title,
    uptime_finding,
    uptime_text,
    uptime_title,
)
from reports.findings.standing import failing, falls_short
from sla.drawing import monthly_series
from sla.levels import Level, Status
from sla.reporting import Promises, ServiceFigures, ServiceLevels
from sla.reporting.uptime import ServiceUptime, UptimeFigures

DETAILS = 2
FEWEST_ROWS = 12
"""With room for fewer there is no detail at all."""
ON_THIS_SHEET = ("front", "services")
AROUND_THE_ROWS = room.TABLE + 58.0
"""The heading and head of the table, the two rows that divide it, and the key below."""
COLUMNS = 6
PHONE = 288.0
LINE = {PRINT: (66.0, 15.0), WEB: (96.0, 28.0)}


@dataclass(frozen=True)
class Services:
    title: str
    lede: str
    details: list[Detail]
    groups: list[ServiceGroup]
    left_out: str
    table_title: str
    limits: str
    uptime: list[tuple[str, tuple[Share, ...]]]
    uptime_quarters: tuple[str, ...]

    @property
    def heads_uptime(self) -> bool:
        return heads_rows(len(self.uptime), len(self.uptime_quarters) + 1)

    @property
    def heads_rows(self) -> bool:
        return heads_rows(sum(len(group.rows) for group in self.groups), COLUMNS)


def services(figures: BoardFigures, medium: Medium, links: Links, comments: Mapping[str, str]) -> Services:
    """On paper the sheet also carries what was said of page 1, and availability stands in the appendix."""
    levels, uptime = figures.service_levels, figures.uptime
    title, lede = services_title(levels), f"{kept(levels)} {uptime_finding(uptime)}".strip()
    sheet = Sheet(medium)
    sheet.take(room.head(title, lede) + room.comments(comments.get(key, "") for key in ON_THIS_SHEET) + AROUND_THE_ROWS)
    details, rows = _room(sheet, len(levels.services))
    shown = _shown(levels, rows)
    return Services(
        title=title,
        lede=lede,
        details=_details(levels, uptime, medium)[:details],
        groups=_groups(shown, levels, medium, links),
        left_out=_left_out(len(levels.services) - len(shown)),
        table_title=_table_title(levels),
        uptime=uptime_rows(uptime, links),
        uptime_quarters=tuple(voice.short_quarter(one) for one in uptime.quarters) if uptime else (),
        limits=_("Target and good enough: %(target)s and %(limit)s %%.")
        % {"target": voice.wanted(levels.now.resolution), "limit": voice.good_enough(levels.now.resolution)},
    )


def uptime_rows(uptime: UptimeFigures | None, links: Links) -> list[tuple[str, tuple[Share, ...]]]:
    """Quarter by quarter, each opening its outages; nothing where no availability was promised."""
    if uptime is None or not uptime.services:
        return []
    named = [(one.name.written(voice.language()), one.quarters, one.id) for one in uptime.services]
    return [
        (
            name,
            tuple(
                _up(level, links.uptime(quarter, service))
                for quarter, level in zip(uptime.quarters, levels, strict=True)
            ),
        )
        for name, levels, service in [*named, (_("All services"), uptime.total, None)]
    ]


def _up(level: Level, url: str) -> Share:
    """Without its seconds, which say nothing to a reader; `counts` tells that there is something."""
    shown = Share.of(level, UPTIME_DECIMALS, url)
    return replace(shown, counts=str(level.status.label)) if level.counted else shown


def _room(sheet: Sheet, count: int) -> tuple[int, int]:
    """How many details and rows find room: fewer details where that makes place for all services."""
    fewest = sheet.rows(room.WIDE_ROW, count)
    for details in range(DETAILS, 0, -1):
        rows = replace(sheet, left=sheet.left - details * room.DETAIL).rows(room.WIDE_ROW, count)
        if rows >= count or (details == 1 and rows >= FEWEST_ROWS):
            return details, rows
    return 0, fewest


def _shown(levels: ServiceLevels, rows: int) -> list[ServiceFigures]:
    """Those that are not good enough before the others, in the order of all."""
    by_need = sorted(levels.services, key=lambda one: one.now.status != Status.NOT_GOOD_ENOUGH)[:rows]
    return [one for one in levels.services if one in by_need]


def _left_out(count: int) -> str:
    words = ngettext(
        "%(count)s more service stands in the appendix.", "%(count)s more services stand in the appendix.", count
    )
    return words % {"count": voice.number(count)} if count else ""


def _details(levels: ServiceLevels, uptime: UptimeFigures | None, medium: Medium) -> list[Detail]:
    """At most two: the worst services, one of them by its availability where that is not good enough; filled up with
    all services together.
    """
    poor = [
        _detail(voice.capital(voice.service(one.name)), falls_short(one.now)[0], one.now, one.months, levels, medium)
        for one in failing(levels)[:DETAILS]
    ]
    if uptime and uptime.months and uptime.missed:
        poor = [*poor[: DETAILS - 1], _uptime_detail(uptime.missed[0], uptime, medium)]
    whole = _("All services"), levels.now, levels.monthly
    for metric in ("resolution", "response"):
        if len(poor) < DETAILS and getattr(levels.now, metric).counted:
            poor.append(_detail(whole[0], metric, whole[1], whole[2], levels, medium))
    return poor


def _detail(
    name: str, metric: str, now: Promises, months: Sequence[Promises], levels: ServiceLevels, medium: Medium
) -> Detail:
    series = [getattr(one, metric) for one in months]
    title = detail_title(name, metric, now)
    label = {"resolution": _("%(service)s, solved in time"), "response": _("%(service)s, answered in time")}[metric]
    drawn = monthly_series(title, label % {"service": name}, levels.months, series)
    return Detail(
        title=title,
        text=detail_text(metric, drawn.values, drawn.limits),
        chart=drawing.drawn(drawn, medium),
        narrow=drawing.drawn(drawn, medium, PHONE) if medium is WEB else None,
        key="solved" if metric == "resolution" else "answered",
    )


def _uptime_detail(one: ServiceUptime, uptime: UptimeFigures, medium: Medium) -> Detail:
    name = voice.capital(voice.service(one.name))
    title, label = uptime_title(name, one.now), _("%(service)s, availability") % {"service": name}
    drawn = monthly_series(title, label, uptime.months, one.months, decimals=UPTIME_DECIMALS)
    return Detail(
        title=title,
        text=uptime_text(drawn.values, drawn.limits),
        chart=drawing.drawn(drawn, medium),
        narrow=drawing.drawn(drawn, medium, PHONE) if medium is WEB else None,
        key="uptime",
    )


def _groups(shown: Sequence[ServiceFigures], levels: ServiceLevels, medium: Medium, links: Links) -> list[ServiceGroup]:
    scale = drawing.common_scale([[one.resolution for one in service.quarters] for service in levels.services])
    rows = [(one.is_critical, _row(one, levels, medium, links, scale)) for one in shown]
    critical = tuple(row for is_critical, row in rows if is_critical)
    others = tuple(row for is_critical, row in rows if not is_critical)
    if not critical or not others:
        return [ServiceGroup("", critical or others)] if rows else []
    return [ServiceGroup(_("Critical services"), critical), ServiceGroup(_("Other services"), others)]


def _row(
    one: ServiceFigures, levels: ServiceLevels, medium: Medium, links: Links, scale: tuple[float, float]
) -> ServiceRow:
    name = one.name.written(voice.language())
    solved = [quarter.resolution for quarter in one.quarters]
    label = _("%(service)s, solved in time") % {"service": name}
    return ServiceRow(
        name=name,
        resolution=Share.of(one.now.resolution, url=links.service(one, "resolution")),
        response=Share.of(one.now.response, url=links.service(one, "response")),
        line=drawing.share_line(label, levels.quarters, solved, medium, scale=scale, size=LINE[medium]),
        incidents=voice.number(max(one.now.resolution.counted, one.now.response.counted)),
        finding=service_finding(one),
        poor=one.now.status == Status.NOT_GOOD_ENOUGH,
    )


def _table_title(levels: ServiceLevels) -> str:
    """How many of the measurements are good enough."""
    kept_levels = [level for one in levels.services for level in (one.now.resolution, one.now.response)]
    known = [level for level in kept_levels if level.counted]
    fine = sum(level.status != Status.NOT_GOOD_ENOUGH for level in known)
    return _("%(fine)s of %(all)s measurements are good enough") % {"fine": fine, "all": len(known)}
