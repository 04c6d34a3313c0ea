"""Clocks into a table, by binary COPY."""

from collections.abc import Iterable

import numpy as np

from kit.worktime import FOREVER
from sla.clocks import Clocks, Incidents
from sla.recalculation.wire import Field, bigint, boolean, copy_in, copy_rows, day, instant
from sla.timelines import first_days

COLUMNS = (
    "incident_id",
    "target_id",
    "service_id",
    "organisation_id",
    "calendar_version_id",
    "run_id",
    "work_at_start",
    "work_at_stop",
    "paused_seconds",
    "due",
    "at_risk_from",
    "digest",
    "month",
    "met",
)


def write_clocks(table: str, parts: Iterable[Clocks], incidents: Incidents, run_id: int, options: str = "") -> None:
    blocks = (block for clocks in parts for block in copy_rows(fields_of(clocks, incidents, run_id)))
    copy_in(table, COLUMNS, blocks, options)


def fields_of(clocks: Clocks, incidents: Incidents, run_id: int) -> list[Field]:
    """In the order of COLUMNS."""
    rows, decided = clocks.rows, clocks.decided
    return [
        bigint(incidents.ids[rows]),
        bigint(clocks.target_ids),
        bigint(incidents.services[rows]),
        bigint(incidents.organisations[rows]),
        bigint(clocks.calendar_version_ids),
        bigint(np.full_like(rows, run_id)),
        bigint(clocks.work_at_start),
        bigint(clocks.work_at_stop, clocks.stopped != FOREVER),
        bigint(clocks.paused),
        instant(clocks.due, clocks.due != FOREVER),
        instant(clocks.at_risk, clocks.at_risk != FOREVER),
        bigint(clocks.digests),
        day(first_days(clocks.months), decided),
        boolean(clocks.met, decided),
    ]
