"""The table of clocks made anew beside the old one, and put in its place in one moment.

`sla_clock` is a partitioned table with one partition. The fresh partition is filled without indexes and with frozen
rows, which any snapshot may see; then it gets the constraints and indexes of the old one and takes its place. Rights,
names and whatever refers to `sla_clock` stay as they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

PARENT = "sla_clock"
FROZEN = ", freeze"
INDEX_MEMORY = "128MB"

CURRENT = "select inhrelid::regclass::text from pg_inherits where inhparent = %s::regclass"
PRIMARY_KEYS = """
    select format('alter table %%s add %%s', %s, pg_get_constraintdef(oid))
    from pg_constraint where conrelid = %s::regclass and contype = 'p'
"""
INDEXES = """
    select format('create index on %%s %%s', %s, substring(pg_get_indexdef(indexrelid) from ' USING .*'))
    from pg_index where indrelid = %s::regclass and not indisprimary
"""


@contextmanager
def fresh_partition(number: int) -> Iterator[str]:
    """The name of an empty table to be filled; at the end of the block it is the table of clocks."""
    fresh = f"{PARENT}_{number}"
    with connection.cursor() as cursor:
        cursor.execute(f"create table {fresh} (like {PARENT} including defaults including constraints)")
        yield fresh
        cursor.execute("set local maintenance_work_mem = %s", [INDEX_MEMORY])
        cursor.execute(CURRENT, [PARENT])
        (current,) = cursor.fetchone()
        for catalogue in (PRIMARY_KEYS, INDEXES):
            cursor.execute(catalogue, [fresh, PARENT])
            for (statement,) in cursor.fetchall():
                cursor.execute(statement)
        cursor.execute(f"analyze {fresh}")
        cursor.execute(f"alter table {PARENT} detach partition {current}")
        cursor.execute(f"drop table {current}")
        cursor.execute(f"alter table {PARENT} attach partition {fresh} for values from (minvalue) to (maxvalue)")
