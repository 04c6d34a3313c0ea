"""How one deadline was reckoned, span by span: open hours that counted, pauses that did not, time past the deadline.

The spans add up to what the stored clock says (`Clock.worked`), by the same calendar version. Whole seconds. All
instants are in UTC: Python subtracts and compares two datetimes of one other zone by their wall clocks, which is wrong
on the nights when clocks are moved.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from functools import cached_property
from itertools import pairwise

from kit.formats import OSLO
from kit.worktime import WorkTime
from services.timetable import OpenDay
from sla.figures.almanac import clock_changes, odd_days
from sla.models import Clock, Metric, Pause

NO_TIME = timedelta()
REOPENED = "Reopened"
"""What is told of a span in which it was held to be solved, where the source tells nothing."""
ONE_DAY = timedelta(days=1)

type Interval = tuple[datetime, datetime]


class What(Enum):
    """What a span of open hours was to the deadline."""

    COUNTED = "counted"
    PAUSED = "paused"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Step:
    """A span of open hours within one day in Oslo. `total` is the counted time from the start to its end."""

    start: datetime
    end: datetime
    what: What
    total: timedelta
    reason: str = ""

    @property
    def day(self) -> date:
        return local_day(self.start)

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    @property
    def counted(self) -> timedelta:
        """Time past the deadline counts on; a pause does not."""
        return NO_TIME if self.what is What.PAUSED else self.length


@dataclass(frozen=True)
class Sheet:
    """A deadline reckoned.

    allowed is the working time of the deadline. stop is when the incident was answered or solved, None while it is
    not; until is the stop, or the instant that a running sheet was made for. due is None while an unfinished pause
    holds the clock; due_without_pauses is None where no pause moved it. held_by is the pause at `until`.
    """

    clock: Clock
    work_time: WorkTime
    allowed: timedelta
    start: datetime
    stop: datetime | None
    until: datetime
    due: datetime | None
    due_without_pauses: datetime | None
    steps: Sequence[Step]
    held_by: Pause | None = None

    @property
    def worked(self) -> timedelta:
        return self.steps[-1].total if self.steps else NO_TIME

    @property
    def left(self) -> timedelta:
        return max(self.allowed - self.worked, NO_TIME)

    @property
    def overdue(self) -> timedelta:
        return self._sum(What.OVERDUE)

    @property
    def paused(self) -> timedelta:
        """Open hours that did not count."""
        return self._sum(What.PAUSED)

    @property
    def is_broken(self) -> bool:
        return self.due is not None and self.due < self.until

    @property
    def is_running(self) -> bool:
        return self.stop is None

    @cached_property
    def odd_days(self) -> list[OpenDay]:
        """Days with other hours than the week's, from the start until it stopped or was due."""
        return odd_days(self.clock.calendar_version, self.start, self._last)

    @cached_property
    def clock_changes(self) -> list[tuple[datetime, timedelta]]:
        return list(clock_changes(self.work_time, self.start, self._last))

    @property
    def _last(self) -> datetime:
        return max(self.until, self.due or self.until, self.start)

    @property
    def is_waiting(self) -> bool:
        """It runs, and a pause holds it now, which may have an end that is known."""
        return self.is_running and self.held_by is not None

    def _sum(self, what: What) -> timedelta:
        return sum((step.length for step in self.steps if step.what is what), NO_TIME)


def sheet_of(clock: Clock, pauses: Iterable[Pause], now: datetime) -> Sheet:
    """The sheet of a clock whose incident, target and calendar version are at hand; a running one ends at `now`.

    Source: the rules in `sla.clocks`, for one row.
    """
    work_time = clock.calendar_version.work_time()
    start, stop = in_utc(clock.incident.opened), clock.stopped and in_utc(clock.stopped)
    work = clock.target.work_from(start, work_time)
    own = [pause for pause in pauses if clock.target.pauses or pause.was_solved]
    due, plain = work_time.due(start, work, [_span(pause) for pause in own]), work_time.due(start, work)
    due, plain = due and in_utc(due), plain and in_utc(plain)
    until = stop or in_utc(now)
    return Sheet(
        clock=clock,
        work_time=work_time,
        allowed=work,
        start=start,
        stop=stop,
        until=until,
        due=due,
        due_without_pauses=None if plain == due else plain,
        steps=[*_steps(openings(work_time, start, until), own, due)],
        held_by=_pause_at(own, until),
    )


def sheets_of(clocks: Iterable[Clock], pauses: Sequence[Pause], now: datetime) -> dict[Metric, Sheet]:
    """The sheets of one incident's clocks."""
    return {Metric(clock.target.metric): sheet_of(clock, pauses, now) for clock in clocks}


def openings(work_time: WorkTime, start: datetime, end: datetime) -> Iterator[Interval]:
    """The open hours of [start, end), cut at the midnights of Oslo."""
    for opens, closes in work_time.openings(start, end):
        marks, last = [opens.astimezone(UTC)], closes.astimezone(UTC)
        while (midnight := next_midnight(marks[-1])) < last:
            marks.append(midnight)
        yield from pairwise([*marks, last])


def local_day(instant: datetime) -> date:
    return instant.astimezone(OSLO).date()


def midnight_of(day: date) -> datetime:
    """When a day begins in Oslo."""
    return datetime.combine(day, time.min, OSLO).astimezone(UTC)


def next_midnight(instant: datetime) -> datetime:
    return midnight_of(local_day(instant) + ONE_DAY)


def in_utc(instant: datetime) -> datetime:
    """In whole seconds, as clocks are reckoned."""
    return instant.astimezone(UTC).replace(microsecond=0)


def _span(pause: Pause) -> tuple[datetime, datetime | None]:
    return in_utc(pause.started), pause.ended and in_utc(pause.ended)


def _steps(spans: Iterable[Interval], pauses: Sequence[Pause], due: datetime | None) -> Iterator[Step]:
    total = NO_TIME
    for first, last in _cut(spans, pauses, due):
        pause = _pause_at(pauses, first)
        what = What.OVERDUE if due and first >= due else What.COUNTED
        total += NO_TIME if pause else last - first
        yield Step(first, last, What.PAUSED if pause else what, total, _reason(pause))


def _reason(pause: Pause | None) -> str:
    if pause is None:
        return ""
    return pause.reason or (REOPENED if pause.was_solved else "")


def _cut(spans: Iterable[Interval], pauses: Iterable[Pause], due: datetime | None) -> Iterator[Interval]:
    """The spans cut wherever a pause begins or ends, and at the deadline."""
    edges = {edge for pause in pauses for edge in _span(pause)} | {due}
    cuts = sorted(edge for edge in edges if edge)
    for first, last in spans:
        yield from pairwise([first, *(cut for cut in cuts if first < cut < last), last])


def _pause_at(pauses: Iterable[Pause], instant: datetime) -> Pause | None:
    for pause in pauses:
        started, ended = _span(pause)
        if started <= instant and (ended is None or instant < ended):
            return pause
    return None
