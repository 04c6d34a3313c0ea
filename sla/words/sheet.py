"""How a deadline was reckoned, in words: the finding, the lines of the table, the sentences under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kit import charts, formats
from sla.deadlines import Deadline, deadline_of
from sla.figures.sheet import NO_TIME, Sheet, Step, What, local_day
from sla.models import Metric
from sla.words import plain

LONG_TABLE, SAID_DAYS = 24, 4
HOUR = timedelta(hours=1)
REASONS = {
    "Awaiting User Info": gettext_lazy("waiting for the municipality"),
    "Awaiting Problem": gettext_lazy("waiting for the cause to be found"),
    "Awaiting Vendor": gettext_lazy("waiting for the supplier"),
    "Awaiting Evidence": gettext_lazy("waiting for documentation"),
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
    """A line a span; of a long sheet, spans of one kind are one line a week."""
    if len(told.steps) <= LONG_TABLE:
        return [_line(told, [step]) for step in told.steps]
    runs = groupby(told.steps, key=lambda step: (step.day.isocalendar()[:2], step.what, step.reason))
    return [_line(told, list(run)) for _key, run in runs]


def _line(told: Sheet, run: Sequence[Step]) -> Line:
    first, last = run[0], run[-1]
    counted = sum((step.counted for step in run), NO_TIME)
    return Line(
        day=_day(first) if len(run) == 1 else _("%(first)s to %(last)s") % {"first": _day(first), "last": _day(last)},
        hours=_hours(first) if len(run) == 1 else "",
        what=_what(told, last),
        counted="–" if first.what is What.PAUSED else plain.duration(counted),
        total=plain.duration(last.total),
        is_muted=first.what is What.PAUSED,
        is_limit=last.end == told.due and last.what is What.COUNTED,
        is_broken=first.what is What.OVERDUE,
    )


def _day(step: Step) -> str:
    """«on. 16.09.»"""
    pattern = "EEE d MMM" if plain.language().startswith("en") else "EEEEEE dd.MM."
    return formats.written_date(step.day, pattern, plain.language())


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


def finding(told: Sheet) -> str:
    """The heading of the drawing."""
    work = {"work": plain.duration(told.clock.target.work)}
    if told.due is None:
        return _("The deadline of %(work)s stands still while we wait") % work
    if told.is_broken:
        return _ended(told.clock.target.work, told.due)
    if told.is_running:
        return _("The deadline is %(when)s") % {"when": plain.weekday_and_clock(told.due)}
    if told.stop and told.stop < told.start:
        return _("Answered before it was registered")
    left = {"left": plain.duration(told.left)}
    return _("Answered with %(left)s left") % left if is_answer(told) else _("Solved with %(left)s left") % left


def _ended(work: timedelta, due: datetime) -> str:
    """«De 8 timene tok slutt fredag kl. 08.30»."""
    when = {"when": plain.weekday_and_clock(due), "work": plain.duration(work)}
    hours, rest = divmod(work, HOUR)
    if rest or hours == 1:
        return _("The %(work)s ended on %(when)s") % when
    return _("The %(hours)s hours ended on %(when)s") % (when | {"hours": hours})


def what_counts(told: Sheet) -> str:
    """The sentence under the heading."""
    if told.paused:
        return _("Only opening hours count. The clock stood still in the pauses: %(time)s of the opening hours.") % {
            "time": plain.duration(told.paused)
        }
    if told.clock.target.pauses:
        return _("Only opening hours count.")
    return _("Only opening hours count. Waiting for others does not stop this deadline.")


def reckoning(told: Sheet) -> Iterator[str]:
    """Sentences under the table: what the deadline is made of, and what the pauses did to it."""
    words = (
        _("The deadline is %(work)s of opening hours from the incident was reported to it is answered.")
        if is_answer(told)
        else _("The deadline is %(work)s of opening hours from the incident was reported to it is solved.")
    )
    yield words % {"work": plain.duration(told.clock.target.work)}
    if parts := _day_by_day(told):
        words = _("So far it has taken %(parts)s.") if told.is_running else _("It took %(parts)s.")
        yield words % {"parts": plain.listed(parts)}
    if told.stop and told.stop < told.start:
        yield _("The answer is logged before the report. That is no working time, and the deadline was held.")
    if told.due_without_pauses:
        yield _("Without the pauses it would have been %(when)s.") % {
            "when": plain.day_and_clock(told.due_without_pauses)
        }


def _day_by_day(told: Sheet) -> list[str]:
    """«2 t 15 min onsdag», for a deadline of so few days that they can be said."""
    days = {
        day: sum((step.length for step in steps if step.what is What.COUNTED), NO_TIME)
        for day, steps in groupby(told.steps, key=lambda step: step.day)
    }
    if len(days) > SAID_DAYS:
        return []
    return [
        _("%(time)s on %(weekday)s") % {"time": plain.duration(time), "weekday": formats.weekday(day, plain.language())}
        for day, time in days.items()
        if time
    ]


def decided(told: Sheet, now: datetime) -> str:
    """When and why: «Fristen ble brutt fredag 18.09.2026 kl. 08.30: tiden var brukt opp.»"""
    standing = deadline_of(told.clock, now)
    if told.stop and standing is Deadline.HELD:
        words = (
            _("The deadline was held: answered %(when)s.")
            if is_answer(told)
            else _("The deadline was held: solved %(when)s.")
        )
        said = words % {"when": plain.day_and_clock(told.stop)}
        was = _("It was due %(due)s.") % {"due": plain.day_and_clock(told.due)} if told.due else ""
        return f"{said} {was}".strip()
    if told.due is None:
        return _("The deadline is not set: it stands still until the waiting is over.")
    when = {"when": plain.day_and_clock(told.due)}
    if standing is Deadline.BROKEN:
        return _("The deadline was broken %(when)s: the time was used up.") % when
    return _("The deadline is %(when)s.") % when


def verdict(told: Sheet, now: datetime) -> str:
    """The figure of the strip: «fristen ble brutt»."""
    match deadline_of(told.clock, now):
        case Deadline.HELD:
            return _("the deadline was held")
        case Deadline.BROKEN:
            return _("the deadline was broken")
        case Deadline.SOON:
            return _("about to break")
    return _("the time is running")


def used(told: Sheet) -> str:
    times = {"worked": plain.duration(told.worked), "work": plain.duration(told.clock.target.work)}
    return _("%(worked)s of %(work)s") % times


def state(told: Sheet, now: datetime) -> str:
    """One sentence of state for the page's head."""
    if told.stop is None:
        words = _("Not answered yet.") if is_answer(told) else _("Not solved yet.")
        return f"{words} {decided(told, now)}"
    parts = {"when": plain.day_and_clock(told.stop)}
    stopped = _("Answered %(when)s") % parts if is_answer(told) else _("Solved %(when)s") % parts
    if told.is_broken:
        return _("%(stopped)s, %(time)s of opening hours after the deadline.") % {
            "stopped": stopped,
            "time": plain.duration(told.overdue),
        }
    if told.stop < told.start:
        return f"{stopped}."
    return _("%(stopped)s, %(time)s of opening hours before the deadline.") % {
        "stopped": stopped,
        "time": plain.duration(told.left),
    }


def counts_in(told: Sheet) -> tuple[str, str]:
    """The month that the clock counts in, and why that one."""
    if told.clock.month is None:
        return _("not yet"), _("Counts when it is decided")
    month = plain.month(told.clock.month)
    if told.is_broken:
        return month, _("The month the deadline fell")
    return month, _("The month it was answered") if is_answer(told) else _("The month it was solved")


def pauses_in(told: Sheet) -> tuple[str, str]:
    """Time in which the clock stood still, and for whom the desk waited."""
    if not told.paused:
        return _("none"), "" if told.clock.target.pauses else _("Do not stop this deadline")
    reasons = {reason(step.reason) for step in told.steps if step.what is What.PAUSED and step.reason}
    words = ngettext("%(count)s pause", "%(count)s pauses", len(reasons)) % {"count": len(reasons)}
    return plain.duration(told.paused), plain.sentence(next(iter(reasons))) if len(reasons) == 1 else words
