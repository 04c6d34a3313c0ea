"""How a deadline was reckoned, in words: the finding, when and why it was decided, the sentences under the table."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import formats
from sla.deadlines import Deadline, deadline_of
from sla.figures.sheet import NO_TIME, Sheet, What
from sla.models import Target
from sla.words import almanac, plain
from sla.words.lines import is_answer, reason

SAID_DAYS = 4
MINUTES_AN_HOUR = 60


def finding(told: Sheet) -> str:
    """The heading of the drawing."""
    target = told.clock.target
    if told.due is None:
        words = _("The deadline of %(work)s stands still while we wait")
        return (_("The deadline (%(work)s) stands still while we wait") if target.days else words) % {
            "work": plain.allowed(target)
        }
    if told.is_broken:
        return _ended(target, told.due)
    if told.is_running:
        return _("The deadline is %(when)s") % {"when": plain.weekday_and_clock(told.due)}
    if told.stop and told.stop < told.start:
        return _("Answered before it was registered")
    left = {"left": plain.duration(told.left)}
    return _("Answered with %(left)s left") % left if is_answer(told) else _("Solved with %(left)s left") % left


def _ended(target: Target, due: datetime) -> str:
    """«De 8 timene tok slutt fredag kl. 08.30»."""
    when = {"when": plain.weekday_and_clock(due), "work": plain.allowed(target)}
    if target.days:
        return _("The deadline (%(work)s) ended on %(when)s") % when
    hours, rest = divmod(target.minutes or 0, MINUTES_AN_HOUR)
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
        _("The deadline is %(work)s of opening hours, from the report of the incident until it is answered.")
        if is_answer(told)
        else _("The deadline is %(work)s of opening hours, from the report of the incident until it is solved.")
    )
    yield words % {"work": plain.duration(told.allowed)}
    yield from _worth(told)
    if parts := _day_by_day(told):
        words = _("So far it has taken %(parts)s.") if told.is_running else _("It took %(parts)s.")
        yield words % {"parts": plain.listed(parts)}
    yield from almanac.sentences(told.odd_days, told.clock_changes)
    if told.stop and told.stop < told.start:
        yield _("The answer is logged before the report. That is no working time, and the deadline was held.")
    if told.due_without_pauses:
        yield _("Without the pauses it would have been %(when)s.") % {
            "when": plain.day_and_clock(told.due_without_pauses)
        }


def _worth(told: Sheet) -> Iterator[str]:
    """Why working days are so many hours here."""
    target = told.clock.target
    if target.until_closing:
        yield _("So much is open until the next working day closes.")
    elif target.days:
        words = ngettext(
            "So much is open until the same time of day %(days)s working day later.",
            "So much is open until the same time of day %(days)s working days later.",
            target.days,
        )
        yield words % {"days": target.days}


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
    is_now = standing(told, now)
    if told.stop and is_now is Deadline.HELD:
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
    if is_now is Deadline.BROKEN:
        return _("The deadline was broken %(when)s: the time was used up.") % when
    return _("The deadline is %(when)s.") % when


def standing(told: Sheet, now: datetime) -> Deadline:
    """As the clock stands; one that would run stands still while a pause holds it, though its end is known."""
    found = deadline_of(told.clock, now)
    return Deadline.PAUSED if told.is_waiting and found in (Deadline.RUNNING, Deadline.SOON) else found


def verdict(told: Sheet, now: datetime) -> str:
    """The figure of the strip: «fristen ble brutt»."""
    match standing(told, now):
        case Deadline.HELD:
            return _("the deadline was held")
        case Deadline.BROKEN:
            return _("the deadline was broken")
        case Deadline.SOON:
            return _("about to break")
        case Deadline.PAUSED:
            return _("the time stands still")
    return _("the time is running")


def used(told: Sheet) -> str:
    times = {"worked": plain.duration(told.worked), "work": plain.duration(told.allowed)}
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
