"""What the report cannot say, and what earlier reports had wrong."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from benefits.words import full_time, kroner
from reports import voice
from reports.corrections import FINEST, Correction, Recount
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
    figure = {
        "resolution": _("%(service)s, solved in time"),
        "response": _("%(service)s, answered in time"),
        "availability": _("%(service)s, availability"),
    }
    name = figure[one.metric] % {"service": one.owner or _service(one)}
    was, now = told(one)
    return CorrectionRow(voice.short_quarter(one.quarter), name, was, now, _effect(one))


def _service(one: Correction) -> str:
    return one.service.written(voice.language()) if one.service else _("All services")


def told(one: Correction) -> tuple[str, str]:
    """Before and now, in words: the counts where they are others, the target where it is, or what is good enough."""
    limits = [_limit(one, name) for name in one.limits]
    if one.is_of_counts or not limits:
        limits = [_figure(one), *limits[:1]]
    was, now = zip(*limits, strict=True)
    return ", ".join(was), ", ".join(now)


def _figure(one: Correction) -> tuple[str, str]:
    return _counted(one.metric, one.was), _counted(one.metric, one.now)


def _counted(metric: str, level: Level) -> str:
    """Nobody wants to read the seconds of availability."""
    if metric == Metric.AVAILABILITY:
        return voice.percent(level, UPTIME_DECIMALS)
    return f"{voice.percent(level, 1)} ({voice.of_all(level.met, level.counted)})"


def _limit(one: Correction, name: str) -> tuple[str, str]:
    """«mål 90 %», with as many decimals as it takes to tell before from now."""
    said = {"wanted": voice.wanted, "good_enough": voice.good_enough}[name]
    words = {"wanted": _("target %(percent)s"), "good_enough": _("good enough %(good_enough)s")}[name]
    decimals = UPTIME_DECIMALS if one.metric == Metric.AVAILABILITY else 1
    while said(one.was, decimals) == said(one.now, decimals) and decimals < FINEST:
        decimals += 1
    was, now = (voice.with_percent(said(level, decimals)) for level in (one.was, one.now))
    return words % {"percent": was, "good_enough": was}, words % {"percent": now, "good_enough": now}


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
