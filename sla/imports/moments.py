"""Points in time as a file writes them, in SQL: each text is read once.

Without an offset it is Norwegian local time. Of two ambiguous hours (summer time ends) the first is meant; a
nonexistent one is moved forward by an hour, and told.
"""

from collections.abc import Iterable

from sla.imports.layout import MISSING

ZONE = "Europe/Oslo"
MONTH_FIRST = "^(0?[1-9]|1[0-2])/(1[3-9]|2[0-9]|3[01])/"
"""With strokes, the thirteenth or later in the place of the month: in such a file the month stands first."""
SETTINGS = "select set_config('datestyle', 'ISO, DMY', true), set_config('work_mem', '64MB', true)"
"""The day stands before the month."""


def clean(column: str) -> str:
    """Null for what is empty, or said to be missing."""
    return f"nullif(nullif(btrim({column}), ''), '{MISSING}')"


def moments(columns: Iterable[str], *, local: str, absolute: str = "") -> str:
    """Makes the table `moments` (text, is_unreadable, is_nonexistent, instant) of these columns of `rows`.

    `local` is how an instant without an offset is written, and `absolute` how one with it; both regular expressions.
    `at time zone` takes the second of two ambiguous hours, and the first is an hour earlier; it moves a nonexistent one
    forward. Where one with strokes has the month first, none with strokes is read.
    """
    with_offset = "null::timestamptz"
    if absolute:
        is_one = f"word ~ '{absolute}' and pg_input_is_valid(word, 'timestamptz')"
        with_offset = f"case when {is_one} then word::timestamptz end"
    return f"""
create unlogged table moments as
with texts as (
    {" union ".join(f"select {name} as text from rows" for name in columns)}
), given as materialized (
    select text, {clean("text")} as word from texts where {clean("text")} is not null
), clocks as materialized (
    select text, case when word ~ '{local}' and pg_input_is_valid(word, 'timestamp')
                           and not (word ~ '/' and (select bool_or(word ~ '{MONTH_FIRST}') from given))
                      then word::timestamp end as local,
           {with_offset} as absolute
    from given
), seconds as materialized (
    select text, local, absolute, local at time zone '{ZONE}' as second from clocks
)
select text, local is null and absolute is null as is_unreadable,
       second at time zone '{ZONE}' <> local as is_nonexistent,
       coalesce(absolute, case when (second - interval '1 hour') at time zone '{ZONE}' = local
                               then second - interval '1 hour' else second end) as instant
from seconds
"""  # noqa: S608 - made of our own words, as all SQL here


def these(conditions: dict[str, str]) -> str:
    """The columns whose condition holds, as an array; null where none does."""
    names = ", ".join(f"case when {condition} then '{column}' end" for column, condition in conditions.items())
    return f"nullif(array_remove(array[{names}], null), '{{}}')"
