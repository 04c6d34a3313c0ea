"""Service levels: the services that need attention with their months, then all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kit.charts import PRINT, WEB, Medium
from reports import drawing, voice
from reports.document.links import Links
from reports.document.parts import Detail, ServiceGroup, ServiceRow, Share, heads_rows
from reports.findings.sections import detail_text, detail_title, kept, service_finding, services_title
from reports.findings.standing import failing, falls_short
from sla.levels import Status
from sla.reporting import Promises, ServiceFigures, ServiceLevels

DETAILS = 2
DETAILS_BESIDE_A_COMMENT = 1
"""On paper the page of the services also carries what was said of page 1, and must not run over for two rows."""
COLUMNS = 6
PHONE = 288.0
LINE = {PRINT: (66.0, 15.0), WEB: (96.0, 28.0)}


@dataclass(frozen=True)
class Services:
    title: str
    lede: str
    details: list[Detail]
    groups: list[ServiceGroup]
    table_title: str
    limits: str

    @property
    def heads_rows(self) -> bool:
        return heads_rows(sum(len(group.rows) for group in self.groups), COLUMNS)


def services(levels: ServiceLevels, medium: Medium, links: Links, *, is_commented: bool) -> Services:
    shown = DETAILS_BESIDE_A_COMMENT if is_commented and medium is PRINT else DETAILS
    return Services(
        title=services_title(levels),
        lede=kept(levels),
        details=_details(levels, medium)[:shown],
        groups=_groups(levels, medium, links),
        table_title=_table_title(levels),
        limits=_("Target and good enough: %(target)s and %(limit)s %%.")
        % {"target": voice.wanted(levels.now.resolution), "limit": voice.good_enough(levels.now.resolution)},
    )


def _details(levels: ServiceLevels, medium: Medium) -> list[Detail]:
    """At most two: the worst services, filled up with all services together."""
    poor = [
        _detail(voice.capital(voice.service(one.name)), falls_short(one.now)[0], one.now, one.months, levels, medium)
        for one in failing(levels)[:DETAILS]
    ]
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
    drawn = drawing.monthly_series(title, label % {"service": name}, levels.months, series)
    return Detail(
        title=title,
        text=detail_text(metric, drawn.values, drawn.limits),
        chart=drawing.drawn(drawn, medium),
        narrow=drawing.drawn(drawn, medium, PHONE) if medium is WEB else None,
        key="solved" if metric == "resolution" else "answered",
    )


def _groups(levels: ServiceLevels, medium: Medium, links: Links) -> list[ServiceGroup]:
    scale = drawing.common_scale([[one.resolution for one in service.quarters] for service in levels.services])
    rows = [(one.is_critical, _row(one, levels, medium, links, scale)) for one in levels.services]
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
