"""The real export, compared with an independent reading of it in plain Python."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from sla.actions.imports import save_import
from sla.imports.mapping import Codes
from sla.models import Incident, Pause
from tests import make
from tests.sla.exports import prepared, real

pytestmark = pytest.mark.django_db
CODES = Codes({"Location 143": "4203", "*": "4204"}, {"Category 42": "EPOST", "*": "BRUKER"})


def instant(text: str) -> datetime | None:
    if text == "?":
        return None
    return datetime.strptime(text, "%d-%m-%Y %H:%M").replace(tzinfo=make.OSLO).astimezone(UTC)


def histories() -> Iterator[list[dict[str, Any]]]:
    """The rows of each incident in the order in which they happened."""
    rows = defaultdict(list)
    for row in csv.DictReader(io.StringIO(real().decode())):
        rows[row["number"]].append(row | {"at": instant(row["sys_updated_at"])})
    for steps in rows.values():
        yield sorted(steps, key=lambda row: (row["at"], int(row["sys_mod_count"])))


def incident_of(steps: list[dict[str, Any]]) -> tuple[Any, ...]:
    last = steps[-1]
    return (
        last["number"],
        "4203" if last["location"] == "Location 143" else "4204",
        "EPOST" if last["category"] == "Category 42" else "BRUKER",
        int(last["priority"][0]),
        last["incident_state"],
        instant(last["opened_at"]),
        next((row["at"] for row in steps if row["incident_state"] != "New"), None),
        instant(last["resolved_at"]),
        instant(last["closed_at"]),
    )


def waiting_of(steps: list[dict[str, Any]]) -> list[tuple[str, datetime, datetime]]:
    """Each span from a waiting row to the next row, not united."""
    return [
        (row["number"], row["at"], after["at"])
        for row, after in pairwise(steps)
        if row["incident_state"].startswith("Awaiting") and row["at"] < after["at"]
    ]


@pytest.fixture
def real_import(db):
    make.service("EPOST")
    make.service("BRUKER", "Brukerstøtte")
    one = prepared(real(), CODES)
    save_import(one=one, by=None)
    return one


def test_the_real_export_has_the_incidents_that_a_plain_reading_finds(real_import):
    names = ("external_id", "organisation__municipality", "service__code", "priority", "state")
    found = Incident.objects.values_list(*names, "opened", "responded", "resolved", "closed")
    assert sorted(found, key=str) == sorted(map(incident_of, histories()), key=str)
    assert len(found) == 511


def test_the_real_export_has_the_waiting_that_a_plain_reading_finds(real_import):
    total = sum((ended - started).total_seconds() for started, ended in Pause.objects.values_list("started", "ended"))
    plain = [span for steps in histories() for span in waiting_of(steps)]
    assert total == sum((to - since).total_seconds() for _number, since, to in plain)
    assert set(Pause.objects.values_list("incident__external_id", flat=True)) == {number for number, *_ in plain}


def test_the_real_export_closes_nineteen_incidents_without_a_time_of_solution(real_import):
    kinds = list(real_import.problems.values_list("kind", flat=True))
    assert (kinds, real_import.left_out, real_import.rows) == (["unsolved"] * 19, 0, 3370)
