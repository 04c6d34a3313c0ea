"""Where a file waits: unlogged tables in a schema of its own, seen only while it is worked on.

Inside `staged(import_id)` the schema stands first in the search path, so the SQL of the formats names its tables
plainly: `rows` (the file's text), `incidents` and `pauses` (what the format made of it). Memory stays flat: the file
streams through COPY. A worker on another machine finds the rows in the database, not on a disk.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from sla.imports import columns
from sla.imports.layout import Layout
from sla.imports.reading import Rows
from sla.imports.workbook import Sheet
from sla.models.imports import Import

DEAD_CLIENT_CHECK = "2s"  # a killed worker's statement ends this soon after it

COUNT_NUMBERS = "select count(distinct nullif(number, '')) + count(*) filter (where number = '') from events"
COUNT_GIVEN = "select count(*) from given"
KEEP_PROBLEMS = """
insert into sla_importproblem (source_file_id, line, external_id, kind, "column", value)
select %s, line, number, kind, left(coalesce(%s::jsonb ->> "column", "column"), 40), left(value, 80) from problems
order by line, number, "column"
"""
VALUES = {
    column: f"select {column}, count(*) from incidents group by 1 order by 2 desc, 1"  # noqa: S608
    for column in ("location", "category")
}


@contextmanager
def staged(import_id: int) -> Iterator[CursorWrapper]:
    """A cursor in one transaction that sees the import's own tables before ours."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('search_path')")
        (before,) = cursor.fetchone()
        cursor.execute("select set_config('client_connection_check_interval', %s, true)", [DEAD_CLIENT_CHECK])
        _look_in(cursor, f"{_schema(import_id)}, {before}")
        yield cursor
        _look_in(cursor, before)


def _look_in(cursor: CursorWrapper, search_path: str) -> None:
    cursor.execute("select set_config('search_path', %s, true)", [search_path])


def make_room(import_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"create schema {_schema(import_id)}")


def clear(import_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"drop schema if exists {_schema(import_id)} cascade")


def is_there(import_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s) is not null", [f"{_schema(import_id)}.incidents"])
        return bool(cursor.fetchone()[0])


def fill(cursor: CursorWrapper, one: Import, rows: Rows, layout: Layout) -> None:
    """Reads the file to its end, lets the layout make incidents of it, and counts. The text itself is not kept."""
    one.rows = copy_in(cursor, rows, layout)
    one.size, one.digest = rows.size, rows.digest
    layout.derive(cursor)
    _count(cursor, one, {})


def keep(cursor: CursorWrapper, one: Import, rows: Rows | Sheet) -> None:
    """Reads a list to its end; its text waits in `given` until somebody has said which column is what."""
    cursor.execute("create unlogged table given (line bigint, cells text[])")
    with cursor.copy("copy given (line, cells) from stdin") as copy:
        filled = ((line, row) for line, row in rows if any(cell.strip() for cell in row))
        for one.rows, (line, row) in enumerate(filled, 1):
            copy.write_row((line, row))
    one.header, one.size, one.digest = rows.header, rows.size, rows.digest


def derive_list(cursor: CursorWrapper, one: Import) -> None:
    """Makes incidents of what was kept, by the columns of the import; again where they are others now."""
    names = {name: column_name(one.header, place) for name, place in one.columns.items()}
    cursor.execute("drop table if exists incidents, pauses")
    one.problems.all().delete()
    columns.derive(cursor, one.columns, names)
    _count(cursor, one, names)


def is_kept(cursor: CursorWrapper, one: Import) -> bool:
    """Whether the text of a list is still there, all of it."""
    cursor.execute(COUNT_GIVEN)
    return int(cursor.fetchone()[0]) == one.rows


def column_name(header: Sequence[str], place: int) -> str:
    """By number too where the header says nothing, or the same twice."""
    name = header[place]
    if name and header.count(name) == 1:
        return name
    return (_("%(name)s (column %(number)s)") % {"name": name, "number": place + 1}).strip()


def _count(cursor: CursorWrapper, one: Import, names: Mapping[str, str]) -> None:
    """`names` are what the file calls our columns, so that problems are told in its words."""
    cursor.execute(COUNT_NUMBERS)
    (one.incidents,) = cursor.fetchone()
    one.left_out = one.incidents - readable(cursor)
    cursor.execute(KEEP_PROBLEMS, [one.pk, json.dumps(names)])
    cursor.execute("drop table rows, events, problems, moments")


def copy_in(cursor: CursorWrapper, rows: Rows, layout: Layout) -> int:
    """Streams the file into `rows`: text as it stands, with line numbers. Returns how many rows there were."""
    names = [*layout.columns, *layout.optional]
    cursor.execute(f"create unlogged table rows (line bigint, {', '.join(f'{name} text' for name in names)})")
    pick = layout.picker(rows.header)
    count = 0
    with cursor.copy(f"copy rows (line, {', '.join(names)}) from stdin") as copy:
        for count, (line, row) in enumerate(rows, 1):  # noqa: B007 - the last one counts
            copy.write_row((line, *pick(row)))
    layout.refuse_a_cut_end(rows)
    return count


def readable(cursor: CursorWrapper) -> int:
    """How many incidents wait. Fewer than were read: the database was restarted without a clean stop."""
    cursor.execute("select count(*) from incidents")
    return int(cursor.fetchone()[0])


def values(cursor: CursorWrapper, column: str) -> list[tuple[str, int]]:
    """What the source calls its locations or categories, with counts, the most used first."""
    cursor.execute(VALUES[column])
    return list(cursor.fetchall())


def _schema(import_id: int) -> str:
    return f"import_{int(import_id)}"
