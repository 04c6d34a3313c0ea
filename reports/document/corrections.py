"""What the report cannot say, and what earlier reports had wrong."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from benefits.words import full_time, kroner
from reports import voice
from reports.corrections import Correction, Recount
from reports.document.parts import CorrectionRow, heads_rows
from reports.figures import BoardFigures
from reports.findings.front import corrected
from reports.findings.sections import UPTIME_DECIMALS, may_change, unknown
from sla.levels import Level
from sla.models import Metric

SHOWN = 8
COLUMNS = 5


@dataclass(frozen=True)
class Corrections:
    unknown: str
    may_change: str
    title: str
    rows: list[CorrectionRow]
    more: int

    @property
    def heads_rows(self) -> bool:
        return heads_rows(len(self.rows), COLUMNS)


def corrections(figures: BoardFigures) -> Corrections:
    rows = [*map(_correction, figures.corrections), *map(_recount, figures.recounts)]
    return Corrections(
        unknown=unknown(figures),
        may_change=may_change(figures.service_levels),
        title=corrected(figures).rstrip("."),
        rows=rows[:SHOWN],
        more=max(len(rows) - SHOWN, 0),
    )


def _correction(one: Correction) -> CorrectionRow:
    service = one.service.written(voice.language()) if one.service else _("All services")
    figure = {
        "resolution": _("%(service)s, solved in time"),
        "response": _("%(service)s, answered in time"),
        "availability": _("%(service)s, availability"),
    }
    was, now = (_told(one.metric, level) for level in (one.was, one.now))
    name = figure[one.metric] % {"service": service}
    return CorrectionRow(voice.short_quarter(one.quarter), name, was, now, _effect(one))


def _told(metric: str, level: Level) -> str:
    """Nobody wants to read the seconds of availability."""
    if metric == Metric.AVAILABILITY:
        return voice.percent(level, UPTIME_DECIMALS)
    return f"{voice.percent(level, 1)} ({voice.of_all(level.met, level.counted)})"


def _effect(one: Correction) -> str:
    if one.was.status == one.now.status:
        return _("The judgement stands")
    return _("From %(before)s to %(after)s") % {"before": one.was.status.label, "after": one.now.status.label}


def _recount(one: Recount) -> CorrectionRow:
    unit = {"benefits_money": kroner, "benefits_time": full_time}.get(one.figure, voice.number)
    was, now, change = (unit(value) for value in (one.was, one.now, one.now - one.was))
    sign = "+" if one.now > one.was else ""
    return CorrectionRow(voice.short_quarter(one.quarter), recounted(one.figure), was, now, f"{sign}{change}")


def recounted(figure: str) -> str:
    return {
        "orders_placed": _("Orders placed"),
        "orders_delivered": _("Orders delivered"),
        "orders_on_time": _("Orders by the promised date"),
        "benefits_money": _("Benefits realised, kroner"),
        "benefits_time": _("Benefits realised, full-time equivalents"),
    }[figure]
