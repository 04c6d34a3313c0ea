"""`manage.py import_incidents FILE --source servicenow --mapping MAPPING.json`, as a machine sees it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partnership.models import Organisation
from sla.models import Clock, Import, ImportMapping, Incident
from tests import make
from tests.sla.exports import export, real

pytestmark = pytest.mark.django_db
MAPPING = {"municipality": {"Location 143": "4203", "*": "4204"}, "service": {"Category 42": "EPOST", "*": "BRUKER"}}


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def services(db):
    return make.service("EPOST"), make.service("BRUKER", "Brukerstøtte")


@pytest.fixture
def given(tmp_path: Path):
    def write(content: bytes, mapping: object = MAPPING) -> list[str]:
        file, codes = tmp_path / "eksport.csv", tmp_path / "mapping.json"
        file.write_bytes(content)
        codes.write_text(mapping if isinstance(mapping, str) else json.dumps(mapping), encoding="utf-8")
        return [str(file), "--source", "servicenow", "--mapping", str(codes)]

    return write


def told(arguments: list[str]) -> list[str]:
    out = StringIO()
    call_command("import_incidents", *arguments, stdout=out)
    return out.getvalue().splitlines()


def refusal(arguments: list[str]) -> str:
    with pytest.raises(CommandError) as refused:
        told(arguments)
    saved = (Import, Incident, ImportMapping, Organisation)
    assert [model.objects.count() for model in saved] == [0, 0, 0, 0]
    return str(refused.value)


def test_the_real_export_is_imported_and_its_compliance_is_there_when_the_command_returns(given, services, arendal):
    make.agreement((services[0], arendal), (services[1], arendal))
    lines = told(given(real()))
    assert lines[0] == "eksport.csv: 511 new, 0 changed, 0 unchanged, 0 left out."
    assert len(lines) == 20
    assert Clock.objects.count() == 2 * Incident.objects.filter(organisation=arendal).count() > 0


def test_the_second_time_all_is_as_before(given, services):
    told(given(real()))
    assert told(given(real()))[0] == "eksport.csv: 0 new, 0 changed, 511 unchanged, 0 left out."


def test_problems_are_printed_with_line_and_reason(given, services):
    rows = [{"number": f"INC{number:02}", "opened_at": "soon"} for number in range(52)]
    lines = told(given(export(*rows)))
    assert lines[0] == "eksport.csv: 0 new, 0 changed, 0 unchanged, 52 left out."
    assert lines[1] == "Line 2, INC00: opened_at is “soon”; a day, month, year, hour and minute were expected."
    assert (len(lines), lines[-1]) == (52, "And 2 more lines.")


def test_missing_organisations_are_made_from_the_register(given, services):
    told(given(export({"location": "Location 143"})))
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["Arendal", "Kristiansand"]


def test_a_refused_file_is_one_sentence(given, services):
    assert refusal(given(b"a,b\n1,2\n")).startswith("The header in line 1 is not that of an export from ServiceNow.")


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (
            MAPPING | {"municipality": {"Location 143": "4203"}},
            "These locations lead to no municipality: ?, Location 2.",
        ),
        (MAPPING | {"service": {}}, "These categories lead to no service: Category 1."),
        (MAPPING | {"municipality": {"*": "9999"}}, "No municipality has the number 9999."),
        (MAPPING | {"service": {"*": ""}}, "service: “*” leads to an empty code."),
        (MAPPING | {"service": {"*": "NOSUCH"}}, "No service has the code NOSUCH."),
        ({"municipality": [], "service": {}}, "The mapping must be an object with “municipality” and “service”"),
        ([], "The mapping must be an object with “municipality” and “service”"),
        ({"municipality": {"*": 4203}}, "The mapping must be an object with “municipality” and “service”"),
        ("{", "The mapping is not JSON: Expecting property name"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_in_one_sentence(given, services, mapping, sentence):
    assert refusal(given(export({"location": "?"}, {"number": "INC2", "location": "Location 2"}), mapping)).startswith(
        sentence
    )


def test_a_file_that_is_not_there_is_told(given, services, tmp_path):
    arguments = given(b"")
    arguments[0] = str(tmp_path / "nothing.csv")
    assert refusal(arguments) == f"{tmp_path / 'nothing.csv'} cannot be read: No such file or directory."


def test_a_file_over_the_limit_is_refused(given, services, settings):
    settings.IMPORT_LIMIT_BYTES = 1_000_000
    assert refusal(given(real())) == "The file is larger than 1 MB, the most that is imported at once."
