"""Incidents and their pauses out of the database, in chunks of columns."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np

from sla.clocks import Incidents, Spans
from sla.querysets import Pair
from sla.recalculation.wire import fetch_columns
from sla.timelines import Column

CHUNK = 1 << 16  # rows: larger gathers leave the processor's cache
EVERYTHING = ""
CHOSEN = "join chosen using (id)"
OF_PLACES = """join (select id from sla_incident
    where (service_id, organisation_id) in (select * from unnest(%s::bigint[], %s::bigint[])) and opened < %s
        and (resolved is null or resolved >= %s or responded is null or responded >= %s)) as placed using (id)"""

INCIDENTS = """
    select id, service_id, organisation_id, priority, opened,
        coalesce(responded, 'infinity') as responded, coalesce(resolved, 'infinity') as resolved
    from sla_incident {choice} where id > %s order by id limit %s
"""
INCIDENT_COLUMNS = ("id", "service_id", "organisation_id", "priority", "opened", "responded", "resolved")
PAUSES = """
    select incident_id, started, coalesce(ended, 'infinity') as ended
    from (select incident_id as id, incident_id, started, ended from sla_pause) as pauses {choice}
    where id between %s and %s
"""
PAUSE_COLUMNS = ("incident_id", "started", "ended")


def of_places(pairs: Sequence[Pair], begins: datetime, ends: datetime, size: int = CHUNK) -> Iterator[Incidents]:
    """Those of these pairs (service, organisation) that were reported before `ends` and not over before `begins`."""
    services, organisations = ([pair[place] for pair in pairs] for place in (0, 1))
    return chunks(OF_PLACES, size, (services, organisations, ends, begins, begins))


def chunks(choice: str = EVERYTHING, size: int = CHUNK, named: Sequence[object] = ()) -> Iterator[Incidents]:
    """All incidents, or those in the temporary table `chosen`, or those that the choice finds by what is `named`; in
    order of id.
    """
    last = np.iinfo(np.int64).min
    while True:
        columns = fetch_columns(INCIDENTS.format(choice=choice), INCIDENT_COLUMNS, (*named, int(last), size))
        ids = columns[0]
        if not len(ids):
            return
        last = ids[-1]
        yield Incidents(pauses_of(ids, choice, named), *columns)


def pauses_of(ids: Column, choice: str, named: Sequence[object] = ()) -> Spans:
    """The pauses of these incidents, whose ids rise."""
    within = (*named, int(ids[0]), int(ids[-1]))
    owners, froms, tos = fetch_columns(PAUSES.format(choice=choice), PAUSE_COLUMNS, within)
    rows = np.searchsorted(ids, owners)
    known = np.flatnonzero(ids[rows] == owners)  # others were saved between the two readings
    order = known[np.argsort(rows[known], kind="stable")]
    return Spans(np.searchsorted(rows[order], np.arange(len(ids) + 1)), froms[order], tos[order])
