"""Monthly compliance from decided clocks: counts, no arithmetic of time. `tallied` is a temporary table."""

from collections.abc import Iterator

from django.db import connection

from sla.models import CalculationRun
from sla.recalculation import changes
from sla.recalculation.wire import bigint, copy_in, copy_rows, day
from sla.tallies import Tally
from sla.timelines import first_days

CREATE = """
    set local work_mem = '64MB';
    drop table if exists tallied;
    create temporary table tallied (service_id bigint, organisation_id bigint, month date, target_id bigint,
        calendar_version_id bigint, counted bigint, met bigint, digest bigint) on commit drop
"""
COLUMNS = (
    "service_id",
    "organisation_id",
    "month",
    "target_id",
    "calendar_version_id",
    "counted",
    "met",
    "digest",
)
COUNT_TOUCHED = """
    insert into tallied
    select service_id, organisation_id, month, target_id, calendar_version_id,
        count(*), count(*) filter (where met), bit_xor(digest)
    from sla_clock join touched using (service_id, organisation_id, month)
    group by service_id, organisation_id, month, target_id, calendar_version_id
"""
DELETE_TOUCHED = """
    delete from sla_compliance as old using touched
    where old.service_id = touched.service_id and old.organisation_id = touched.organisation_id
        and old.month = touched.month
"""
INSERT = """
    insert into sla_compliance (service_id, organisation_id, month, target_id, counted, met, wanted, good_enough,
        calendar_versions, digest, run_id)
    select service_id, organisation_id, month, target_id, counted, met, wanted, good_enough, calendar_versions,
        encode(sha256(convert_to(concat_ws(' ', service_id, organisation_id, month, target_id, counted, met,
            wanted, good_enough, calendar_versions, digest), 'UTF8')), 'hex'), %s
    from (
        select service_id, organisation_id, month, target_id, sum(counted) as counted, sum(met) as met,
            array_agg(calendar_version_id order by calendar_version_id) as calendar_versions, bit_xor(digest) as digest
        from tallied group by service_id, organisation_id, month, target_id
    ) as cells join (select id as target_id, wanted, good_enough from sla_target) as targets using (target_id)
"""


def replace_all(tally: Tally | None, run_id: int) -> None:
    """Compliance becomes what was tallied."""
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
        if tally is not None:
            copy_in("tallied", COLUMNS, _rows(tally))
        cursor.execute("delete from sla_compliance")
        cursor.execute(INSERT, [run_id])


def replace_touched(run: CalculationRun) -> None:
    """The cells (service, organisation, month) in the temporary table `touched` are counted again."""
    changes.remember_touched(run)
    with connection.cursor() as cursor:
        cursor.execute(CREATE)
        cursor.execute(COUNT_TOUCHED)
        cursor.execute(DELETE_TOUCHED)
        cursor.execute(INSERT, [run.pk])
    changes.tell_touched(run)


def _rows(tally: Tally) -> Iterator[bytes]:
    """In the order of COLUMNS."""
    columns = tally.columns
    return copy_rows([day(first_days(column)) if column is tally.months else bigint(column) for column in columns])
