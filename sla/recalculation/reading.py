"""Incidents and their pauses out of the database, in chunks of columns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from sla.clocks import Incidents, Spans
from sla.querysets import Pair
from sla.recalculation.wire import fetch_columns
from sla.timelines import Column

CHUNK = 1 << 16  # rows: larger gathers leave the processor's cache


@dataclass(frozen=True)
class Choice:
    """Which incidents: a join, or a condition on the incidents themselves, with what its places stand for."""

    join: str = ""
    condition: str = "true"
    parameters: Sequence[object] = ()


EVERYTHING = Choice()
CHOSEN = Choice("join chosen using (id)")

PLACED = """(service_id, organisation_id) in (select * from unnest(%s::bigint[], %s::bigint[])) and opened < %s
    and (resolved is null or resolved >= %s or responded is null or responded >= %s)"""
INCIDENTS = """
    select id, service_id, organisation_id, priority, coalesce(impact, 0)::smallint as impact, opened,
        coalesce(responded, 'infinity') as responded, coalesce(resolved, 'infinity') as resolved
    from sla_incident {join} where {condition} and id > %s order by id limit %s
"""
INCIDENT_COLUMNS = ("id", "service_id", "organisation_id", "priority", "impact", "opened", "responded", "resolved")
PAUSES = """
    select incident_id, started, coalesce(ended, 'infinity') as ended, was_solved::int::bigint as was_solved
    from (select incident_id as id, incident_id, started, ended, was_solved from sla_pause) as pauses {join}
    where id between %s and %s
"""
PAUSE_COLUMNS = ("incident_id", "started", "ended", "was_solved")


def of_places(pairs: Sequence[Pair], begins: datetime, ends: datetime, size: int = CHUNK) -> Iterator[Incidents]:
    """Those of these pairs (service, organisation) that were reported before `ends` and not over before `begins`."""
    services, organisations = ([pair[place] for pair in pairs] for place in (0, 1))
    return chunks(Choice(condition=PLACED, parameters=(services, organisations, ends, begins, begins)), size)


def chunks(choice: Choice = EVERYTHING, size: int = CHUNK) -> Iterator[Incidents]:
    """All incidents, or those in the temporary table `chosen`, or those that meet a condition; in order of id."""
    last, query = np.iinfo(np.int64).min, INCIDENTS.format(join=choice.join, condition=choice.condition)
    while True:
        columns = fetch_columns(query, INCIDENT_COLUMNS, (*choice.parameters, int(last), size))
        ids = columns[0]
        if not len(ids):
            return
        last = ids[-1]
        yield Incidents(pauses_of(ids, choice), *columns)


def pauses_of(ids: Column, choice: Choice) -> Spans:
    """The pauses of these incidents, whose ids rise."""
    query = PAUSES.format(join=choice.join)
    owners, froms, tos, solved = fetch_columns(query, PAUSE_COLUMNS, (int(ids[0]), int(ids[-1])))
    rows = np.searchsorted(ids, owners)
    known = np.flatnonzero(ids[rows] == owners)  # others were not chosen, or saved between the two readings
    order = known[np.lexsort((1 - solved[known], rows[known]))]
    offsets = np.searchsorted(rows[order], np.arange(len(ids) + 1))
    counts = np.bincount(rows[order], weights=solved[order], minlength=len(ids)).astype(np.int64)
    return Spans(offsets, froms[order], tos[order], counts)
