"""Figures of months gone by that a calculation changed, in words."""

from typing import Any

from django.utils.translation import gettext as _

from sla.figures.agreements import TargetKey
from sla.levels import Level
from sla.models import CalculationRun, ChangedFigure, Metric
from sla.words import plain
from sla.words.agreements import target_name


def name(one: ChangedFigure) -> str:
    """«P3 løsning», «Oppetid»."""
    return target_name(TargetKey(one.priority, Metric(one.metric)))


def figure(level: Level, metric: str) -> str:
    """«92,3 %, 12 av 13, mål 90 %»; of availability without what was counted. A dash: not measured."""
    if not level.counted:
        return "–"
    told = {
        "share": plain.percentage(level, Metric(metric)),
        "met": level.met,
        "counted": level.counted,
        "wanted": plain.share(level.wanted_share),
    }
    if metric == Metric.AVAILABILITY:
        return _("%(share)s, target %(wanted)s") % told
    return _("%(share)s, %(met)s of %(counted)s, target %(wanted)s") % told


def who(run: CalculationRun) -> str:
    return run.by.name if run.by else _("a machine")


def file_head() -> list[Any]:
    return [
        _("Calculated"), _("Because of"), _("By"), _("Service"), _("Owner"), _("Month"), _("What"),
        _("It was"), _("Status then"), _("It is"), _("Status now"),
    ]  # fmt: skip


def file_row(one: ChangedFigure) -> list[Any]:
    return [
        plain.instant(one.run.started),
        one.run.cause,
        who(one.run),
        one.service,
        one.organisation,
        f"{one.month:%Y-%m}",
        plain.sentence(name(one)),
        figure(one.before, one.metric),
        one.before.status.label,
        figure(one.after, one.metric),
        one.after.status.label,
    ]
