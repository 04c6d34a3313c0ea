"""Lists that are known again, or nearly: which desk, which of two columns, and what has been saved meanwhile."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from sla.actions.imports import choose_columns, prepare_import
from sla.imports.mapping import read_codes
from sla.imports.reading import Refused
from sla.models import Import, ImportState, Incident
from tests import make
from tests.make import oslo
from tests.sla.test_import_lists import COLUMNS, LIST, MAPPING, NAMED, chosen, read, saved

SHORT = {"number": 0, "opened": 1, "priority": 2}


@pytest.fixture(autouse=True)
def ground(arendal, grimstad):
    make.service("EPOST", "E-post")


def known_as(*sources: str) -> None:
    for source in sources:
        choose_columns(one=read(), source=source, columns=COLUMNS, by=None)


def test_a_name_that_two_columns_have_is_asked_of_each_time():
    twice = "Dato;Saksnr;Pri;Dato\n01.01.2026 08:00;A-1;2;02.01.2026 08:00\n"
    choose_columns(one=read(twice), source="pureservice", columns={"number": 1, "opened": 3, "priority": 2}, by=None)
    assert read(twice).source == ""


def test_a_list_that_could_be_of_two_desks_waits_for_a_person():
    known_as("pureservice", "topdesk")
    assert read().source == ""


def test_the_command_says_which_of_two_desks_a_list_is_of():
    known_as("pureservice", "topdesk")
    size, codes = len(LIST), read_codes(MAPPING)
    one = prepare_import(
        file=BytesIO(LIST.encode()), name="saker.csv", size=size, source="topdesk", codes=codes, by=None
    )
    assert (one.source, one.columns) == ("topdesk", COLUMNS)


@pytest.mark.parametrize(
    ("source", "columns", "said"),
    [
        ("servicenow", '{"number": "Saksnr", "opened": "Meldt", "priority": "Prioritet"}', "ServiceNow"),
        ("p" * 41, '{"number": "Saksnr", "opened": "Meldt", "priority": "Prioritet"}', "40"),
        ("pureservice", '{"number": "Saksnr", "opened": "Meldt", "priority": "Meldt"}', "to ting"),
    ],
    ids=["the name of a format", "a name that is too long", "one column for two things"],
)
def test_the_command_refuses_in_words(tmp_path, source, columns, said):
    (tmp_path / "saker.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "c.json").write_text(columns, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        call_command(
            "import_incidents", str(tmp_path / "saker.csv"), "--source", source, "--columns", str(tmp_path / "c.json")
        )


def test_the_command_refuses_a_name_that_two_columns_have(tmp_path):
    (tmp_path / "saker.csv").write_text("Saksnr;Meldt;Pri;Meldt\n", encoding="utf-8")
    (tmp_path / "c.json").write_text('{"number": "Saksnr", "opened": "Meldt", "priority": "Pri"}', encoding="utf-8")
    with pytest.raises(CommandError, match="to ganger"):
        call_command(
            "import_incidents", str(tmp_path / "saker.csv"), "--source", "x", "--columns", str(tmp_path / "c.json")
        )


def test_the_columns_of_what_is_saved_meanwhile_stay():
    saved(LIST, columns=NAMED)
    stale = Import.objects.get()
    stale.state = ImportState.READ
    with pytest.raises(ValidationError, match="lagret"):
        choose_columns(one=stale, source="pureservice", columns=SHORT, by=None)
    assert Import.objects.get().state == ImportState.SAVED


def test_columns_of_what_a_restart_has_emptied_are_refused():
    one = read()
    with connection.cursor() as cursor:
        cursor.execute(f"truncate import_{one.pk}.given")
    with pytest.raises(ValidationError, match="lastes opp på nytt"):
        choose_columns(one=one, source="pureservice", columns=COLUMNS, by=None)


def test_one_that_would_be_solved_before_it_opened_refuses_the_file():
    saved(LIST, columns=NAMED | {"resolved": "Løst"})
    later = "Saksnr;Meldt;Prioritet;Kommune;Tjeneste\nA-1;03.04.2026 08:00;3;Arendal;E-post\n"
    with pytest.raises(Refused, match="A-1"):
        saved(later, columns=NAMED)
    assert Incident.objects.get(external_id="A-1").opened == oslo(2026, 4, 1, 8)


def test_each_row_without_a_number_is_counted():
    one = chosen(LIST + ";02.04.2026 10:00;3;Arendal;E-post;Uten nummer igjen;;\n")
    assert (one.incidents, one.left_out) == (8, 5)


def test_one_that_is_closed_and_not_solved_is_told():
    content = "Saksnr;Meldt;Pri;Status;Løst;Lukket\nA-1;01.04.2026 08:00;2;Avsluttet;;01.04.2026 12:00\n"
    columns = SHORT | {"state": 3, "resolved": 4, "closed": 5}
    one = choose_columns(one=read(content), source="pureservice", columns=columns, by=None)
    assert [(row.line, row.kind, row.column, row.value) for row in one.problems.all()] == [
        (2, "unsolved", "Løst", "Avsluttet")
    ]
    assert one.left_out == 0


def test_a_column_without_a_name_is_told_by_its_number():
    content = "Saksnr;;Prioritet\nA-1;tirsdag;2\n"
    one = choose_columns(one=read(content), source="pureservice", columns=SHORT, by=None)
    assert str(one.problems.get().column) == "(kolonne 2)"


def test_where_one_date_has_the_month_first_none_with_strokes_is_read():
    content = "Saksnr;Meldt;Prioritet\nA-1;04/13/2026 08:00;2\nA-2;04/05/2026 08:00;2\nA-3;05.04.2026 08:00;2\n"
    one = choose_columns(one=read(content), source="pureservice", columns=SHORT, by=None)
    assert [(row.line, row.kind) for row in one.problems.all()] == [(2, "moment"), (3, "moment")]


@pytest.mark.parametrize(
    ("told", "problems"),
    [("2", []), ("2 - virksomhet", []), ("Virksomhet", []), ("2 - Medium", ["Omfang"]), ("2x", ["Omfang"])],
)
def test_an_impact_of_another_scale_is_told_and_not_read_as_ours(told, problems):
    content = f"Saksnr;Meldt;Prioritet;Omfang\nA-1;01.04.2026 08:00;2;{told}\n"
    one = choose_columns(one=read(content), source="pureservice", columns=SHORT | {"impact": 3}, by=None)
    assert [row.column for row in one.problems.all()] == problems


def test_lines_with_nothing_between_the_separators_are_no_incidents():
    one = chosen(LIST + ";;;;;;;\n; ;;;;;;\n")
    assert (one.rows, one.incidents, one.left_out) == (8, 7, 4)
