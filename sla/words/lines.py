"""The table under an incident's drawing: what each span was, how much it counted, the running sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit import charts, formats
from sla.figures.sheet import NO_TIME, REOPENED, Sheet, Step, What, local_day
from sla.models import Metric
from sla.words import plain

LONG_TABLE = 24
REASONS = {
    "Awaiting User Info": gettext_lazy("waiting for the municipality"),
    "Awaiting Problem": gettext_lazy("waiting for the cause to be found"),
    "Awaiting Vendor": gettext_lazy("waiting for the supplier"),
    "Awaiting Evidence": gettext_lazy("waiting for documentation"),
    REOPENED: gettext_lazy("held to be solved, and opened again"),
}


@dataclass(frozen=True)
class Line:
    """A row of the table. is_limit: the deadline fell at its end."""

    day: str
    hours: str
    what: str
    counted: str
    total: str
    is_muted: bool
    is_limit: bool
    is_broken: bool


def reason(source: str) -> str:
    """The state in which the desk waited, in our words where we know it."""
    return str(REASONS.get(source, source))


def lines(told: Sheet) -> list[Line]:
    """A line a span; of a long sheet, spans of one kind are one line a week, and a pause is one however long."""
    if len(told.steps) <= LONG_TABLE:
        return [_line(told, [step]) for step in told.steps]
    return [_line(told, list(run)) for _key, run in groupby(told.steps, key=_kind)]


def _kind(step: Step) -> tuple[object, ...]:
    week = None if step.what is What.PAUSED else step.day.isocalendar()[:2]
    return week, step.what, step.reason


def _line(told: Sheet, run: Sequence[Step]) -> Line:
    first, last = run[0], run[-1]
    counted = sum((step.counted for step in run), NO_TIME)
    return Line(
        day=_day(first.day) if len(run) == 1 else _days(first.day, last.day),
        hours=_hours(first) if len(run) == 1 else "",
        what=_what(told, last),
        counted="–" if first.what is What.PAUSED else plain.duration(counted),
        total=plain.duration(last.total),
        is_muted=first.what is What.PAUSED,
        is_limit=last.end == told.due and last.what is What.COUNTED,
        is_broken=first.what is What.OVERDUE,
    )


def _day(day: date) -> str:
    """«on. 16.09.»"""
    pattern = "EEE d MMM" if plain.language().startswith("en") else "EEEEEE dd.MM."
    return formats.written_date(day, pattern, plain.language())


def _days(first: date, last: date) -> str:
    """«ma. 04.04. til fr. 08.04.», with years where they are two."""
    say = _day if first.year == last.year else plain.day
    return _("%(first)s to %(last)s") % {"first": say(first), "last": say(last)}


def _hours(step: Step) -> str:
    closes = plain.clock(step.end)
    if local_day(step.end) != step.day:
        closes = closes.replace("00", "24", 1)
    return f"{plain.clock(step.start)}–{closes}"


def _what(told: Sheet, step: Step) -> str:
    at = {"clock": plain.clock(step.end)}
    match step.what:
        case What.PAUSED:
            return _("Pause: %(reason)s") % {"reason": reason(step.reason)} if step.reason else _("Pause")
        case What.OVERDUE if step.end == told.stop:
            return _("After the deadline, %(stopped)s") % {"stopped": _stopped(told) % at}
        case What.OVERDUE:
            return _("After the deadline")
    if step.end == told.stop:
        return _("Open, %(stopped)s") % {"stopped": _stopped(told) % at}
    return _("Open, the deadline was %(clock)s") % at if step.end == told.due else _("Open hours")


def _stopped(told: Sheet) -> str:
    return _("answered %(clock)s") if is_answer(told) else _("solved %(clock)s")


def is_answer(told: Sheet) -> bool:
    return told.clock.target.metric == Metric.RESPONSE


def table(told: Sheet) -> charts.Table:
    """The same lines for those who read the drawing."""
    rows = tuple((f"{line.day} {line.hours}".strip(), line.what, line.counted, line.total) for line in lines(told))
    return charts.Table((_("Day"), _("What"), _("Counted"), _("Sum")), rows)
