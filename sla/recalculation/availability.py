"""Monthly availability kept in the database: reckoned anew for everything, or for what was touched."""

from collections.abc import Collection
from datetime import date

import numpy as np
from django.db import connection

from sla.availability.reckoning import Reckoned, reckon
from sla.models import Availability, CalculationRun, Metric, Target
from sla.querysets import Pair, any_of_pairs
from sla.recalculation import changes
from sla.recalculation.wire import Field, bigint, copy_in, copy_rows, day
from sla.spans import Month, month_of
from sla.timelines import YEAR_ZERO, first_days

FROM_THE_START = date(2000, 1, 1)
"""Of a promise without a first day: nobody asks for the months before."""
CREATE = """
    drop table if exists reckoned, hours_used;
    create temporary table reckoned (service_id bigint, organisation_id bigint, month date, target_id bigint,
        agreed bigint, planned bigint, down bigint, weighted bigint, wall bigint, wall_planned bigint,
        wall_down bigint, digest bigint) on commit drop;
    create temporary table hours_used (target_id bigint, month date, calendar_versions bigint[]) on commit drop
"""
COLUMNS = (
    "service_id",
    "organisation_id",
    "month",
    "target_id",
    "agreed",
    "planned",
    "down",
    "weighted",
    "wall",
    "wall_planned",
    "wall_down",
    "digest",
)
INSERT = """
    insert into sla_availability (service_id, organisation_id, month, target_id, agreed_seconds, planned_seconds,
        down_seconds, weighted_microseconds, wall_seconds, wall_planned_seconds, wall_down_seconds, wanted, good_enough,
        calendar_versions, digest, run_id)
    select service_id, organisation_id, month, target_id, agreed, planned, down, weighted, wall, wall_planned,
        wall_down, wanted, good_enough, calendar_versions,
        encode(sha256(convert_to(concat_ws(' ', service_id, organisation_id, month, target_id, agreed, planned, down,
            weighted, wanted, good_enough, calendar_versions, digest), 'UTF8')), 'hex'), %s
    from reckoned join hours_used using (target_id, month)
        join (select id as target_id, wanted, good_enough from sla_target) as targets using (target_id)
"""


def keep(run: CalculationRun, pairs: Collection[Pair] | None = None, months: tuple[Month, Month] | None = None) -> None:
    """These pairs, or all; in these months, or in all until the month of the run, which are also the most."""
    newest = month_of(run.as_of)
    first, last = months or (oldest_month(newest), newest)
    last = min(last, newest)
    known = Availability.objects.all() if pairs is None else Availability.objects.filter(any_of_pairs(pairs))
    if months is not None:
        known = known.in_months(first.first, last.last)
    before = changes.uptime(run, pairs, months) if pairs else {}
    known.delete()
    _reckon(run, pairs, max(first, oldest_month(newest)), last)
    if pairs:
        changes.tell_uptime(run, before, changes.uptime(run, pairs, months))


def _reckon(run: CalculationRun, pairs: Collection[Pair] | None, first: Month, last: Month) -> None:
    if first > last:
        return
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
        for one in reckon(pairs, first, last, run.as_of):
            _write(one)
        cursor.execute(INSERT, [run.pk])
        cursor.execute("drop table reckoned, hours_used")


def oldest_month(newest: Month) -> Month:
    """The first in which availability is promised."""
    targets = Target.objects.holding().filter(metric=Metric.AVAILABILITY).select_related("version")
    days = [target.version.first_day or FROM_THE_START for target in targets]
    return min((Month(day.year, day.month) for day in days), default=newest)


def _write(one: Reckoned) -> None:
    """The measured months of a target into the temporary tables."""
    with connection.cursor() as cursor:
        for place, month in enumerate(one.ground.months):
            if used := one.ground.versions_in(place):
                cursor.execute("insert into hours_used values (%s, %s, %s)", (one.ground.target_id, month.first, used))
    copy_in("reckoned", COLUMNS, copy_rows(_fields(one)))


def _fields(one: Reckoned) -> list[Field]:
    """In the order of COLUMNS."""
    ground, (places, months) = one.ground, one.measured
    pairs = np.array(ground.places, dtype=np.int64).reshape(-1, 2)[places]
    numbers = np.array([(month.year - YEAR_ZERO) * 12 + month.number - 1 for month in ground.months], dtype=np.int64)
    work, wall = one.work, one.wall
    seconds = [
        ground.agreed[months],
        *(table[places, months] for table in (work.planned, work.down, work.weighted)),
        ground.wall[months],
        *(table[places, months] for table in (wall.planned, wall.down, work.digests)),
    ]
    return [
        bigint(pairs[:, 0]),
        bigint(pairs[:, 1]),
        day(first_days(numbers[months])),
        bigint(np.full_like(places, ground.target_id)),
        *(bigint(column) for column in seconds),
    ]
