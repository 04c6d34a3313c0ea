"""Clocks into a table, by binary COPY."""

from collections.abc import Iterable, Iterator

import numpy as np

from kit.worktime import FOREVER
from sla.clocks import UNDECIDED, Clocks, Incidents
from sla.recalculation.wire import Field, bigint, boolean, copy_in, copy_rows, day, instant
from sla.timelines import Column

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
    "digest",
    "month",
    "met",
)


def write_clocks(table: str, parts: Iterable[Clocks], incidents: Incidents, run_id: int, options: str = "") -> int:
    """How many clocks were written."""
    written = 0

    def blocks() -> Iterator[bytes]:
        nonlocal written
        for clocks in parts:
            written += len(clocks)
            yield from copy_rows(fields_of(clocks, incidents, run_id))

    copy_in(table, COLUMNS, blocks(), options)
    return written


def fields_of(clocks: Clocks, incidents: Incidents, run_id: int) -> list[Field]:
    """In the order of COLUMNS."""
    rows, decided = clocks.rows, clocks.months != UNDECIDED
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
        bigint(clocks.digests),
        day(first_days(clocks.months, decided), decided),
        boolean(clocks.met, decided),
    ]


def first_days(months: Column, decided: Column) -> Column:
    """The first of each month as days since 1970."""
    return np.where(decided, months, 0).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
