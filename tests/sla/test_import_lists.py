"""A list of incidents with columns of its own, CSV or XLSX: a person says what they are, and it is remembered."""

from datetime import timedelta
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from sla.actions.imports import choose_columns, prepare_import, save_import
from sla.imports.mapping import read_codes
from sla.imports.reading import Refused
from sla.models import Clock, Import, ImportLayout, Incident, Pause
from tests import make
from tests.make import oslo
from tests.sla.lists import COLUMNS, LIST, MAPPING, NAMED, chosen, read


@pytest.fixture(autouse=True)
def ground(arendal, grimstad):
    make.agreement((make.service("EPOST", "E-post"), arendal), first=oslo(2026, 1, 1).date())


def saved(content: str, **columns) -> dict:
    one = prepare_import(
        file=BytesIO(content.encode()), name="saker.csv", size=len(content), source="pureservice",
        codes=read_codes(MAPPING), by=None, **columns,
    )  # fmt: skip
    save_import(one=one, by=None)
    return {row.external_id: row for row in Incident.objects.all()}


def test_a_list_waits_until_somebody_has_said_what_its_columns_are():
    one = read()
    assert (one.source, one.header[:3], one.rows, one.incidents) == ("", ["Saksnr", "Meldt", "Prioritet"], 8, 0)


def test_each_row_is_an_incident_and_what_is_wrong_is_told_by_line_and_column():
    one = chosen()
    assert (one.source, one.incidents, one.left_out) == ("pureservice", 7, 4)
    assert [(row.line, row.kind, row.column, row.leaves_out) for row in one.problems.all()] == [
        (2, "repeated", "Saksnr", False),
        (4, "rank", "Prioritet", True),
        (5, "moment", "Meldt", True),
        (6, "backwards", "Løst", True),
        (7, "shifted", "Meldt", False),
        (9, "missing", "Saksnr", True),
    ]


def test_what_has_not_been_yet_is_left_out_and_told_as_the_file_says_it():
    ahead = timezone.localtime() + timedelta(days=2)
    late, iso = f"{ahead:%d.%m.%Y %H:%M}", ahead.isoformat(timespec="minutes")
    one = chosen(
        "Saksnr;Meldt;Prioritet;Kommune;Tjeneste;Svart;Løst;Lukket\n"
        f"A-1;{late};2;Arendal;E-post;;;\n"
        f"A-2;01.04.2026 08:00;2;Arendal;E-post;{iso};{late};{late}\n"
        f"A-3;01.04.2026 08:00;2;Arendal;E-post;;;{late}\n",
        {name: COLUMNS[name] for name in NAMED} | {"responded": 5, "resolved": 6, "closed": 7},
    )
    told = [(row.external_id, row.kind, row.column, row.value, row.leaves_out) for row in one.problems.all()]
    assert (one.incidents, one.left_out, sorted(told)) == (
        3,
        2,
        [
            ("A-1", "future", "Meldt", late, True),
            ("A-2", "future", "Løst", late, True),
            ("A-2", "future", "Svart", iso, True),
            ("A-3", "unsolved", "Løst", "Lukket", False),
        ],
    )


def test_what_is_told_of_a_solution_before_the_opening_is_written_as_we_write_days():
    assert [row.value for row in chosen().problems.filter(kind="backwards")] == ["01.04.2026 10:00"]


def test_it_is_saved_and_judged_as_any_other(arendal, grimstad):
    known = saved(LIST, columns=NAMED | {"title": "Tittel", "resolved": "Løst", "impact": "Omfang"})
    assert {
        number: (row.organisation, row.priority, row.impact, row.opened, row.resolved) for number, row in known.items()
    } == {
        "A-1": (arendal, 1, 1, oslo(2026, 4, 1, 8), oslo(2026, 4, 1, 12, 45)),
        "A-2": (grimstad, 2, 3, oslo(2026, 4, 2, 8), None),
        "A-6": (arendal, 4, None, oslo(2026, 3, 29, 3, 30), None),
    }


def test_what_a_list_has_no_column_for_stays_as_it_is():
    known = saved(LIST, columns=NAMED | {"resolved": "Løst"})
    Incident.objects.filter(external_id="A-1").update(title="Skrevet her", responded=oslo(2026, 4, 1, 9), impact=2)
    Pause.objects.create(
        incident=known["A-1"], started=oslo(2026, 4, 1, 9), ended=oslo(2026, 4, 1, 10), reason="Venter"
    )
    shorter = "Saksnr;Meldt;Prioritet;Kommune;Tjeneste\nA-1;01.04.2026 08:00;3;Arendal;E-post\n"
    one = saved(shorter, columns=NAMED)["A-1"]
    assert (one.priority, one.title, one.responded, one.impact) == (3, "Skrevet her", oslo(2026, 4, 1, 9), 2)
    assert (one.resolved, one.pauses.count()) == (oslo(2026, 4, 1, 12, 45), 1)


