"""What a calculation of some changes in months that are over: the figures before, against those after.

A calculation of everything tells of no changes: what changes the past calculates what it touches, with a cause.
"""

from collections.abc import Collection
from datetime import date

from django.db import connection
from django.db.models import Max

from sla.levels import Level
from sla.models import Availability, CalculationRun, ChangedFigure, Metric
from sla.models.changes import COUNTS
from sla.querysets import Pair, any_of_pairs
from sla.spans import Month, month_of

FIGURES = """
    select old.service_id, old.organisation_id, old.month, metric, priority, sum(counted) as counted, sum(met) as met,
        sum(old.wanted * counted) as wanted, sum(old.good_enough * counted) as good_enough
    from sla_compliance as old join touched using (service_id, organisation_id, month)
        join sla_target on sla_target.id = target_id
    where old.month < %s group by old.service_id, old.organisation_id, old.month, metric, priority
"""
REMEMBER = f"create temporary table figures_before on commit drop as {FIGURES}"
TELL = f"""
    insert into sla_changedfigure (run_id, service_id, organisation_id, month, metric, priority,
        counted_before, met_before, wanted_before, good_enough_before,
        counted_after, met_after, wanted_after, good_enough_after)
    select %s, service_id, organisation_id, month, metric, priority,
        before.counted, before.met, before.wanted, before.good_enough,
        after.counted, after.met, after.wanted, after.good_enough
    from figures_before as before
        full join ({FIGURES}) as after using (service_id, organisation_id, month, metric, priority)
    where (before.counted, before.met, before.wanted, before.good_enough)
        is distinct from (after.counted, after.met, after.wanted, after.good_enough);
    drop table figures_before
"""  # noqa: S608 - our own words

type Cell = tuple[int, int, date]
type Figures = dict[Cell, Level]


def remember_touched(run: CalculationRun) -> None:
    """Compliance of the cells in the temporary table `touched`, before they are counted again."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [over(run)])


def tell_touched(run: CalculationRun) -> None:
    """What has become of it."""
    with connection.cursor() as cursor:
        cursor.execute(TELL, [run.pk, over(run)])


def over(run: CalculationRun) -> date:
    """Months before this one were over, and calculated, before this run: what they said may have been read."""
    earlier = CalculationRun.objects.filter(pk__lt=run.pk, finished__isnull=False).aggregate(newest=Max("as_of"))
    newest = earlier["newest"]
    return min(month_of(run.as_of).first, month_of(newest).first) if newest else date.min


def uptime(run: CalculationRun, pairs: Collection[Pair], months: tuple[Month, Month] | None) -> Figures:
    """The availability that is kept of these pairs, in these months or in all, as far as they are over."""
    rows = Availability.objects.filter(any_of_pairs(pairs), month__lt=over(run))
    if months is not None:
        rows = rows.in_months(months[0].first, months[1].last)
    levels = rows.levels("service", "organisation", "month")
    return {(service, owner, month): level for (service, owner, month), level in levels.items()}


def tell_uptime(run: CalculationRun, before: Figures, after: Figures) -> None:
    changed = sorted(cell for cell in before.keys() | after.keys() if before.get(cell) != after.get(cell))
    ChangedFigure.objects.bulk_create(_changed(run, cell, before.get(cell), after.get(cell)) for cell in changed)


def _changed(run: CalculationRun, cell: Cell, before: Level | None, after: Level | None) -> ChangedFigure:
    service, organisation, month = cell
    counts = {
        f"{name}_{when}": getattr(level, name)
        for when, level in (("before", before), ("after", after))
        if level
        for name in COUNTS
    }
    place = {"service_id": service, "organisation_id": organisation, "month": month}
    return ChangedFigure(run=run, metric=Metric.AVAILABILITY, **place, **counts)
