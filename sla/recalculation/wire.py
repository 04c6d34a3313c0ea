"""PostgreSQL's binary formats as NumPy columns: whole arrays out, rows for COPY in. Nothing here runs per row.

Source: PostgreSQL 18, src/backend/utils/adt/arrayfuncs.c (array_send) and the documentation of COPY, "Binary Format".
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from django.db import connection
from psycopg import Cursor
from psycopg.copy import QueuedLibpqWriter

from kit.worktime import FOREVER
from sla.timelines import Column

type Flags = npt.NDArray[np.bool_]

ARRAY_HEADER = np.dtype(
    [("dimensions", ">i4"), ("has_null", ">i4"), ("type", ">i4"), ("length", ">i4"), ("low", ">i4")]
)
INT2, INT8, TIMESTAMPTZ = 21, 20, 1184
ITEMS = {INT2: ">i2", INT8: ">i8", TIMESTAMPTZ: ">i8"}
POSTGRES_EPOCH = 946_684_800  # 2000-01-01T00:00Z in epoch seconds
POSTGRES_EPOCH_DAY = 10_957
MICROSECONDS = 1_000_000
COPY_HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_END = b"\xff\xff"
NULL_LENGTH = -1


def fetch_columns(query: str, expressions: Sequence[str], parameters: Sequence[object] = ()) -> list[Column]:
    """One int64 column per expression over the rows of the query; none may be NULL.

    Columns travel as arrays: no row is a message of its own, which is what reading by COPY spends its time on.
    """
    arrays = ", ".join(f"array_agg({expression})" for expression in expressions)
    with Cursor(connection.connection) as cursor:
        cursor.execute(f"select {arrays} from ({query}) as input", parameters, binary=True)  # noqa: S608 - our own words
        assert cursor.pgresult is not None  # noqa: S101 - for the type checker
        return [array_column(cursor.pgresult.get_value(0, number)) for number in range(len(expressions))]


def array_column(sent: bytes | None) -> Column:
    """A one-dimensional array of smallint, bigint or timestamptz; instants become epoch seconds, cut to whole ones."""
    if sent is None:
        return np.empty(0, dtype=np.int64)
    header = np.frombuffer(sent, ARRAY_HEADER, count=1)[0]
    if header["has_null"]:
        raise ValueError("A column that may be NULL cannot be read as numbers.")
    element = np.dtype([("size", ">i4"), ("value", ITEMS[int(header["type"])])])
    values = np.frombuffer(sent, element, offset=ARRAY_HEADER.itemsize)["value"].astype(np.int64)
    return epoch_seconds(values) if header["type"] == TIMESTAMPTZ else values


def epoch_seconds(instants: Column) -> Column:
    """From microseconds since 2000; PostgreSQL's infinity is the largest int64, as FOREVER is."""
    return np.where(instants == FOREVER, FOREVER, instants // MICROSECONDS + POSTGRES_EPOCH)


class Field(NamedTuple):
    """A column on its way in. `kind` is its NumPy type on the wire; rows where `known` is false are NULL."""

    kind: str
    values: Column | Flags
    known: Flags | None = None


def bigint(values: Column, known: Flags | None = None) -> Field:
    return Field(">i8", values, known)


def boolean(values: Flags, known: Flags | None = None) -> Field:
    return Field(">i1", values, known)


def instant(seconds: Column, known: Flags | None = None) -> Field:
    """timestamptz from epoch seconds; unknown ones may overflow, they are not sent."""
    return Field(">i8", (seconds - POSTGRES_EPOCH) * MICROSECONDS, known)


def day(days: Column, known: Flags | None = None) -> Field:
    """date from days since 1970."""
    return Field(">i4", days - POSTGRES_EPOCH_DAY, known)


def copy_rows(fields: Sequence[Field]) -> Iterator[bytes]:
    """The rows as binary COPY wants them, in blocks of rows that know the same fields."""
    pattern = np.zeros(len(fields[0].values), dtype=np.int64)
    for place, field in enumerate(fields):
        if field.known is not None:
            pattern |= (~field.known).astype(np.int64) << place
    for code in np.unique(pattern):
        absent = {place for place in range(len(fields)) if int(code) >> place & 1}
        yield block(fields, np.flatnonzero(pattern == code), absent).tobytes()


def block(fields: Sequence[Field], rows: Column, absent: set[int]) -> npt.NDArray[np.void]:
    """Rows of one layout: the number of fields, then each field's length and value, or the length -1 for NULL."""
    layout = [("count", ">i2")]
    for place, field in enumerate(fields):
        layout += [(f"length{place}", ">i4")] + ([] if place in absent else [(f"value{place}", field.kind)])
    table = np.empty(len(fields[0].values[rows]), dtype=layout)
    table["count"] = len(fields)
    for place, field in enumerate(fields):
        table[f"length{place}"] = NULL_LENGTH if place in absent else np.dtype(field.kind).itemsize
        if place not in absent:
            table[f"value{place}"] = field.values[rows]
    return table


def copy_in(table: str, columns: Sequence[str], blocks: Iterable[bytes], options: str = "") -> None:
    """One COPY of blocks of rows. A thread sends them, so that the server works while the next block is made."""
    statement = f"copy {table} ({', '.join(columns)}) from stdin (format binary{options})"
    with (
        Cursor(connection.connection) as cursor,
        cursor.copy(statement, writer=QueuedLibpqWriter(cursor)) as copy,
    ):
        copy.write(COPY_HEADER)
        for rows in blocks:
            copy.write(rows)
        copy.write(COPY_END)
