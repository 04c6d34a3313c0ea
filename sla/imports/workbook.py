"""The first sheet that one sees of a workbook (XLSX), as rows with their line numbers, one in memory at a time."""

import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sla.imports.reading import MOST_COLUMNS, Refused

SIGNATURE = b"PK\x03\x04"
UNPACKED = 10  # times the largest file: more is no list of incidents
MOST_TEXT = 200_000_000
"""Bytes unpacked of all that is no sheet: it is held in memory while the sheet is read."""
LAST_ROW = 1_048_576
"""Of any sheet there is."""
BROKEN = (
    BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    RuntimeError,
    EOFError,
    StopIteration,
)
"""What reading something that only looks like a workbook ends in."""
UNRECKONED = re.compile(
    rb'<c\b(?=[^>]*\br="([A-Z]+[0-9]+)")(?![^>]*\bt="str")[^>]*><f\b(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
"""A formula of which the file holds no value. An empty text is a value."""
MERGED = re.compile(rb'<mergeCell [^>]*\bref="([A-Z]+([0-9]+):[A-Z]+([0-9]+))"')
OVERLAP = 1 << 15
"""Bytes: longer than a cell with its formula."""
QUOTED = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')
CHUNK = 1 << 20


def is_workbook(file: BinaryIO) -> bool:
    begins = file.read(len(SIGNATURE))
    file.seek(0)
    return begins == SIGNATURE


class Sheet:
    """As `reading.Rows`: iterate for (line, fields); the first row that holds something is the header.

    An instant is written as it stands in the cell, which has no zone. Cells beyond the header are left alone.
    """

    delimiter = ""

    def __init__(self, file: BinaryIO) -> None:
        self.digest, self.size = _digest(file)
        self._rows = enumerate(_rows(file), 1)
        self.header = next((_texts(row) for _line, row in self._rows if any(_texts(row))), [])
        while self.header and not self.header[-1]:
            self.header.pop()
        if not self.header:
            raise Refused(_("The file is empty."))

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self.header)
        for line, row in self._rows:
            texts = _texts(row)[:width]
            if any(texts):
                yield line, texts + [""] * (width - len(texts))


def _digest(file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return digest.hexdigest(), size


def _rows(file: BinaryIO) -> Iterator[tuple[Any, ...]]:
    """Refused for what only looks like a workbook, and for one that unpacks to more than any export."""
    try:
        _refuse_unpacked(file)
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
        _refuse_what_is_not_there(file, sheet._worksheet_path)  # type: ignore[attr-defined]
        sheet.reset_dimensions()  # type: ignore[attr-defined]  # what it says of its size need not be so
        yield from _down_to_the_last(sheet.iter_rows(max_col=MOST_COLUMNS + 1))
    except BROKEN as error:
        raise Refused(_("The file is no workbook that can be read. Save it as XLSX or CSV.")) from error


def _refuse_unpacked(file: BinaryIO) -> None:
    with ZipFile(file) as packed:
        sizes = [(one.file_size, one.filename.startswith("xl/worksheets/")) for one in packed.infolist()]
    text = sum(size for size, is_sheet in sizes if not is_sheet)
    if text > MOST_TEXT or sum(size for size, _is_sheet in sizes) > settings.IMPORT_LIMIT_BYTES * UNPACKED:
        raise Refused(_("The workbook unpacks to more than a list of incidents can be."))


def _refuse_what_is_not_there(file: BinaryIO, path: str) -> None:
    """A cell that looks filled and is read as empty would be lost silently."""
    with ZipFile(file) as packed, packed.open(path) as sheet:
        before = b""
        while chunk := sheet.read(CHUNK):
            _refuse_empty(before + chunk)
            before = chunk[-OVERLAP:]


def _refuse_empty(text: bytes) -> None:
    if found := UNRECKONED.search(text):
        words = _("Cell %(cell)s holds a formula without a value. Open the workbook, let it calculate, and save it.")
        raise Refused(words % {"cell": found[1].decode()})
    if merged := next((one for one in MERGED.finditer(text) if one[2] != one[3]), None):
        words = _("Cells %(cells)s are merged, so all but the first are empty. Split them, and fill each in.")
        raise Refused(words % {"cells": merged[1].decode()})


def _down_to_the_last(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for line, row in enumerate(rows, 1):
        if line > LAST_ROW:
            raise ValueError(line)
        yield row


def _texts(row: tuple[Any, ...]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    match cell.value:
        case None:
            return ""
        case datetime() as moment:
            return moment.isoformat(" ", "seconds") if _has_a_time(cell, moment) else moment.date().isoformat()
        case date() as day:
            return day.isoformat()
        case float() as number if number.is_integer():
            return str(int(number))
    return str(cell.value).replace("\0", "").strip()


def _has_a_time(cell: Any, moment: datetime) -> bool:
    """Midnight is a time of day only where the cell shows hours: a day alone is stored as its midnight."""
    return moment.time() != time() or "h" in QUOTED.sub("", cell.number_format).lower()
