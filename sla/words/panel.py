"""The panel behind a cell in words: the figure as a bullet, months, incidents, the rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts, formats
from partnership.models import Organisation
from services.models import Service
from sla.figures.panel import MonthLine, Panel
from sla.levels import share_in_percent
from sla.models import Clock, Metric, Target
from sla.models.agreements import AgreementVersion
from sla.spans import Span, span_name
from sla.words import plain

type Fact = tuple[str, str]


@dataclass(frozen=True)
class ToldClock:
    """An incident behind the figure: held or broken, and the time it took of the time it had."""

    number: str
    url: str
    status: charts.Status
    word: str
    about: str
    used: str


@dataclass(frozen=True)
class ToldMonth:
    name: str
    symbols: list[tuple[charts.Status, str]]
    counts: str


def title(panel: Panel) -> str:
    return place_title(panel.service, panel.organisation)


def place_title(service: Service, organisation: Organisation) -> str:
    return _("%(service)s for %(owner)s") % {"service": service, "owner": organisation}


def note(panel: Panel) -> str:
    return note_of(panel.metric, panel.span)


def note_of(metric: Metric, span: Span) -> str:
    return f"{plain.METRIC_NAMES[metric]}, {span_name(span, plain.language())}"


def counts(panel: Panel) -> str:
    words = ngettext("%(met)s of %(count)s incident", "%(met)s of %(count)s incidents", panel.level.counted)
    return words % {"met": panel.level.met, "count": panel.level.counted}


def heading(panel: Panel) -> str:
    if len(panel.clocks) > len(panel.shown):
        return _("%(shown)s of the %(count)s incidents behind the figure") % {
            "shown": len(panel.shown),
            "count": len(panel.clocks),
        }
    words = ngettext("The incident behind the figure", "The %(count)s incidents behind the figure", len(panel.clocks))
    return words % {"count": plain.count_word(len(panel.clocks))}


def bullet(panel: Panel) -> charts.Chart | None:
    """Nothing is drawn where nothing was measured or nothing is wanted."""
    level = panel.level
    wanted, now = level.wanted_percent(), level.percent()
    enough = share_in_percent(level.good_enough, level.counted, 1)
    if not wanted or now is None or enough is None:
        return None
    data = charts.Bullet(
        title=title(panel),
        summary=f"{plain.percentage(level)}, {counts(panel)}, {level.status.label}",
        headers=(_("What"), _("Per cent"), ""),
        baseline=charts.Mark(0, "", "0"),
        now=charts.Mark(float(now), "", plain.in_percent(level)),
        target=charts.Mark(float(wanted), "", _("target %(percent)s") % {"percent": short(wanted)}),
        status=plain.SHAPES[level.status],
        good_enough=charts.Mark(float(enough), "", short(enough)) if enough < wanted else None,
    )
    return charts.compact_bullet(data)


def short(percent: Any) -> str:
    """A share in per cent, without decimals that are zero."""
    whole = percent == percent.to_integral_value()
    return formats.number(percent, plain.language(), decimals=0 if whole else 1)


def told_month(line: MonthLine) -> ToldMonth:
    return ToldMonth(
        name=plain.sentence(formats.written_date(line.month, "LLLL", plain.language())),
        symbols=[(shape(clock), verdict(clock)) for clock in line.clocks],
        counts=_("%(met)s of %(count)s") % {"met": line.met, "count": len(line.clocks)} if line.clocks else "–",
    )


def told_clock(clock: Clock) -> ToldClock:
    incident = clock.incident
    query = "?metric=response" if clock.target.metric == Metric.RESPONSE else ""
    return ToldClock(
        number=incident.external_id,
        url=reverse("sla:incident-detail", args=[incident.pk]) + query,
        status=shape(clock),
        word=verdict(clock),
        about=f"{plain.short_day(formats.in_oslo(incident.opened).date())} · P{incident.priority}",
        used=time_used(clock),
    )


def shape(clock: Clock) -> charts.Status:
    return charts.Status.ON_TARGET if clock.met else charts.Status.NOT_GOOD_ENOUGH


def verdict(clock: Clock) -> str:
    return _("held") if clock.met else _("broken")


def time_used(clock: Clock) -> str:
    """«11 t 25 min av 8 t»; a broken clock that still runs has used more than it had."""
    work = plain.allowed(clock.target)
    if clock.worked is None:
        return _("more than %(work)s") % {"work": work}
    worked = {"worked": plain.duration(clock.worked), "work": work}
    return (_("%(worked)s, until %(work)s") if clock.target.until_closing else _("%(worked)s of %(work)s")) % worked


def rule(panel: Panel) -> list[Fact]:
    versions = list(dict.fromkeys(target.version for target in panel.targets))
    return [
        (_("Agreement"), "\n".join(version_words(version) for version in versions)),
        (_("Deadline"), "\n".join(deadline_words(target) for target in panel.targets)),
        (_("Opening hours"), "\n".join(str(version) for version in panel.calendar_versions)),
    ]


def version_words(version: AgreementVersion) -> str:
    """«Sak/arkiv, versjon 3, fra 01.01.2026 (sak 41/25)»."""
    since = str(version)
    if version.first_day:
        since = _("%(version)s, from %(day)s") % {"version": version, "day": plain.day(version.first_day)}
    return f"{since} ({version.resolution})" if version.resolution else since


def deadline_words(target: Target) -> str:
    """«P2: 8 t, uten pauser»."""
    words = (
        _("P%(priority)s: %(work)s, without pauses") if target.pauses else _("P%(priority)s: %(work)s, pauses count")
    )
    hit = target.get_impact_display()
    priority = f"{target.priority}, {hit}" if hit else target.priority
    return words % {"priority": priority, "work": plain.allowed(target)}


def file_head() -> list[str]:
    return [
        _("Number"),
        _("Title of the incident"),
        _("Priority"),
        _("Reported"),
        _("Answered"),
        _("Solved"),
        _("Deadline"),
        _("Held"),
        _("Minutes used"),
        _("Deadline agreed"),
        _("Minutes agreed"),
        _("Counts in"),
        _("Agreement"),
        _("Opening hours"),
    ]


def file_rows(panel: Panel) -> Iterator[list[Any]]:
    for clock in panel.clocks:
        incident, worked = clock.incident, clock.worked
        yield [
            incident.external_id,
            incident.title,
            incident.priority,
            incident.opened,
            incident.responded,
            incident.resolved,
            clock.due,
            _("yes") if clock.met else _("no"),
            None if worked is None else round(worked.total_seconds() / 60, 1),
            plain.allowed(clock.target),
            clock.target.minutes,
            clock.month and plain.month(clock.month),
            clock.target.version,
            clock.calendar_version,
        ]
