"""What workbooks from the world get wrong: sizes that are not so, hidden sheets, dates without a time of day."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from sla.actions.imports import choose_columns, read_file
from sla.imports import workbook
from sla.imports.reading import Refused
from sla.models import Import
from tests.make import oslo

HEADER = ["Saksnr", "Meldt", "Prioritet"]
COLUMNS = {"number": 0, "opened": 1, "priority": 2}
SHEET = "xl/worksheets/sheet1.xml"

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")


@pytest.fixture
def book(db) -> Workbook:
    made = Workbook()
    for row in (HEADER, ["A-1", "02.04.2026 08:00", 2], ["A-2", "02.04.2026 09:00", 3]):
        made.active.append(row)
    return made


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def changed(content: bytes, before: bytes, after: bytes, name: str = SHEET) -> bytes:
    """The first sheet, or another part, with other text in it."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            text = old.read(one)
            assert one.filename != name or before in text
            new.writestr(one.filename, text.replace(before, after) if one.filename == name else text)
    return file.getvalue()


def read(content: bytes) -> Import:
    return read_file(file=BytesIO(content), name="saker.xlsx", size=len(content), by=None)


def test_rows_outside_the_size_that_the_sheet_says_it_has_are_read_too(book):
    one = read(changed(saved(book), b'<dimension ref="A1:C3"', b'<dimension ref="A1:C2"'))
    assert one.rows == 2


def test_a_hidden_sheet_is_passed_over(book):
    book.create_sheet("Notater", 0).sheet_state = "hidden"
    assert read(saved(book)).header == HEADER


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"</sheetData>", b""), (b'r="A3"', b'r="3A3"'), (b't="n"', b't="n" s="x"')],
    ids=["cut", "a cell that is nowhere", "a style that is no number"],
)
def test_a_sheet_that_cannot_be_read_refuses_the_file(book, before, after):
    with pytest.raises(Refused, match="arbeidsbok"):
        read(changed(saved(book), before, after))


def test_a_row_below_the_last_that_a_sheet_can_have_refuses_the_file(book):
    with pytest.raises(Refused, match="arbeidsbok"):
        read(changed(saved(book), b'<row r="3"', b'<row r="1500000"'))


def test_a_workbook_with_more_text_than_memory_should_hold_is_refused(book, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_TEXT", 1000)
    with pytest.raises(Refused, match="pakket ut"):
        read(saved(book))


def test_a_day_without_a_time_is_told_and_midnight_is_not(book):
    book.active.append(["A-3", date(2026, 4, 2), 3])
    book.active.append(["A-4", oslo(2026, 4, 2).replace(tzinfo=None), 3])
    one = choose_columns(one=read(saved(book)), source="excel", columns=COLUMNS, by=None)
    assert [(row.line, row.kind, row.value) for row in one.problems.all()] == [(4, "moment", "2026-04-02")]


def test_a_formula_that_nobody_has_reckoned_refuses_the_file(book):
    book.active["B3"] = "=B2+1"
    with pytest.raises(Refused, match="B3"):
        read(saved(book))


def test_a_formula_with_its_value_is_read(book):
    book.active["B3"] = "=B2+1"
    assert read(changed(saved(book), b"</f><v></v>", b"</f><v>46114.375</v>")).rows == 2


def test_cells_merged_over_several_rows_refuse_the_file(book):
    book.active.merge_cells("C2:C3")
    with pytest.raises(Refused, match="C2:C3"):
        read(saved(book))


def test_cells_merged_within_a_row_are_read(book):
    book.active.merge_cells("D2:E2")
    assert read(saved(book)).rows == 2


def test_a_list_of_more_columns_than_one_can_choose_among_is_refused(db):
    wide = Workbook()
    wide.active.append([f"Kolonne {number}" for number in range(201)])
    with pytest.raises(Refused, match="200"):
        read(saved(wide))
    content = ";".join(f"Kolonne {number}" for number in range(201)).encode()
    with pytest.raises(Refused, match="200"):
        read_file(file=BytesIO(content), name="saker.csv", size=len(content), by=None)


def test_a_workbook_of_hidden_sheets_alone_is_refused(book):
    content = saved(book)
    with pytest.raises(Refused, match="arbeidsbok"):
        read(changed(content, b'state="visible"', b'state="hidden"', name="xl/workbook.xml"))
