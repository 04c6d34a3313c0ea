"""An outage's open hours drawn as lanes, told in a table and in sentences."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts, formats
from kit.charts import Kind, Moment
from kit.formats import OSLO
from sla.figures.fault import FaultSheet, Took
from sla.figures.sheet import NO_TIME, ONE_DAY, local_day, midnight_of, openings
from sla.words import almanac, plain
from sla.words.timeline import hours, lane_opening

type Fact = tuple[str, str]


def finding(told: FaultSheet) -> str:
    """The heading of the drawing."""
    time = {"time": plain.duration(told.taken)}
    if not told.taken:
        return _("It took nothing of the opening hours")
    if told.is_planned:
        return _("It took %(time)s of the opening hours, which count neither as up nor as down") % time
    if told.outage.ended is None:
        return _("It has taken %(time)s of the opening hours so far") % time
    return _("It took %(time)s of the opening hours") % time


def counts(told: FaultSheet) -> str:
    """The sentence under the heading: as what it counts, and why."""
    days = told.target.notice_days or 0
    if told.is_late:
        words = ngettext(
            "Planned work, notified less than %(count)s day before: it counts as downtime.",
            "Planned work, notified less than %(count)s days before: it counts as downtime.",
            days,
        )
        return words % {"count": days}
    if told.is_planned:
        return _("Planned work that was notified in time. Only opening hours count.")
    return _("Downtime. Only opening hours count.")


def sentences(told: FaultSheet) -> list[str]:
    overlap = _("Where it overlaps with others, the time counts once in the month, and planned work wins.")
    return [*almanac.sentences(told.odd_days, told.clock_changes), overlap]


def rule(told: FaultSheet) -> list[Fact]:
    versions = list(dict.fromkeys(version for version, _since, _until in told.hours))
    promise = _("Target %(wanted)s, good enough %(good_enough)s") % {
        "wanted": plain.share(told.target.wanted),
        "good_enough": plain.share(told.target.good_enough),
    }
    return [
        (_("Agreement"), str(told.target.version)),
        (_("Requirement"), promise),
        (_("Opening hours"), "\n".join(map(str, versions))),
    ]


def rows(told: FaultSheet) -> list[tuple[str, str, str, str]]:
    """Day, hours, how much of them, and the sum."""
    return [
        (
            formats.day_with_weekday(local_day(one.start), plain.language()),
            hours(one.start, one.end),
            plain.duration(one.length),
            plain.duration(one.total),
        )
        for one in told.spans
    ]


def timeline(told: FaultSheet) -> charts.Timeline:
    """A lane for each day that was open, from its beginning to its end."""
    head = (_("Day"), _("Hours"), _("Taken"), _("Sum"))
    return charts.Timeline(
        title=finding(told),
        summary=counts(told),
        table=charts.Table(head, tuple(rows(told))),
        zone=OSLO,
        days=tuple(_days(told)),
        words=charts.TimelineWords(
            closed=_("not open"),
            sums=_("Taken"),
            counted="",
            pause=_("planned work") if told.is_planned else "",
            overdue="" if told.is_planned else _("downtime"),
            opening=_("opening hours"),
        ),
        folded=_folded,
    )


def _days(told: FaultSheet) -> Iterator[charts.Day]:
    spans = {day: list(own) for day, own in groupby(told.spans, key=lambda one: local_day(one.start))}
    moments = _moments(told)
    opened = dict[date, list[charts.Opening]]()
    for version, since, until in told.hours:
        begins, ends = midnight_of(local_day(since)), midnight_of(local_day(until) + ONE_DAY)
        for start, end in openings(version.work_time(), begins, ends):
            opened.setdefault(local_day(start), []).append(lane_opening(start, end))
    for day in sorted({*spans, *moments}):
        own = spans.get(day, [])
        yield charts.Day(
            day=day,
            name=plain.sentence(formats.weekday(day, plain.language())),
            dated=plain.day(day),
            openings=tuple(dict.fromkeys(opened.get(day, []))),
            stretches=tuple(_stretch(told, one) for one in own),
            happenings=tuple(moments.get(day, [])),
            counted=plain.duration(sum((one.length for one in own), NO_TIME)) if own else "",
            total=_("sum %(total)s") % {"total": plain.duration(own[-1].total)} if own else "",
        )


def _stretch(told: FaultSheet, one: Took) -> charts.Stretch:
    kind = Kind.PAUSE if told.is_planned else Kind.OVERDUE
    return charts.Stretch(one.start, one.end, kind, plain.duration(one.length))


def _moments(told: FaultSheet) -> dict[date, list[charts.Happening]]:
    found: dict[date, list[charts.Happening]] = {}
    named: list[tuple[datetime | None, Moment, str]] = [
        (told.outage.started, Moment.REPORTED, _("From %(clock)s")),
        (told.outage.ended, Moment.SOLVED, _("To %(clock)s")),
    ]
    for at, moment, words in named:
        if at:
            label = words % {"clock": plain.clock(at)}
            found.setdefault(local_day(at), []).append(charts.Happening(at, moment, label))
    return found


def _folded(days: Sequence[charts.Day]) -> str:
    """«12 dager til, 93 t»."""
    time = sum((part.end - part.start for day in days for part in day.stretches), timedelta())
    words = ngettext("%(count)s more day, %(time)s", "%(count)s more days, %(time)s", len(days))
    return words % {"count": len(days), "time": plain.duration(time)}
