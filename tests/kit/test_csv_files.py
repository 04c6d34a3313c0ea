"""People's spreadsheets open our files as they are; programs read them without guessing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kit.csv_files import machine_csv, people_cell, people_csv

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


def test_people_get_semicolons_decimal_commas_and_a_byte_order_mark():
    rows = [
        ["Kommune", "Beløp", "Dato", "Åpnet"],
        ["Risør", Decimal("-1234.50"), MONDAY, MORNING],
        ["a;b", None, 0.5, 3],
    ]
    assert "".join(people_csv(rows)).encode() == (
        b"\xef\xbb\xbfKommune;Bel\xc3\xb8p;Dato;\xc3\x85pnet\r\n"
        b"Ris\xc3\xb8r;-1234,50;23.11.2026;23.11.2026 10:10\r\n"
        b'"a;b";;0,5;3\r\n'
    )


def test_machines_get_commas_decimal_points_and_iso_dates():
    rows = [
        ["municipality", "value", "at"],
        ["=4203", Decimal("-1234.50"), MORNING],
        ["a,b", None, MONDAY],
        [1, 0.5, 3],
    ]
    assert "".join(machine_csv(rows)) == (
        'municipality,value,at\n=4203,-1234.50,2026-11-23T09:10:00Z\n"a,b",,2026-11-23\n1,0.5,3\n'
    )


@pytest.mark.parametrize("formula", ["=1+1", "+SUM(A1)", "-2+3", "@A1", " =1+1", "\t=1", "=HYPERLINK(A1)", "-"])
def test_text_that_a_spreadsheet_would_run_is_only_text(formula):
    assert people_cell(formula) == f"'{formula}"


@pytest.mark.parametrize("text", ["-5", "+47", "-5,2", "1.5", "a=b", "−5", "– ikke målt", ""])
def test_numbers_and_plain_text_are_left_as_they_are(text):
    assert people_cell(text) == text