def test_the_columns_are_known_the_next_time():
    chosen()
    again = read(LIST.replace("Saksnr;Meldt", "Saksnr;Meldt", 1))
    assert (again.source, again.columns, again.incidents) == ("pureservice", COLUMNS, 7)
    assert ImportLayout.objects.get().columns["opened"] == "Meldt"


def test_other_columns_may_be_chosen_until_it_is_saved():
    one = chosen()
    choose_columns(one=one, source="annet", columns={"number": 0, "opened": 6, "priority": 2}, by=None)
    assert (one.source, one.incidents, one.left_out) == ("annet", 7, 5)


def test_a_list_does_not_take_the_name_of_a_format():
    with pytest.raises(ValidationError, match="servicenow"):
        choose_columns(one=read(), source="servicenow", columns=COLUMNS, by=None)


def workbook(*rows) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning")
def test_a_workbook_is_read_as_a_list_is():
    content = workbook(
        [None],
        ["Saksnr", "Meldt", "Prioritet", "Kommune", "Tjeneste", None],
        [17, oslo(2026, 4, 1, 8, 30).replace(tzinfo=None), 2.0, "Arendal", "E-post", "utenfor"],
        [],
        ["A-2", "02.04.2026 08:00", "lav", "Arendal", "E-post", None],
    )
    one = read(content, "saker.xlsx")
    assert one.header == ["Saksnr", "Meldt", "Prioritet", "Kommune", "Tjeneste"]
    choose_columns(one=one, source="excel", columns={name: COLUMNS[name] for name in NAMED}, by=None)
    assert (one.rows, one.incidents, one.left_out) == (2, 2, 0)


def zipped(**files: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("content", [b"PK\x03\x04 and then nothing", zipped(a=b"no workbook")], ids=["cut", "other"])
def test_what_only_looks_like_a_workbook_is_refused(content):
    with pytest.raises(Refused, match="arbeidsbok"):
        read(content)


def test_a_workbook_that_unpacks_to_too_much_is_refused(settings):
    settings.IMPORT_LIMIT_BYTES = 1000
    with pytest.raises(Refused, match="pakket ut"):
        read(zipped(a=b"0" * 20_000))


def test_the_pages_ask_once_and_go_on(client, administrator):
    client.force_login(administrator)
    start = reverse("sla:import-start")
    answer = client.post(start, {"file": SimpleUploadedFile("saker.csv", LIST.encode())})
    one = Import.objects.get()
    url = reverse("sla:import-columns", args=[one.pk])
    assert answer.url == url
    page = client.get(url).content.decode()
    assert '<option value="1" selected>Meldt</option>' in page
    twice = client.post(url, {"source": "pureservice", "number": "0", "opened": "0", "priority": "2"})
    assert twice.status_code == 422
    typed = {"source": "pureservice"} | {name: str(place) for name, place in COLUMNS.items()}
    assert client.post(url, typed).url == reverse("sla:import-map", args=[one.pk])
    assert "pureservice" in client.get(reverse("sla:import-map", args=[one.pk])).content.decode()


def test_a_file_that_nobody_has_explained_leads_back_to_the_question(client, administrator):
    client.force_login(administrator)
    one = read()
    for name in ("import-map", "import-preview"):
        assert client.get(reverse(f"sla:{name}", args=[one.pk])).url == reverse("sla:import-columns", args=[one.pk])


def test_the_command_takes_the_columns_as_json_and_then_knows_them(tmp_path, arendal):
    (tmp_path / "saker.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "columns.json").write_text(str(NAMED).replace("'", '"'), encoding="utf-8")
    (tmp_path / "mapping.json").write_text(MAPPING, encoding="utf-8")
    file, known = str(tmp_path / "saker.csv"), ["--source", "pureservice", "--mapping", str(tmp_path / "mapping.json")]
    with pytest.raises(CommandError, match="pureservice"):
        call_command("import_incidents", file, *known)
    call_command("import_incidents", file, *known, "--columns", str(tmp_path / "columns.json"))
    call_command("import_incidents", file, *known)
    assert Incident.objects.count() == 4
    assert Clock.objects.filter(organisation=arendal).exists()


def test_columns_that_the_file_lacks_or_nobody_knows_are_refused(tmp_path):
    file = tmp_path / "saker.csv"
    file.write_text(LIST, encoding="utf-8")
    for columns, said in (
        ('{"number": "Saksnr", "opened": "Dato", "priority": "Prioritet"}', "Dato"),
        ('{"number": "Saksnr", "when": "Meldt"}', "when"),
        ('{"number": "Saksnr"}', "opened, priority"),
        ("[]", "objekt"),
    ):
        (tmp_path / "c.json").write_text(columns, encoding="utf-8")
        with pytest.raises(CommandError, match=said):
            call_command(
                "import_incidents", str(file), "--source", "pureservice", "--columns", str(tmp_path / "c.json")
            )
    assert Import.objects.count() == 0
