"""Counts of incidents, and how long solving them took, for a report."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, BigIntegerField, Count, F, Max
from django.db.models.functions import Greatest

from kit.quarters import Quarter
from sla.imports.formats import name_of
from sla.models import AgreementVersion, Clock, Incident, Metric
from sla.reporting.shapes import CalendarUsed, IncidentCounts, PriorityFigures, Promises, Source, VersionUsed


class NthShare(Aggregate):
    """The value that a share of the rows lies at or below: an observed one, never one between two."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = BigIntegerField()


MEDIAN, NINTH_DECILE = 0.5, 0.9


def counts_of(quarter: Quarter) -> IncidentCounts:
    reported = Incident.objects.filter(opened__gte=quarter.start, opened__lt=quarter.end)
    return IncidentCounts(
        reported=reported.count(),
        solved=Incident.objects.filter(resolved__gte=quarter.start, resolved__lt=quarter.end).count(),
        open_at_end=open_at(quarter.end),
        overdue_at_end=overdue_at(quarter.end),
        without_agreement=reported.without_agreement().count(),
    )


def open_at(instant: datetime) -> int:
    """Reported before the instant, and neither solved nor closed by then."""
    return Incident.objects.filter(opened__lt=instant).exclude(resolved__lt=instant).exclude(closed__lt=instant).count()


def overdue_at(instant: datetime) -> int:
    """Open at the instant, with the deadline of the solution behind them."""
    late = Clock.objects.filter(target__metric=Metric.RESOLUTION, due__lt=instant, incident__opened__lt=instant)
    return late.exclude(incident__resolved__lt=instant).exclude(incident__closed__lt=instant).count()


def priorities_of(quarter: Quarter, promises: dict[int, Promises]) -> tuple[PriorityFigures, ...]:
    """`promises` by priority; working time of the incidents that were solved in the quarter."""
    worked = Greatest(F("work_at_stop") - F("work_at_start"), 0) - F("paused_seconds")
    solved = Clock.objects.filter(
        target__metric=Metric.RESOLUTION,
        incident__resolved__gte=quarter.start,
        incident__resolved__lt=quarter.end,
        work_at_stop__isnull=False,
    )
    rows = solved.values("target__priority").annotate(
        solved=Count("incident"), median=NthShare(worked, share=MEDIAN), ninth=NthShare(worked, share=NINTH_DECILE)
    )
    times = {row["target__priority"]: (row["solved"], row["median"], row["ninth"]) for row in rows}
    return tuple(
        PriorityFigures(priority, promises.get(priority, Promises()), *times.get(priority, (0, None, None)))
        for priority in sorted({*promises, *times})
    )


def versions_used(quarter: Quarter) -> tuple[VersionUsed, ...]:
    """The versions of agreements that judged what was decided in the quarter, the most used first."""
    clocks = Clock.objects.in_months(quarter.first, quarter.last)
    incidents = dict(
        clocks.order_by().values_list("target__version").annotate(count=Count("incident_id", distinct=True))
    )
    calendars = clocks.order_by().values_list(
        "target__version", "calendar_version__calendar__name", "calendar_version__number"
    )
    hours: dict[int, list[CalendarUsed]] = {}
    for version, name, number in sorted(set(calendars)):
        hours.setdefault(version, []).append(CalendarUsed(name, number))
    rows = AgreementVersion.objects.filter(pk__in=incidents).select_related("agreement")
    return tuple(_version(row, hours[row.pk], incidents[row.pk]) for row in sorted(rows, key=_most_used(incidents)))


def _most_used(incidents: dict[int, int]) -> Any:
    return lambda row: (-incidents[row.pk], row.pk)


def _version(row: AgreementVersion, calendars: Iterable[CalendarUsed], incidents: int) -> VersionUsed:
    return VersionUsed(row.agreement.name, row.number, row.first_day, row.last_day, tuple(calendars), incidents)


def sources_at(instant: datetime) -> tuple[Source, ...]:
    known = Incident.objects.filter(opened__lt=instant).order_by()
    rows = known.values("source").annotate(incidents=Count("pk"), newest=Max("opened"))
    return tuple(Source(name_of(row["source"]), row["incidents"], row["newest"]) for row in rows.order_by("source"))
