"""Monthly compliance out of stored clocks: an aggregate, no arithmetic of time."""

from django.db import connection

INSERT = """
    insert into sla_compliance (service_id, organisation_id, month, target_id, counted, met, wanted, good_enough,
        calendar_versions, digest, run_id)
    select service_id, organisation_id, month, target_id, counted, met, wanted, good_enough, calendar_versions,
        encode(sha256(convert_to(concat_ws(' ', service_id, organisation_id, month, target_id, counted, met,
            wanted, good_enough, calendar_versions, clocks), 'UTF8')), 'hex'),
        %s
    from (
        select service_id, organisation_id, month, target_id, sum(counted) as counted, sum(met) as met,
            array_agg(calendar_version_id order by calendar_version_id) as calendar_versions, bit_xor(clocks) as clocks
        from (
            select service_id, organisation_id, month, target_id, calendar_version_id,
                count(*) as counted, count(*) filter (where met) as met, bit_xor(digest) as clocks
            from {clocks} where month is not null
            group by service_id, organisation_id, month, target_id, calendar_version_id
        ) as by_calendar
        group by service_id, organisation_id, month, target_id
    ) as cells join sla_target on sla_target.id = target_id
"""
IN_TOUCHED_CELLS = "sla_clock join touched using (service_id, organisation_id, month)"


def write_all(clocks: str, run_id: int) -> None:
    """Replaces compliance by what this table of clocks says."""
    with connection.cursor() as cursor:
        cursor.execute("delete from sla_compliance")
        cursor.execute(INSERT.format(clocks=clocks), [run_id])


def write_touched(run_id: int) -> None:
    """The same for the cells (service, organisation, month) in the temporary table `touched`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from sla_compliance using touched where "
            "(sla_compliance.service_id, sla_compliance.organisation_id, sla_compliance.month) "
            "= (touched.service_id, touched.organisation_id, touched.month)"
        )
        cursor.execute(INSERT.format(clocks=IN_TOUCHED_CELLS), [run_id])
