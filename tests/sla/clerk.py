"""An independent clerk who judges one incident at a time by the rules, in plain Python: the oracle of calculation.

She knows no column and no SQL aggregate: whole minutes of the wall clock are counted off one after the other.
"""

from ast import literal_eval
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from sla.models import Coverage, Incident, Target

OSLO = ZoneInfo("Europe/Oslo")
MINUTE = timedelta(minutes=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
MINUTES = 200 * 24 * 60  # what is not due by then never is


@dataclass(frozen=True)
class Verdict:
    """What she says of an incident under a target; seconds of work, the month decided or None."""

    incident_id: int
    target_id: int
    calendar_version_id: int
    due: datetime | None
    work: int | None
    paused: int
    month: date | None
    met: bool | None


def verdicts(incidents: Iterable[Incident], as_of: datetime) -> Iterator[Verdict]:
    for incident in incidents:
        yield from verdicts_on(incident, as_of)


def verdicts_on(incident: Incident, as_of: datetime) -> Iterator[Verdict]:
    day = incident.opened.astimezone(OSLO).date()
    for coverage in Coverage.objects.filter(service=incident.service_id, organisation=incident.organisation_id):
        first, until = coverage.period.lower, coverage.period.upper
        if (first is None or first <= day) and (until is None or day < until):
            for target in coverage.version.targets.filter(priority=incident.priority):
                yield verdict(incident, target, day, as_of)


def verdict(incident: Incident, target: Target, day: date, as_of: datetime) -> Verdict:
    calendar = target.calendar or target.version.calendar
    version = calendar.version_on(day)
    stop = incident.responded if target.metric == "response" else incident.resolved
    own = [p for p in incident.pauses.all() if target.pauses or p.was_solved]
    counted = [(number(p.started), number(p.ended) if p.ended else MINUTES) for p in own]
    opening = wall_clock(str(version.weekly), str(version.holidays))
    due = due_instant(incident.opened, minutes_of(target, incident.opened, opening), opening, counted)
    decided = min((instant for instant in (stop, due) if instant), default=None)
    is_decided = decided is not None and decided <= as_of
    worked = open_minutes(incident.opened, stop or as_of, opening)
    paused = sum(1 for minute in worked if is_paused(minute, counted))
    return Verdict(
        incident_id=incident.pk,
        target_id=target.pk,
        calendar_version_id=version.pk,
        due=due,
        work=(len(worked) - paused) * 60 if stop else None,
        paused=paused * 60,
        month=decided.astimezone(OSLO).date().replace(day=1) if is_decided else None,
        met=(stop is not None and (due is None or stop <= due)) if is_decided else None,
    )


def minutes_of(target: Target, start: datetime, opening) -> int | None:
    """Of working days: the open minutes until that time of day, or until midnight, so many days with a minute later.

    From a day without one the count begins where the next such day opens.
    """
    if not target.days:
        return target.minutes
    minutes = range(number(start), MINUTES)
    days = list(dict.fromkeys(day_of(minute) for minute in range(number(start) - 25 * 60, MINUTES) if opening[minute]))
    days = [day for day in days if day >= day_of(number(start))]
    if target.until_closing:
        last = next(day for day in days if day > day_of(number(start)))
        return sum(opening[minute] and day_of(minute) <= last for minute in minutes)
    begun = number(start)
    if days[0] != day_of(begun):
        begun = next(minute for minute in minutes if opening[minute])
    landed = (FIRST + begun * MINUTE).astimezone(OSLO) + timedelta(days=(days[target.days] - days[0]).days)
    return sum(opening[minute] for minute in range(number(start), number(landed)))


@cache
def day_of(minute: int) -> date:
    return (FIRST + minute * MINUTE).astimezone(OSLO).date()


def due_instant(start, minutes, opening, pauses) -> datetime | None:
    """The end of the last minute of work; for no work the first minute that could be worked."""
    left = minutes
    held = min((begin for begin, end in pauses if end == MINUTES), default=MINUTES)
    for minute in range(number(start), held):
        if opening[minute] and not is_paused(minute, pauses):
            left -= 1
            if left <= 0:
                return FIRST + (minute if minutes == 0 else minute + 1) * MINUTE
    return None


def open_minutes(start, end, opening) -> list[int]:
    return [minute for minute in range(number(start), number(end)) if opening[minute]]


def is_paused(minute, pauses) -> bool:
    return any(begin <= minute < end for begin, end in pauses)


def number(instant: datetime) -> int:
    return (instant - FIRST) // MINUTE


@cache
def wall_clock(weekly: str, holidays: str) -> list[bool]:
    """For every minute whether the clock on the wall shows an opening hour."""
    weekly, holidays = literal_eval(weekly), literal_eval(holidays)
    walls = [(FIRST + minute * MINUTE).astimezone(OSLO) for minute in range(MINUTES)]
    return [
        wall.date().isoformat() not in holidays
        and any(opens <= wall.strftime("%H:%M") < closes for opens, closes in weekly.get(WEEKDAYS[wall.weekday()], []))
        for wall in walls
    ]


def counts(all_verdicts: Iterable[Verdict], places: dict[int, tuple[int, int]]) -> dict[tuple, tuple[int, int]]:
    """(service, organisation, month, target) -> counted and met, of verdicts decided."""
    decided = [verdict for verdict in all_verdicts if verdict.month]
    cells = [(*places[verdict.incident_id], verdict.month, verdict.target_id) for verdict in decided]
    counted = Counter(cells)
    met = Counter(cell for cell, verdict in zip(cells, decided, strict=True) if verdict.met)
    return {cell: (counted[cell], met[cell]) for cell in counted}
