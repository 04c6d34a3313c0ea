"""What is promised of availability, from the database into columns: who, in which stretches, by which opening hours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.utils import timezone

from kit.worktime import WorkTime
from services.models import CalendarVersion
from sla.availability.arithmetic import Stretches
from sla.models import Coverage, Metric, Target
from sla.querysets import Pair
from sla.spans import Month
from sla.timelines import REACH, Column, midnight


@dataclass(frozen=True)
class Ground:
    """A target with everyone it is promised to. `calendars` are positions in `work_times`, one per stretch."""

    target_id: int
    notice_days: int
    places: Sequence[Pair]
    months: Sequence[Month]
    stretches: Stretches
    calendars: Column
    calendar_version_ids: Column
    work_times: Sequence[WorkTime]

    def worked(self, at: Column, instants: Column) -> Column:
        """Opening seconds from the beginning of each stretch until an instant within it."""
        seconds = np.zeros_like(instants)
        since, calendars = self.stretches.since[at], self.calendars[at]
        for calendar in np.unique(calendars):
            rows = np.flatnonzero(calendars == calendar)
            seconds[rows] = self.work_times[int(calendar)].elapsed_many(since[rows], instants[rows])
        return seconds

    def passed(self, at: Column, instants: Column) -> Column:
        """The same by the clock on the wall."""
        return instants - self.stretches.since[at]

    @cached_property
    def agreed(self) -> Column:
        """Opening seconds of each month."""
        return self._by_month(self.worked(np.arange(len(self.calendars)), self.stretches.until))

    @cached_property
    def wall(self) -> Column:
        return self._by_month(self.stretches.until - self.stretches.since)

    def versions_in(self, month: int) -> list[int]:
        """The calendar versions of a month, by its position."""
        used = self.calendars[self.stretches.months == month]
        return sorted({int(self.calendar_version_ids[place]) for place in used})

    def _by_month(self, seconds: Column) -> Column:
        total = np.zeros(len(self.months), dtype=np.int64)
        np.add.at(total, self.stretches.months, seconds)
        return total


@dataclass(frozen=True)
class Hours:
    """Every version of every calendar: whose, from when until when, and its working time."""

    ids: Column
    calendars: Sequence[int]
    bounds: Sequence[tuple[int, int]]
    work_times: Sequence[WorkTime]

    @classmethod
    def known(cls, *, always: bool = False) -> "Hours":
        """`always`: supposing that each calendar had begun as it first is."""
        rows = list(CalendarVersion.objects.order_by("period"))
        bounds = [instants_of(row.period) for row in rows]
        if always:
            first = {row.calendar_id: place for place, row in reversed(list(enumerate(rows)))}
            for place in first.values():
                bounds[place] = (-REACH, bounds[place][1])
        return cls(
            np.array([row.pk for row in rows], dtype=np.int64),
            [row.calendar_id for row in rows],
            bounds,
            [row.work_time() for row in rows],
        )

    def of(self, calendar: int) -> list[int]:
        return [place for place, one in enumerate(self.calendars) if one == calendar]


def grounds(pairs: Iterable[Pair] | None, first: Month, last: Month) -> Iterator[Ground]:
    """Of every target of availability in force in these months, for these pairs or for all."""
    targets = Target.objects.holding().filter(metric=Metric.AVAILABILITY).select_related("version").order_by("pk")
    places = _places({target.version_id for target in targets}, pairs)
    hours = Hours.known()
    for target, own in split(list(targets), places):
        yield ground_of(target, own, hours, first, last)


def split(targets: Sequence[Target], places: Mapping[int, Sequence[Pair]]) -> Iterator[tuple[Target, list[Pair]]]:
    """Each target of availability with those it is promised to, of the places per version; a target that deviates for
    an organisation takes its places from the common one.
    """
    deviating = {(target.version_id, target.organisation_id) for target in targets if target.organisation_id}
    for target in targets:
        wanted = target.organisation_id
        own = [
            (service, owner)
            for service, owner in places.get(target.version_id, ())
            if (owner == wanted if wanted else (target.version_id, owner) not in deviating)
        ]
        if own:
            yield target, own


def _places(versions: set[int], pairs: Iterable[Pair] | None) -> dict[int, list[Pair]]:
    wanted = None if pairs is None else set(pairs)
    found: dict[int, list[Pair]] = {}
    rows = Coverage.objects.filter(version__in=versions).order_by("service", "organisation")
    if wanted is not None:
        rows = rows.filter(service__in={service for service, _organisation in wanted})
    for version, *pair in rows.values_list("version_id", "service_id", "organisation_id"):
        if wanted is None or tuple(pair) in wanted:
            found.setdefault(version, []).append((pair[0], pair[1]))
    return found


def ground_of(
    target: Target, places: Sequence[Pair], hours: Hours, first: Month, last: Month, *, always: bool = False
) -> Ground:
    """While its version held, or, supposed, always."""
    held = (-REACH, REACH) if always else instants_of(target.version.period)
    months = list(months_between(first, last))
    calendar = target.calendar_id or target.version.calendar_id
    cut = sorted(_stretches(months, held, hours, calendar))
    columns = np.array(cut, dtype=np.int64).reshape(-1, 4).T
    return Ground(
        target_id=target.pk,
        notice_days=target.notice_days or 0,
        places=places,
        months=months,
        stretches=Stretches(columns[0], columns[1], columns[2]),
        calendars=columns[3],
        calendar_version_ids=hours.ids,
        work_times=hours.work_times,
    )


def _stretches(
    months: Sequence[Month], held: tuple[int, int], hours: Hours, calendar: int
) -> Iterator[tuple[int, int, int, int]]:
    """(since, until, month, calendar version) wherever the agreement and some opening hours hold."""
    for place, month in enumerate(months):
        for version in hours.of(calendar):
            bounds = [bounds_of(month), held, hours.bounds[version]]
            since, until = max(one[0] for one in bounds), min(one[1] for one in bounds)
            if since < until:
                yield since, until, place, version


def months_between(first: Month, last: Month) -> Iterator[Month]:
    month = first
    while month <= last:
        yield month
        month = month.shifted(1)


def bounds_of(month: Month) -> tuple[int, int]:
    """Epoch seconds [since, until) of a month of local time."""
    zone = timezone.get_default_timezone()
    return midnight(month.first, zone), midnight(month.shifted(1).first, zone)


def instants_of(period: object) -> tuple[int, int]:
    """Days of the wall clock as epoch seconds: a day begins at local midnight; what is open reaches very far."""
    zone = timezone.get_default_timezone()
    lower, upper = period.lower, period.upper  # type: ignore[attr-defined]
    return -REACH if lower is None else midnight(lower, zone), REACH if upper is None else midnight(upper, zone)
