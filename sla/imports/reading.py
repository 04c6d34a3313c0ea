"""A delimited file as rows with their line numbers, one row in memory at a time, or the sentence that refuses it."""

import csv
import hashlib
from collections.abc import Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO, NoReturn

from django.utils.translation import gettext as _

LINE_LIMIT = 1_000_000  # bytes; a longer line is no export, and would not be read in flat memory
MOST_COLUMNS = 200  # of a list, among which one can still choose
COMMA = ","
DELIMITERS = (COMMA, ";", "\t")
BYTE_ORDER_MARK = "\ufeff"


class Refused(Exception):  # noqa: N818 - a verdict on the file
    """The whole file is refused; the text is a translated sentence for the person who sent it."""


class TextLines:
    """The lines of a binary file as text: strictly UTF-8, with or without byte order mark, no zero bytes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0
        self.ended = False
        self.last_is_whole = True

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def __iter__(self) -> Iterator[str]:
        for number, raw in enumerate(iter(partial(self._file.readline, LINE_LIMIT), b""), 1):
            self._digest.update(raw)
            self.size += len(raw)
            self.last_is_whole = raw.endswith(b"\n")
            yield self._text(number, raw)
        self.ended = True

    def _text(self, number: int, raw: bytes) -> str:
        if number == 1 and b"\r" in raw.rstrip(b"\r\n"):
            raise Refused(_("The lines of the file end in CR alone. Save it with line ends LF or CRLF."))
        if len(raw) == LINE_LIMIT and not self.last_is_whole:
            raise Refused(_("Line %(line)s is longer than a line of an export can be.") % {"line": number})
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            words = _(
                "Line %(line)s is not UTF-8 text. Export the file as UTF-8, or save it in the spreadsheet as "
                "“CSV UTF-8” or XLSX."
            )
            raise Refused(words % {"line": number}) from error
        if "\0" in text:
            raise Refused(_("Line %(line)s holds a zero byte; this is not a text file.") % {"line": number})
        return text.removeprefix(BYTE_ORDER_MARK) if number == 1 else text


def delimiter_of(header: str) -> str:
    return max(DELIMITERS, key=header.count)


class Rows:
    """The rows of a comma-separated file (RFC 4180: quoted fields may hold commas, quotes and line breaks); where the
    header has more semicolons or tabs, it is those that separate, as Norwegian spreadsheets have it.

    Iterate for (number of the row's first line, fields); the first row is the header, and every row has its width.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.lines = TextLines(file)
        lines = iter(self.lines)
        first = next(lines, "")
        self.delimiter = delimiter_of(first)
        self._reader = csv.reader(chain([first], lines), delimiter=self.delimiter, strict=True)
        self._line = 1
        self.last: list[str] = []
        self.header = self._next() or []
        if not self.header:
            raise Refused(_("The file is empty."))

    @property
    def size(self) -> int:
        return self.lines.size

    @property
    def digest(self) -> str:
        return self.lines.digest

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self.header)
        while (row := self._next()) is not None:
            if len(row) == width:
                self.last = row
                yield self._line, row
            elif row:
                self._refuse_width(len(row))

    def _next(self) -> list[str] | None:
        first_line = self._reader.line_num + 1
        try:
            row = next(self._reader, None)
        except csv.Error as error:
            self._line = first_line
            if self.lines.ended:
                self.refuse_cut()
            raise Refused(_("The quotes in line %(line)s do not match.") % {"line": first_line}) from error
        if row:
            self._line = first_line
        return row

    def _refuse_width(self, found: int) -> None:
        if found < len(self.header) and next(iter(self.lines), None) is None:
            self.refuse_cut()
        raise Refused(
            _("Line %(line)s has %(found)s columns; the header has %(expected)s.")
            % {"line": self._line, "found": found, "expected": len(self.header)}
        )

    def refuse_cut(self) -> NoReturn:
        raise Refused(
            _("The file ends in the middle of the row in line %(line)s. Export it again.") % {"line": self._line}
        )
