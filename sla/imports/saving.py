"""From staging to our tables, in SQL: what is new or different is written, what is the same is left alone.

Every statement runs inside `staged(...)` and takes the import's id and its source as named parameters.
"""

from collections.abc import Iterable, Sequence

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from sla.imports.mapping import listed
from sla.imports.reading import Refused
from sla.models.imports import Import

LOCK_SPACE = 0x10C  # our own namespace of advisory locks: files of one source are saved one at a time
TOLD = ("organisation_id", "service_id", "priority", "title", "state", "opened", "responded", "resolved", "closed")
"""What an export says of an incident."""
COLUMNS = ", ".join((*TOLD, "impact"))
PLACES = {"location": "organisation_id", "category": "service_id"}


def told_by(one: Import) -> tuple[str, ...]:
    """The fields that the file says something of: a list those it has columns for, and always where it belongs."""
    if not one.is_list:
        return TOLD
    named = [PLACES.get(name, name) for name in one.columns if name != "number"]
    return tuple(dict.fromkeys((*PLACES.values(), *named)))


def _of(alias: str, fields: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{name}" for name in fields)


# `*` stands for every value without a row of its own.
MAPPED = """
with mapped as (
    select number, location, category, coalesce(place.organisation_id, any_place.organisation_id) as organisation_id,
           coalesce(kind.service_id, any_kind.service_id) as service_id, left(priority, 1)::smallint as priority,
           title, state, opened, responded, resolved, closed, impact
    from incidents
    left join sla_importmapping place
        on place.source = %(source)s and place.kind = 'municipality' and place.value = location
    left join sla_importmapping any_place
        on any_place.source = %(source)s and any_place.kind = 'municipality' and any_place.value = '*'
    left join sla_importmapping kind
        on kind.source = %(source)s and kind.kind = 'service' and kind.value = category
    left join sla_importmapping any_kind
        on any_kind.source = %(source)s and any_kind.kind = 'service' and any_kind.value = '*'
)"""
UNMAPPED = f"""{MAPPED}
select distinct 'municipality', location from mapped where organisation_id is null
union select distinct 'service', category from mapped where service_id is null order by 1, 2
"""  # noqa: S608 - made of this file's own words, as all SQL here
COUNTED = f"""{MAPPED}
select 'municipality', organisation_id, count(*) from mapped group by organisation_id
union all select 'service', service_id, count(*) from mapped group by service_id order by 1, 3 desc, 2
"""  # noqa: S608


def _save_incidents(fields: Sequence[str]) -> str:
    return f"""{MAPPED}, saved as (
    insert into sla_incident as held (source, external_id, {COLUMNS})
    select %(source)s, number, {COLUMNS} from mapped order by number
    on conflict (source, external_id) do update set ({", ".join(fields)}) = ({_of("excluded", fields)})
    where ({_of("held", fields)}) is distinct from ({_of("excluded", fields)})
    returning held.id, old.id is null as is_new
)
insert into sla_importtouched (source_file_id, incident_id, is_new) select %(import)s, id, is_new from saved
"""  # noqa: S608


# A list without a column of solutions may say that an incident was reported after the solution that is known.
BACKWARDS = f"""{MAPPED}
select number from mapped join sla_incident held on held.source = %(source)s and held.external_id = number
where held.resolved < mapped.opened
"""  # noqa: S608
SAME_PAUSE = "(given.started, given.ended, given.reason) is not distinct from (held.started, held.ended, held.reason)"
# What a person has set here is not the source's to take away.
OF_SOURCE = "held.by_id is null"
TOUCH = """
insert into sla_importtouched (source_file_id, incident_id, is_new)
select distinct %(import)s, incident_id, false from written on conflict do nothing
"""
DELETE_PAUSES = f"""
with written as (
    delete from sla_pause held using sla_incident i, incidents
    where i.source = %(source)s and i.external_id = incidents.number and held.incident_id = i.id
      and {OF_SOURCE} and not exists (select from pauses given where given.number = incidents.number and {SAME_PAUSE})
    returning held.incident_id
){TOUCH}"""  # noqa: S608
SAVE_PAUSES = f"""
with written as (
    insert into sla_pause (incident_id, started, ended, reason)
    select i.id, given.started, given.ended, given.reason
    from pauses given join sla_incident i on i.source = %(source)s and i.external_id = given.number
    where not exists (select from sla_pause held where held.incident_id = i.id and {OF_SOURCE} and {SAME_PAUSE})
    order by i.id, given.started
    returning incident_id
){TOUCH}"""  # noqa: S608
COUNT_TOUCHED = """
select count(*) filter (where is_new), count(*) filter (where not is_new)
from sla_importtouched where source_file_id = %(import)s
"""
# The calculation that follows joins these before autovacuum has seen what a large file did to them.
LEARN = "analyze sla_importtouched, sla_incident, sla_pause"


def _compare(fields: Sequence[str]) -> str:
    return f"""{MAPPED}
select count(*) filter (where held.id is null),
       count(*) filter (where ({_of("held", fields)}) is distinct from ({_of("mapped", fields)})
                        or %(has_pauses)s and spans_held is distinct from spans_given)
from mapped
left join sla_incident held on held.source = %(source)s and held.external_id = mapped.number
left join (
    select number, array_agg((started, ended, reason)::text order by started) as spans_given from pauses group by number
) as given using (number)
left join lateral (
    select array_agg((started, ended, reason)::text order by started) as spans_held
    from sla_pause where incident_id = held.id and by_id is null
) as pauses_held on true
"""  # noqa: S608


def _words(one: Import) -> dict[str, int | str]:
    return {"import": one.pk, "source": one.source, "has_pauses": not one.is_list}


def unmapped(cursor: CursorWrapper, one: Import) -> list[tuple[str, str]]:
    """The (kind, value) of the file that no mapping leads anywhere."""
    cursor.execute(UNMAPPED, _words(one))
    return list(cursor.fetchall())


def refuse_backwards(cursor: CursorWrapper, one: Import) -> None:
    """Before the database does, which has no words for it."""
    if "resolved" in told_by(one):
        return
    cursor.execute(BACKWARDS, _words(one))
    if numbers := [number for (number,) in cursor.fetchall()]:
        words = _("By this file these were reported after they were solved: %(numbers)s.")
        raise Refused(words % {"numbers": listed(numbers)})


def counts(cursor: CursorWrapper, one: Import) -> list[tuple[str, int, int]]:
    """(kind, key, how many incidents) of where the file's incidents belong, the most first."""
    cursor.execute(COUNTED, _words(one))
    return list(cursor.fetchall())


def compare(cursor: CursorWrapper, one: Import) -> tuple[int, int]:
    """How many incidents would be new, and how many would change."""
    cursor.execute(_compare(told_by(one)), _words(one))
    added, written = cursor.fetchone()
    return added, written - added


def save(cursor: CursorWrapper, one: Import) -> tuple[int, int]:
    """Writes incidents and pauses, and which of them it touched. Returns how many were new, and how many changed. A
    list says nothing of pauses, and leaves them.
    """
    cursor.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_SPACE, one.source])
    refuse_backwards(cursor, one)
    pauses = () if one.is_list else (DELETE_PAUSES, SAVE_PAUSES)
    for statement in (_save_incidents(told_by(one)), *pauses, LEARN, COUNT_TOUCHED):
        cursor.execute(statement, _words(one))
    return cursor.fetchone()
