"""Tables as CSV: one kind for people and their spreadsheets, one for machines."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from kit.formats import in_oslo

BYTE_ORDER_MARK = "\ufeff"
KEPT_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def people_csv(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Lines for a Norwegian spreadsheet: byte order mark, semicolons, decimal comma, days as 23.11.2026.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. Write the
    lines as UTF-8 without translating their line ends.
    """
    yield BYTE_ORDER_MARK
    yield from csv_lines(rows, people_cell, delimiter=";", line_end="\r\n")


def machine_csv(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    r"""Lines for a program: comma, decimal point, ISO days, instants in UTC, `\n`; text word for word."""
    yield from csv_lines(rows, machine_cell, delimiter=",", line_end="\n")


def csv_lines(
    rows: Iterable[Sequence[object]], cell: Callable[[object], str], *, delimiter: str, line_end: str
) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter, lineterminator=line_end)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def people_cell(value: object) -> str:
    match value:
        case None:
            return ""
        case Decimal() | int() | float():
            return machine_cell(value).replace(".", ",")
        case datetime():
            return f"{in_oslo(value):%d.%m.%Y %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}"
    text = str(value)
    harmless = not text.lstrip(" ").startswith(FORMULA_STARTS) or KEPT_NUMBER.fullmatch(text)
    return text if harmless else f"'{text}"


def machine_cell(value: object) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case datetime():
            return f"{in_oslo(value).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
    return str(value)
