"""Page 1: what the board must decide, five figures, three conclusions, what has changed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kit.charts import Medium
from reports import drawing, voice
from reports.document.links import Links
from reports.document.parts import KeyFigure, Mark, TableRow, heads_rows
from reports.figures import BoardFigures
from reports.findings.front import (
    CHANGES,
    Change,
    Conclusion,
    Decision,
    also_failing,
    asked_about,
    changes,
    conclusions,
    corrected,
    decisions,
    headline,
)
from reports.findings.standing import good, measured
from sla.levels import Level
from sla.reporting import IncidentCounts, ServiceFigures, ServiceLevels

OWNERS_ACROSS = 8


@dataclass(frozen=True)
class BrokenTable:
    """Deadlines broken, per owner: the services that the board is asked about, the others, and the sum of these."""

    owners: tuple[str, ...]
    rows: list[TableRow]

    @property
    def heads_rows(self) -> bool:
        return heads_rows(len(self.rows), len(self.owners) + 2)


@dataclass(frozen=True)
class Front:
    title: str
    decisions: list[Decision]
    also_failing: str
    broken: BrokenTable | None
    key_figures: list[KeyFigure]
    conclusions: list[Conclusion]
    changes: list[Change]
    more_changes: int
    corrected: str


def front(figures: BoardFigures, medium: Medium, links: Links) -> Front:
    levels = figures.service_levels
    changed = changes(levels)
    return Front(
        title=headline(levels),
        decisions=decisions(levels),
        also_failing=also_failing(levels),
        broken=broken(levels),
        key_figures=key_figures(levels, medium, links),
        conclusions=conclusions(levels),
        changes=changed[:CHANGES],
        more_changes=max(len(changed) - CHANGES, 0),
        corrected=corrected(figures.corrections),
    )


def broken(levels: ServiceLevels) -> BrokenTable | None:
    """None without a decision to support, or when the owners are too many for the width of the page."""
    asked = asked_about(levels)
    if not asked or len(levels.owners) > OWNERS_ACROSS:
        return None
    rows = [(voice.capital(voice.service(one.name)), _missed(levels, one)) for one in asked]
    everything = [owner.now.missed for owner in levels.owners]
    if len(asked) < len(levels.services):
        told = map(sum, zip(*(counts for _name, counts in rows), strict=True))
        others = [all_of_it - part for all_of_it, part in zip(everything, told, strict=True)]
        rows.append((_("Other services"), others))
    rows.append((_("All services"), everything))
    return BrokenTable(tuple(owner.name for owner in levels.owners), [_broken_row(*row) for row in rows])


def _missed(levels: ServiceLevels, one: ServiceFigures) -> list[int]:
    index = levels.services.index(one)
    return [owner.services[index].missed for owner in levels.owners]


def _broken_row(name: str, counts: list[int]) -> TableRow:
    return TableRow(name, tuple(voice.number(count) for count in (*counts, sum(counts))))


def key_figures(levels: ServiceLevels, medium: Medium, links: Links) -> list[KeyFigure]:
    """As many of the board's five as can be calculated; none is made up."""
    return [
        _share(levels, "solved", _("Solved in time"), "resolution", medium, links),
        _share(levels, "answered", _("Answered in time"), "response", medium, links),
        _good_services(levels, medium, links),
        _overdue(levels, medium, links),
        _without_agreement(levels, medium, links),
    ]


def _share(levels: ServiceLevels, key: str, label: str, metric: str, medium: Medium, links: Links) -> KeyFigure:
    series: list[Level] = [getattr(one, metric) for one in levels.total]
    now = series[-1]
    return KeyFigure(
        key=key,
        label=label,
        detail=_("%(counts)s incidents") % {"counts": voice.of_all(now.met, now.counted)},
        value=voice.bare_percent(now, 1),
        unit="%" if now.counted else "",
        line=drawing.share_line(label, levels.quarters, series, medium),
        mark=Mark.of(now.status),
        target=voice.wanted(now),
        good_enough=voice.good_enough(now),
        url=links.grid(metric),
    )


def _good_services(levels: ServiceLevels, medium: Medium, links: Links) -> KeyFigure:
    label, everything = _("Services that are good enough"), measured(levels.services)
    counts = [
        good(levels.services, index) if measured(levels.services, index) else None
        for index in range(len(levels.quarters))
    ]
    return KeyFigure(
        key="good-services",
        label=label,
        detail=_("Answers and solutions alike"),
        value=voice.number(good(levels.services)),
        unit=_("of %(all)s") % {"all": voice.number(everything)},
        line=drawing.count_line(label, levels.quarters, counts, medium),
        url=links.grid("resolution"),
    )


def _overdue(levels: ServiceLevels, medium: Medium, links: Links) -> KeyFigure:
    label, now = _("Open past the deadline"), levels.incidents[-1]
    return KeyFigure(
        key="overdue",
        label=label,
        detail=_("When the quarter ended, lower is better"),
        value=voice.number(now.overdue_at_end),
        unit=_("of %(all)s") % {"all": voice.number(now.open_at_end)},
        line=drawing.count_line(label, levels.quarters, _counts(levels, lambda one: one.overdue_at_end), medium),
        url=links.open_past_deadline(),
    )


def _without_agreement(levels: ServiceLevels, medium: Medium, links: Links) -> KeyFigure:
    label, now = _("Incidents without agreement"), levels.incidents[-1]
    return KeyFigure(
        key="without-agreement",
        label=label,
        detail=_("Of those reported, lower is better"),
        value=voice.number(now.without_agreement),
        unit=_("of %(all)s") % {"all": voice.number(now.reported)},
        line=drawing.count_line(label, levels.quarters, _counts(levels, lambda one: one.without_agreement), medium),
        url=links.without_agreement(),
    )


def _counts(levels: ServiceLevels, of: Callable[[IncidentCounts], int]) -> list[int | None]:
    """A quarter in which no incident was known at all is not measured."""
    return [of(one) if one.reported or one.open_at_end or one.solved else None for one in levels.incidents]
