"""Incidents: how many, and how fast."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from kit import formats
from kit.charts import PRINT, WEB, Medium
from reports import drawing, voice
from reports.document.links import Links
from reports.document.parts import Share, TableRow, heads_rows
from reports.findings.sections import incidents_lede, incidents_title
from sla.reporting import IncidentCounts, PriorityFigures, ServiceLevels

PRIORITY_COLUMNS = 6
SECONDS_A_MINUTE = 60
LINE = {PRINT: (66.0, 15.0), WEB: (96.0, 28.0)}


@dataclass(frozen=True)
class PriorityRow:
    name: str
    solved: str
    median: str
    ninth_decile: str
    resolution: Share
    response: Share


@dataclass(frozen=True)
class Incidents:
    title: str
    lede: str
    quarters: tuple[str, ...]
    counts: list[TableRow]
    priorities: list[PriorityRow]
    priorities_title: str
    url: str

    @property
    def heads_priorities(self) -> bool:
        return heads_rows(len(self.priorities), PRIORITY_COLUMNS)


def incidents(levels: ServiceLevels, medium: Medium, links: Links) -> Incidents:
    return Incidents(
        title=incidents_title(levels),
        lede=incidents_lede(levels),
        quarters=tuple(voice.short_quarter(one) for one in levels.quarters[-len(LAST_FIVE) :]),
        counts=_counts(levels, medium),
        priorities=[_priority(one, links) for one in levels.priorities],
        priorities_title=_priorities_title(levels),
        url=links.reported(),
    )


LAST_FIVE = range(5)
"""The quarter, and back to the same one a year before."""


def _counts(levels: ServiceLevels, medium: Medium) -> list[TableRow]:
    rows: list[tuple[str, Callable[[IncidentCounts], int]]] = [
        (_("Reported"), lambda one: one.reported),
        (_("Solved"), lambda one: one.solved),
        (_("Open when the quarter ended"), lambda one: one.open_at_end),
        (_("Of them past the deadline"), lambda one: one.overdue_at_end),
        (_("Without agreement"), lambda one: one.without_agreement),
    ]
    return [_count_row(name, of, levels, medium) for name, of in rows]


def _count_row(name: str, of: Callable[[IncidentCounts], int], levels: ServiceLevels, medium: Medium) -> TableRow:
    known = [of(one) if one.reported or one.solved or one.open_at_end else None for one in levels.incidents]
    cells = tuple("–" if count is None else voice.number(count) for count in known[-len(LAST_FIVE) :])
    return TableRow(name, cells, drawing.count_line(name, levels.quarters, known, medium, size=LINE[medium]))


def _priority(one: PriorityFigures, links: Links) -> PriorityRow:
    return PriorityRow(
        name=_("Priority %(number)s") % {"number": one.priority},
        solved=voice.number(one.solved),
        median=work(one.median_seconds),
        ninth_decile=work(one.ninth_decile_seconds),
        resolution=Share.of(one.now.resolution, url=links.priority(one.priority, "resolution")),
        response=Share.of(one.now.response, url=links.priority(one.priority, "response")),
    )


def work(seconds: int | None) -> str:
    """Working time, to the minute."""
    if seconds is None:
        return "–"
    whole = timedelta(minutes=round(seconds / SECONDS_A_MINUTE))
    return formats.duration(whole, voice.language())


def _priorities_title(levels: ServiceLevels) -> str:
    known = [one for one in levels.priorities if one.median_seconds is not None]
    if not known:
        return _("No incident was solved in the quarter")
    most = max(known, key=lambda one: one.solved)
    return _("Half of the incidents with priority %(number)s were solved within %(time)s of working time") % {
        "number": most.priority,
        "time": work(most.median_seconds),
    }
