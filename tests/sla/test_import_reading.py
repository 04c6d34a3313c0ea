"""What refuses a whole file, and what does not."""

import io
import tracemalloc

import pytest

from sla.actions.imports import read_file
from sla.imports.reading import Refused, Rows
from sla.models import Import
from tests.sla.exports import HEADER, export, real

pytestmark = pytest.mark.django_db

TWO = export({"number": "INC1"}, {"number": "INC2"})
NOT_UTF_8 = "Line %s is not UTF-8 text. Export the file as UTF-8, or save it in the spreadsheet as “CSV UTF-8” or XLSX."


def read(content: bytes) -> Import:
    return read_file(file=io.BytesIO(content), name="eksport.csv", size=len(content), by=None)


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(content)
    assert not Import.objects.exists()
    return str(refused.value)


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def test_a_file_in_utf_8_is_read():
    assert read(TWO).rows == 2


def test_line_ends_of_cr_alone_refuse_the_file():
    assert refusal(TWO.replace(b"\n", b"\r")) == (
        "The lines of the file end in CR alone. Save it with line ends LF or CRLF."
    )


def test_a_byte_order_mark_is_no_part_of_the_header():
    assert read(b"\xef\xbb\xbf" + TWO).rows == 2


def test_line_ends_of_windows_are_line_ends():
    assert read(TWO.replace(b"\n", b"\r\n")).rows == 2


def test_a_last_line_without_a_line_break_counts():
    assert read(TWO.rstrip(b"\n")).rows == 2


def test_empty_lines_are_passed_over():
    assert read(TWO + b"\n\n").rows == 2


def test_columns_may_stand_in_another_order_and_beside_others():
    content = export({"number": "INC1", "vendor": "?"}, header=["vendor", *reversed(HEADER)])
    assert read(content).incidents == 1


def test_columns_that_only_lend_words_may_be_missing():
    assert read(export({}, header=[*HEADER[:9], "closed_at"])).incidents == 1


def test_an_empty_file_is_refused():
    assert refusal(b"") == "The file is empty."


@pytest.mark.parametrize("name", ["number", "sys_updated_at", "resolved_at", "location"])
def test_a_header_without_a_needed_column_is_refused(name):
    content = TWO.replace(name.encode(), b"something", 1)
    sentence = f"The header in line 1 is not that of an export from ServiceNow. It lacks: {name}."
    assert refusal(content) == sentence


def test_a_header_with_a_column_twice_is_refused():
    content = export({}, header=[*HEADER, "vendor"]).replace(b"vendor", b"number", 1)
    assert refusal(content) == "The header in line 1 has the column number twice."


def test_a_file_with_semicolons_has_the_wrong_header():
    assert refusal(TWO.replace(b",", b";")).startswith("The header in line 1 is not that of an export")


def test_a_file_without_its_header_is_refused():
    assert refusal(TWO.split(b"\n", 1)[1]).startswith("The header in line 1 is not that of an export")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_another_encoding_is_refused_with_its_line(encoding):
    content = export({}, {"category": "Nøkler"}).decode().encode(encoding)
    assert refusal(content) == NOT_UTF_8 % 3


def test_utf_16_is_refused():
    assert refusal(TWO.decode().encode("utf-16")) == NOT_UTF_8 % 1


def test_a_zero_byte_is_refused():
    assert refusal(TWO.replace(b"INC2", b"INC\0")) == "Line 3 holds a zero byte; this is not a text file."


@pytest.mark.parametrize("kept", range(1, len(export({}).splitlines()[1])))
def test_a_file_that_ends_anywhere_in_its_last_row_is_refused(kept):
    header, row = export({"resolved_at": "02-03-2016 10:00", "closed_at": "05-03-2016 12:00"}).splitlines()
    assert refusal(header + b"\n" + row[:kept]) == (
        "The file ends in the middle of the row in line 2. Export it again."
    )


def test_a_file_that_ends_inside_quotes_is_refused():
    content = TWO + b'INC3,"New,0'
    assert refusal(content) == "The file ends in the middle of the row in line 4. Export it again."


@pytest.mark.parametrize(("row", "found"), [(b"INC9,New\n", 2), (b"," * len(HEADER) + b"\n", len(HEADER) + 1)])
def test_a_row_of_another_width_is_refused_with_its_line(row, found):
    header, first, second, _end = TWO.split(b"\n")
    content = b"\n".join([header, first, row.strip(), second, b""])
    assert refusal(content) == f"Line 3 has {found} columns; the header has {len(HEADER)}."


def test_quotes_that_do_not_match_are_refused_with_their_line():
    assert refusal(TWO.replace(b"INC1", b'"INC"1')) == "The quotes in line 2 do not match."


def test_line_breaks_in_quotes_belong_to_the_field_and_lines_are_those_of_the_file():
    content = export({"category": 'a\nb,"c"'}, {"sys_updated_at": "x"})
    one = read(content)
    assert [problem.line for problem in one.problems.all()] == [4]


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings):
    settings.IMPORT_LIMIT_BYTES = 2_000_000
    with pytest.raises(Refused, match=r"^The file is larger than 2 MB, the most that is imported at once\.$"):
        read_file(file=None, name="eksport.csv", size=2_000_001, by=None)  # type: ignore[arg-type]


def test_a_line_that_never_ends_is_refused_without_being_held_in_memory():
    assert refusal(b"x" * 3_000_000) == "Line 1 is longer than a line of an export can be."


def test_twenty_megabytes_are_read_in_flat_memory():
    header, rows = real().split(b"\n", 1)
    content = io.BytesIO(header + b"\n" + rows * 18)
    size = content.getbuffer().nbytes
    tracemalloc.start()
    one = read_file(file=content, name="eksport.csv", size=size, by=None)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (one.size, one.rows) == (size, 18 * 3370)
    assert peak < 5_000_000


def test_the_digest_is_that_of_the_whole_file():
    rows = Rows(io.BytesIO(TWO))
    assert len(list(rows)) == 2
    assert rows.lines.digest == read(TWO).digest
