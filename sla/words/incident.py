"""An incident in words: where it belongs, the strip of figures, the rule that judges it; and the files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts, formats
from services import hour_words, hours
from services.models import CalendarVersion
from sla.deadlines import Deadline, deadline_of, with_deadline
from sla.figures.incidents import Story, TimeLeft
from sla.figures.sheet import Sheet
from sla.models import Clock, Incident, Metric, Pause, Target
from sla.models.agreements import AgreementVersion
from sla.models.incidents import IncidentQuerySet
from sla.words import plain, sheet
from sla.words.lines import reason

type Fact = tuple[str, str]
SECONDS_A_MINUTE = 60


@dataclass(frozen=True)
class Figure:
    """One of the strip, as `components/figures.html` shows it."""

    label: str
    value: str | None = None
    note: str = ""
    status: charts.Status | None = None
    detail: str = ""


def place(incident: Incident) -> str:
    hit = incident.get_impact_display()
    return f"{incident.service} · {incident.organisation} · P{incident.priority}{f' · {hit}' if hit else ''}"


def strip(told: Story, shown: Sheet | None) -> list[Figure]:
    """Both deadlines, and of the one that is shown its pauses and the month it counts in."""
    figures = [_outcome(told, metric) for metric in (Metric.RESPONSE, Metric.RESOLUTION)]
    if shown is None:
        return figures
    paused, whose = sheet.pauses_in(shown)
    month, why = sheet.counts_in(shown)
    return [*figures, Figure(_("Pause"), paused, whose), Figure(_("Counts in"), month, why)]


def _outcome(told: Story, metric: Metric) -> Figure:
    label = str(plain.STOPS[metric])
    if metric not in told.sheets:
        note = _("no opening hours") if metric in told.lacking else _("no deadline")
        return Figure(label, None, note, charts.Status.NOT_MEASURED)
    shown = told.sheets[metric]
    status = plain.DEADLINE_SHAPES[sheet.standing(shown, told.now)]
    return Figure(label, None, sheet.verdict(shown, told.now), status, sheet.used(shown))


def waiting(pause: Pause) -> str:
    """«Venter på leverandøren til torsdag 03.12.2026. Satt på vent av Ola Nygård.»"""
    why = plain.sentence(reason(pause.reason)) if pause.reason else _("Waiting")
    said = f"{why}."
    if pause.ended:
        said = _("%(why)s until %(when)s.") % {"why": why, "when": plain.until(pause.ended)}
    return f"{said} {_('Set to wait by %(name)s.') % {'name': pause.by}}" if pause.by else said


def without_sheet(told: Story) -> str:
    incident = told.incident
    if incident.resolved:
        solved = _("Solved %(when)s.") % {"when": plain.day_and_clock(incident.resolved)}
    else:
        solved = _("Not solved yet.")
    return f"{solved} {_why_none(told)}"


def _why_none(told: Story) -> str:
    if not told.lacking:
        return _("No deadline was agreed for it on the day it was reported, so it is in no figure.")
    calendars = plain.listed([*dict.fromkeys(told.lacking.values())])
    words = _("A deadline was agreed, but %(calendars)s had no opening hours on the day it was reported.")
    return f"{words % {'calendars': calendars}} {_('So it is in no figure.')}"


def rule(shown: Sheet) -> list[Fact]:
    target, calendar, run = shown.clock.target, shown.clock.calendar_version, shown.clock.run
    pauses = _("Stop this deadline") if target.pauses else _("Do not stop this deadline")
    calculated = "\n".join((plain.instant(run.finished or run.started), str(run)))
    return [
        (_("Agreement"), str(target.version)),
        (_("Holds"), holds(target.version)),
        (_("Requirement"), requirement(target)),
        (_("Opening hours"), "\n".join([str(calendar), *_week(calendar)])),
        (_("Pauses"), pauses),
        (_("Calculated"), calculated),
    ]


def _week(calendar: CalendarVersion) -> list[str]:
    """The ordinary week, and under it the parts of the year that have a week of their own."""
    seasons = ((hour_words.season_name(season), season["weekly"]) for season in calendar.seasons)
    return [*_open_days(calendar.weekly), *(f"{name}\n{'\n'.join(_open_days(week))}" for name, week in seasons)]


def _open_days(weekly: Mapping[str, Any]) -> list[str]:
    runs = ((hour_words.days(first, last), times) for first, last, times in hours.runs(weekly) if times)
    return [f"{plain.sentence(days)}: {hour_words.times(times)}" for days, times in runs]


def holds(version: AgreementVersion) -> str:
    """«Fra 01.01.2026,\nstyresak 41/25»."""
    first, last = version.first_day, version.last_day
    span = {"first": plain.day(first) if first else "…", "last": plain.day(last) if last else ""}
    words = _("%(first)s to %(last)s") % span if last else _("From %(first)s") % span
    return f"{words},\n{version.resolution}" if version.resolution else words


def requirement(target: Target) -> str:
    """«P2 løses innen 8 t\nMål 90 %, godt nok 80 %»; with the impact where the target is of one."""
    words = (
        _("P%(priority)s is answered within %(work)s")
        if target.metric == Metric.RESPONSE
        else _("P%(priority)s is solved within %(work)s")
    )
    promise = _("Target %(wanted)s, good enough %(good_enough)s") % {
        "wanted": plain.share(target.wanted),
        "good_enough": plain.share(target.good_enough),
    }
    priority = _listed(str(target.priority), target.get_impact_display())
    return f"{words % {'priority': priority, 'work': plain.allowed(target)}}\n{promise}"


def _listed(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)


def list_state(incidents: IncidentQuerySet, now: datetime) -> str:
    """«12 feil er åpne. To er i ferd med å bryte fristen.»"""
    unsolved = incidents.open()
    count = unsolved.count()
    words = ngettext("%(count)s incident is open.", "%(count)s incidents are open.", count)
    said = plain.sentence(words % {"count": plain.count_word(count)})
    soon = with_deadline(unsolved, Deadline.SOON, Metric.RESOLUTION, now).count()
    if not soon:
        return said
    more = ngettext("%(count)s is about to break its deadline.", "%(count)s are about to break their deadlines.", soon)
    return f"{said} {plain.sentence(more % {'count': plain.count_word(soon)})}"


def matches(count: int) -> str:
    words = ngettext("%(count)s incident", "%(count)s incidents", count)
    return words % {"count": formats.number(count, plain.language())}


def file_head() -> list[str]:
    return [
        _("Number"),
        _("Title of the incident"),
        _("Service"),
        _("Owner"),
        _("Priority"),
        _("Reported"),
        _("Answered"),
        _("Solved"),
        _("Deadline"),
        _("The deadline is"),
        _("Minutes left"),
        _("Counts in"),
        _("Impact"),
    ]


def file_row(incident: Incident, clock: Clock | None, left: TimeLeft) -> list[Any]:
    minutes = left.of(clock) if clock else None
    return [
        incident.external_id,
        incident.title,
        incident.service.name,
        incident.organisation.name,
        incident.priority,
        incident.opened,
        incident.responded,
        incident.resolved,
        clock and clock.due,
        deadline_of(clock, left.now).label,
        None if minutes is None else round(minutes.total_seconds() / SECONDS_A_MINUTE),
        clock and clock.month and plain.month(clock.month),
        incident.get_impact_display(),
    ]


def steps_head() -> list[str]:
    return [_("From"), _("To"), _("What"), _("Minutes counted"), _("Minutes in all")]


def step_rows(shown: Sheet | None) -> Iterator[list[Any]]:
    """Span by span, without folding."""
    kinds = {"counted": _("open"), "paused": _("pause"), "overdue": _("after the deadline")}
    for step in shown.steps if shown else ():
        minutes = [round(time.total_seconds() / 60, 2) for time in (step.counted, step.total)]
        yield [step.start, step.end, kinds[step.what.value], *minutes]
