"""An incident's deadline drawn as lanes: the sheet of `sla.figures.sheet` with its words."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts, formats
from kit.charts import Kind, Moment
from kit.formats import OSLO
from sla.figures.sheet import (
    NO_TIME,
    ONE_DAY,
    Sheet,
    Step,
    What,
    local_day,
    midnight_of,
    openings,
)
from sla.models import Metric
from sla.words import plain, sheet
from sla.words.lines import table

KINDS = {What.COUNTED: Kind.COUNTED, What.PAUSED: Kind.PAUSE, What.OVERDUE: Kind.OVERDUE}
LOOK_AHEAD = timedelta(days=7)


def timeline(told: Sheet) -> charts.Timeline:
    """Lanes from the report until it stopped; for one that runs, until it falls due if that is within a week."""
    last = told.until
    if told.is_running and told.due and told.due < told.until + LOOK_AHEAD:
        last = max(told.due, told.until)
    last = max(last, told.start)
    return charts.Timeline(
        title=sheet.finding(told),
        summary=sheet.what_counts(told),
        table=table(told),
        zone=OSLO,
        days=tuple(_days(told, last)),
        words=_words(),
        folded=_folded,
    )


def _words() -> charts.TimelineWords:
    return charts.TimelineWords(
        closed=_("not open"),
        sums=_("Counted time"),
        counted=_("counted time"),
        pause=_("pause"),
        overdue=_("after the deadline"),
        opening=_("opening hours"),
    )


def _days(told: Sheet, last: datetime) -> Iterator[charts.Day]:
    """A lane for each day that was open or on which something happened: other nights and weekends cost no room."""
    steps = {day: list(group) for day, group in groupby(told.steps, key=lambda step: step.day)}
    begins, ends = midnight_of(local_day(told.start)), midnight_of(local_day(last) + ONE_DAY)
    hours = {day: list(group) for day, group in groupby(openings(told.work_time, begins, ends), key=_day_of)}
    moments = _happenings(told, last)
    for day in sorted({*hours, *moments}):
        own = steps.get(day, [])
        yield charts.Day(
            day=day,
            name=plain.sentence(formats.weekday(day, plain.language())),
            dated=plain.day(day),
            openings=tuple(lane_opening(*span) for span in hours.get(day, [])),
            stretches=tuple(_stretch(step) for step in own),
            happenings=tuple(moments.get(day, [])),
            counted=_counted(own),
            total=_total(own),
        )


def _day_of(span: tuple[datetime, datetime]) -> date:
    return local_day(span[0])


def lane_opening(start: datetime, end: datetime) -> charts.Opening:
    return charts.Opening(start, end, _("Open %(hours)s") % {"hours": hours(start, end)})


def hours(start: datetime, end: datetime) -> str:
    """«08.00–15.45»; an end at midnight is 24.00."""
    closes = plain.clock(end)
    return f"{plain.clock(start)}–{closes if local_day(start) == local_day(end) else closes.replace('00', '24', 1)}"


def _stretch(step: Step) -> charts.Stretch:
    match step.what:
        case What.PAUSED:
            caption = _("Pause %(hours)s") % {"hours": hours(step.start, step.end)}
            return charts.Stretch(step.start, step.end, Kind.PAUSE, _("does not count"), caption)
        case What.OVERDUE:
            label = _("%(time)s over") % {"time": plain.duration(step.length)}
            return charts.Stretch(step.start, step.end, Kind.OVERDUE, label)
    return charts.Stretch(step.start, step.end, Kind.COUNTED, plain.duration(step.length))


def _counted(steps: Sequence[Step]) -> str:
    """The day's part of the promised time; on a day wholly after the deadline, how much it went over."""
    if not steps:
        return ""
    counted = sum((step.length for step in steps if step.what is What.COUNTED), NO_TIME)
    over = sum((step.length for step in steps if step.what is What.OVERDUE), NO_TIME)
    if over and not counted:
        return _("%(time)s over") % {"time": plain.duration(over)}
    return plain.duration(counted)


def _total(steps: Sequence[Step]) -> str:
    """The running sum: up to the deadline on the day it falls, with what went over on the days after."""
    if not steps:
        return ""
    within = [step for step in steps if step.what is not What.OVERDUE] or steps
    return _("sum %(total)s") % {"total": plain.duration(within[-1].total)}


def _happenings(told: Sheet, last: datetime) -> dict[date, list[charts.Happening]]:
    found: dict[date, list[charts.Happening]] = {}
    for at, moment, words in sorted(_moments(told), key=lambda one: one[0]):
        if at <= last:
            label = words % {"clock": plain.clock(at)}
            found.setdefault(local_day(at), []).append(charts.Happening(at, moment, label))
    return found


def _moments(told: Sheet) -> Iterator[tuple[datetime, Moment, str]]:
    yield told.start, Moment.REPORTED, _("Reported %(clock)s")
    if told.due:
        yield told.due, Moment.DUE, _("Deadline %(clock)s")
    if told.stop and told.stop >= told.start:
        answered = told.clock.target.metric == Metric.RESPONSE
        yield (
            told.stop,
            Moment.RESPONDED if answered else Moment.SOLVED,
            _("Answered %(clock)s") if answered else _("Solved %(clock)s"),
        )


def _folded(days: Sequence[charts.Day]) -> str:
    """«12 dager til, 93 t talt»; past the deadline, how much went over."""
    counted, over = (_time_of(kind, days) for kind in (Kind.COUNTED, Kind.OVERDUE))
    if over and not counted:
        words = ngettext("%(count)s more day, %(time)s over", "%(count)s more days, %(time)s over", len(days))
        return words % {"count": len(days), "time": plain.duration(over)}
    words = ngettext("%(count)s more day, %(time)s counted", "%(count)s more days, %(time)s counted", len(days))
    return words % {"count": len(days), "time": plain.duration(counted)}


def _time_of(kind: Kind, days: Sequence[charts.Day]) -> timedelta:
    return sum((part.end - part.start for day in days for part in day.stretches if part.kind is kind), NO_TIME)
