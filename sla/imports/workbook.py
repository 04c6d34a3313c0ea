"""The first sheet of a workbook (XLSX) as rows with their line numbers, one in memory at a time."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sla.imports.reading import Refused

SIGNATURE = b"PK\x03\x04"
UNPACKED = 10  # times the largest file: more is no list of incidents
MOST_COLUMNS = 200
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
        with ZipFile(file) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        if unpacked > settings.IMPORT_LIMIT_BYTES * UNPACKED:
            raise Refused(_("The workbook unpacks to more than a list of incidents can be."))
        book = load_workbook(file, read_only=True, data_only=True)
        return iter(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True))
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, OSError) as error:
        raise Refused(_("The file is no workbook that can be read. Save it as XLSX or CSV.")) from error


def _texts(row: tuple[Any, ...]) -> list[str]:
    return [_text(value) for value in row]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(" ", "seconds")
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value).replace("\0", "").strip()
