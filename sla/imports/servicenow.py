"""What a ServiceNow audit export says, in SQL: from its text in `rows` to `incidents`, `pauses` and problems.

One row is one update of an incident. Its rows stand in the order of `sys_updated_at`, then `sys_mod_count`, and a
row's state holds until the incident's next row. Instants are Norwegian local time, day-month-year; `?` is missing.
Of two ambiguous hours (summer time ends) the first is meant; a nonexistent one is moved forward by an hour.
"""

import re

from django.db.backends.utils import CursorWrapper

from sla.imports.layout import MISSING, Layout
from sla.imports.moments import SETTINGS, ZONE, clean, moments, these

INSTANT = "^[0-9]{1,2}-[0-9]{1,2}-(19|2[01])[0-9]{2} ([01]?[0-9]|2[0-3]):[0-5]?[0-9]$"
WHOLE_NUMBER = "^[0-9]{1,9}$"
INSTANTS = ("sys_updated_at", "opened_at", "resolved_at", "closed_at", "sys_created_at")
LONGEST_NUMBER, LONGEST_STATE, LONGEST_PLACE, LONGEST_TITLE = 80, 40, 200, 200


UNREADABLE = {
    "number": f"length(btrim(number)) > {LONGEST_NUMBER} or {clean('number')} is null",
    "sys_updated_at": "updated.is_unreadable or updated.instant is null",
    "opened_at": "opened.is_unreadable",
    "resolved_at": "resolved.is_unreadable",
    "closed_at": "closed.is_unreadable",
    "sys_created_at": "created.is_unreadable",
    "sys_mod_count": f"btrim(sys_mod_count) !~ '{WHOLE_NUMBER}'",
}
NONEXISTENT = {
    "sys_updated_at": "updated.is_nonexistent",
    "opened_at": "opened.is_nonexistent",
    "resolved_at": "resolved.is_nonexistent",
    "closed_at": "closed.is_nonexistent",
}


MOMENTS = moments(INSTANTS, local=INSTANT)
EVENTS = f"""
create unlogged table events as
select line, coalesce(left({clean("number")}, {LONGEST_NUMBER}), '') as number,
       left({clean("incident_state")}, {LONGEST_STATE}) as state,
       case when btrim(sys_mod_count) ~ '{WHOLE_NUMBER}' then btrim(sys_mod_count)::int end as mod_count,
       coalesce(left({clean("location")}, {LONGEST_PLACE}), '{MISSING}') as location,
       coalesce(left({clean("category")}, {LONGEST_PLACE}), '{MISSING}') as category,
       {clean("priority")} as priority,
       left(concat_ws(' · ', {clean("category")}, coalesce({clean("u_symptom")}, {clean("subcategory")})),
            {LONGEST_TITLE}) as title,
       updated.instant as updated, opened.instant as opened, resolved.instant as resolved, closed.instant as closed,
       {these(UNREADABLE)} as faults, {these(NONEXISTENT)} as shifted
from rows
left join moments updated on updated.text = sys_updated_at
left join moments opened on opened.text = opened_at
left join moments resolved on resolved.text = resolved_at
left join moments closed on closed.text = closed_at
left join moments created on created.text = sys_created_at
"""  # noqa: S608


def _found(columns: str, kind: str) -> str:
    """Problems of single rows, one a column: the first line of each incident with the same text in that column."""
    return f"""
    select distinct on (number, "column", value) line, number, {kind} as kind, "column", coalesce(value, '') as value
    from (
        select line, marked.number, "column",
               nullif(nullif(btrim(to_jsonb(rows) ->> "column"), ''), '{MISSING}') as value
        from (select line, number, unnest({columns}) as "column" from events where {columns} is not null) as marked
        join rows using (line)
    ) as found
    order by number, "column", value, line"""  # noqa: S608


FAULT = """case when value is null then 'missing' when "column" like '%\\_at' then 'instant' else 'unreadable' end"""
ROW_PROBLEMS = f"""
create unlogged table problems as
({_found("faults", FAULT)})
union all
({_found("shifted", "'shifted'")})
"""

# The last row speaks for its incident, which was answered at the first row whose state is not New.
INCIDENTS = """
create unlogged table incidents as
with gathered as (
    select number, min(updated) filter (where state <> 'New') as responded, bool_or(faults is not null) as is_faulty
    from events group by number
)
select distinct on (number) number, line, location, category, title, coalesce(state, '') as state, priority, opened,
       responded, resolved, closed, null::smallint as impact
from events join gathered using (number)
where not is_faulty
order by number, updated desc, mod_count desc, line desc
"""
INCIDENT_PROBLEMS = f"""
insert into problems
select line, number, 'missing', 'opened_at', '' from incidents where opened is null
union all
select line, number, case when priority is null then 'missing' else 'priority' end, 'priority', coalesce(priority, '')
from incidents where priority is null or priority !~ '^[1-9]'
union all
select line, number, 'backwards', 'resolved_at', to_char(resolved at time zone '{ZONE}', 'DD-MM-YYYY HH24:MI')
from incidents where resolved < opened
"""  # noqa: S608
LEAVE_OUT = """
delete from incidents using problems
where incidents.number = problems.number and problems.kind <> 'shifted'
"""
UNSOLVED = """
insert into problems
select line, number, 'unsolved', 'resolved_at', state from incidents
where resolved is null and (state in ('Closed', 'Resolved') or closed is not null)
"""

# Rows of one state in a row are one span. The last one lasts: it is cut at the solution, which changes no clock and
# lets its deadline be told, but not at the closing, which stops none.
PAUSES = """
create unlogged table pauses as
with steps as (
    select *, lag(state) over rows_in_order as state_before
    from events window rows_in_order as (partition by number order by updated, mod_count, line)
), spans as (
    select number, state as reason, updated as started,
           lead(updated) over (partition by number order by updated, mod_count, line) as next_started
    from steps where state is distinct from state_before
), ends as (
    select number, reason, started, coalesce(next_started, case when resolved >= started then resolved end) as ended
    from spans join incidents using (number) where reason like 'Awaiting%'
)
select number, started, ended, reason from ends where ended is distinct from started
"""
STATEMENTS = (
    MOMENTS,
    "analyze moments",
    EVENTS,
    "analyze events (number, updated)",
    ROW_PROBLEMS,
    INCIDENTS,
    INCIDENT_PROBLEMS,
    LEAVE_OUT,
    UNSOLVED,
    "alter table incidents add primary key (number)",
    "analyze incidents",
    PAUSES,
    "create index on pauses (number)",
    "analyze pauses",
)


def derive(cursor: CursorWrapper) -> None:
    """Makes `incidents`, `pauses` and `problems` (line, number, kind, column, value) out of `rows`."""
    cursor.execute(SETTINGS)
    for statement in STATEMENTS:
        cursor.execute(statement)


SERVICENOW = Layout(
    key="servicenow",
    name="ServiceNow",
    columns=(
        "number",
        "incident_state",
        "sys_mod_count",
        "sys_updated_at",
        "opened_at",
        "resolved_at",
        "closed_at",
        "location",
        "category",
        "priority",
    ),
    optional=("sys_created_at", "subcategory", "u_symptom"),
    instants=frozenset(INSTANTS),
    instant=re.compile(r"\d{2}-\d{2}-\d{4} \d{2}:\d{2}"),
    derive=derive,
)
