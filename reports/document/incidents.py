"""Incidents: how many, how fast, what is unknown, and what earlier reports had wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from kit import formats
from kit.charts import PRINT, WEB, Medium
from reports import drawing, voice
from reports.corrections import Correction
from reports.document.links import Links
from reports.document.parts import CorrectionRow, Share, TableRow, heads_rows
from reports.figures import BoardFigures
from reports.findings.front import corrected
from reports.findings.sections import incidents_lede, incidents_title, may_change, unknown
from sla.reporting import IncidentCounts, PriorityFigures, ServiceLevels

SHOWN_CORRECTIONS = 8
PRIORITY_COLUMNS, CORRECTION_COLUMNS = 6, 5
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
    unknown: str
    may_change: str
    corrections_title: str
    corrections: list[CorrectionRow]
    more_corrections: int
    url: str

    @property
    def heads_priorities(self) -> bool:
        return heads_rows(len(self.priorities), PRIORITY_COLUMNS)

    @property
    def heads_corrections(self) -> bool:
        return heads_rows(len(self.corrections), CORRECTION_COLUMNS)


def incidents(figures: BoardFigures, medium: Medium, links: Links) -> Incidents:
    levels = figures.service_levels
    return Incidents(
        title=incidents_title(levels),
        lede=incidents_lede(levels),
        quarters=tuple(voice.short_quarter(one) for one in levels.quarters[-len(LAST_FIVE) :]),
        counts=_counts(levels, medium),
        priorities=[_priority(one) for one in levels.priorities],
        priorities_title=_priorities_title(levels),
        unknown=unknown(levels),
        may_change=may_change(levels),
        corrections_title=corrected(figures.corrections).rstrip("."),
        corrections=[_correction(one) for one in figures.corrections[:SHOWN_CORRECTIONS]],
        more_corrections=max(len(figures.corrections) - SHOWN_CORRECTIONS, 0),
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


def _priority(one: PriorityFigures) -> PriorityRow:
    return PriorityRow(
        name=_("Priority %(number)s") % {"number": one.priority},
        solved=voice.number(one.solved),
        median=work(one.median_seconds),
        ninth_decile=work(one.ninth_decile_seconds),
        resolution=Share.of(one.now.resolution),
        response=Share.of(one.now.response),
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


def _correction(one: Correction) -> CorrectionRow:
    service = one.service.written(voice.language()) if one.service else _("All services")
    figure = {"resolution": _("%(service)s, solved in time"), "response": _("%(service)s, answered in time")}
    was, now = (f"{voice.percent(level, 1)} ({voice.of_all(level.met, level.counted)})" for level in (one.was, one.now))
    name = figure[one.metric] % {"service": service}
    return CorrectionRow(voice.short_quarter(one.quarter), name, was, now, _effect(one))


def _effect(one: Correction) -> str:
    if one.was.status == one.now.status:
        return _("The judgement stands")
    return _("From %(before)s to %(after)s") % {"before": one.was.status.label, "after": one.now.status.label}
