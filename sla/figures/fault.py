"""An outage under one agreement: the open hours that it took, day by day, as if nothing else had happened."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from partnership.models import User
from services.models import CalendarVersion
from services.timetable import OpenDay
from sla.availability.terms import Ground, grounds
from sla.figures.almanac import clock_changes, odd_days
from sla.figures.sheet import NO_TIME, openings
from sla.figures.uptime import counts_as_planned
from sla.models import Coverage, Outage, Target
from sla.querysets import Pair
from sla.spans import month_of

type Part = tuple[CalendarVersion, datetime, datetime]
"""The hours in force from one instant until another."""


@dataclass(frozen=True)
class Took:
    """A span of open hours within one day in Oslo, and the sum until its end."""

    start: datetime
    end: datetime
    total: timedelta

    @property
    def length(self) -> timedelta:
        return self.end - self.start


@dataclass(frozen=True)
class FaultSheet:
    """What an outage took under a target of availability; `until` is its end, or the instant the sheet was made for.

    `is_planned` is how it counts there: planned work that was notified too late is downtime. `hours` are the calendar
    versions in force, each with its part of the outage.
    """

    outage: Outage
    target: Target
    places: int
    until: datetime
    is_planned: bool
    hours: Sequence[Part]
    spans: Sequence[Took]

    @property
    def taken(self) -> timedelta:
        return self.spans[-1].total if self.spans else NO_TIME

    @property
    def is_late(self) -> bool:
        return self.outage.is_planned and not self.is_planned

    @cached_property
    def odd_days(self) -> list[OpenDay]:
        return [day for version, since, until in self.hours for day in odd_days(version, since, until)]

    @cached_property
    def clock_changes(self) -> list[tuple[datetime, timedelta]]:
        parts = (clock_changes(version.work_time(), since, until) for version, since, until in self.hours)
        return [change for part in parts for change in part]


def fault_sheets(user: User, outage: Outage, now: datetime) -> list[FaultSheet]:
    """One for each target of availability that it touches for whom the reader may see, the one of most first."""
    until = max(outage.ended or now, outage.started)
    pairs = _hit(user, outage)
    found = list(grounds(pairs, month_of(outage.started), month_of(until)))
    related = ("version__agreement", "calendar", "organisation")
    targets = Target.objects.select_related(*related).in_bulk([ground.target_id for ground in found])
    versions = CalendarVersion.objects.select_related("calendar").in_bulk(
        {int(pk) for ground in found for pk in ground.calendar_version_ids}
    )
    sheets = [_sheet(outage, targets[ground.target_id], ground, versions, until) for ground in found]
    return sorted((sheet for sheet in sheets if sheet.hours), key=lambda sheet: (-sheet.places, sheet.target.pk))


def _hit(user: User, outage: Outage) -> set[Pair]:
    covered = Coverage.objects.visible_to(user).filter(service__in=outage.reach.values("service"))
    pairs = set(covered.values_list("service_id", "organisation_id"))
    reach = set(outage.reach.order_by().values_list("service_id", "organisation_id"))
    return {pair for pair in pairs if pair in reach or (pair[0], None) in reach}


def _sheet(
    outage: Outage, target: Target, ground: Ground, versions: dict[int, CalendarVersion], until: datetime
) -> FaultSheet:
    hours, spans, total = list[Part](), list[Took](), NO_TIME
    for version, since, ends in _parts(outage, ground, versions, until):
        hours.append((version, since, ends))
        for first, last in openings(version.work_time(), since, ends):
            total += last - first
            spans.append(Took(first, last, total))
    return FaultSheet(
        outage, target, len(ground.places), until, counts_as_planned(outage, ground), _joined(hours), spans
    )


def _parts(outage: Outage, ground: Ground, versions: dict[int, CalendarVersion], until: datetime) -> Iterator[Part]:
    """The outage cut at months, agreements and calendars."""
    for place in range(len(ground.calendars)):
        bounds = (int(ground.stretches.since[place]), int(ground.stretches.until[place]))
        since, ends = (datetime.fromtimestamp(instant, UTC) for instant in bounds)
        first, last = max(since, outage.started.astimezone(UTC)), min(ends, until.astimezone(UTC))
        if first < last:
            yield versions[int(ground.calendar_version_ids[ground.calendars[place]])], first, last


def _joined(hours: Sequence[Part]) -> list[Part]:
    """What was cut at the end of a month only, is one again."""
    joined: list[Part] = []
    for version, since, until in hours:
        if joined and joined[-1][0] == version and joined[-1][2] == since:
            since = joined.pop()[1]
        joined.append((version, since, until))
    return joined
