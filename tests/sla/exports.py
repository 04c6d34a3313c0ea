"""Exports as a service desk would write them, small enough to read."""

import csv
import gzip
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from sla.actions.imports import prepare_import
from sla.imports.mapping import Codes
from sla.imports.servicenow import SERVICENOW
from sla.models import Import, Incident
from tests import make

REAL = Path(settings.BASE_DIR) / "sla" / "data" / "servicenow_incident_events.csv.gz"
HEADER = list(SERVICENOW.columns + SERVICENOW.optional)
HEADER.append(HEADER.pop(HEADER.index("closed_at")))
PLAIN = {
    "number": "INC1",
    "incident_state": "New",
    "sys_mod_count": "0",
    "sys_updated_at": "01-03-2016 08:00",
    "opened_at": "01-03-2016 08:00",
    "resolved_at": "?",
    "closed_at": "?",
    "location": "Location 1",
    "category": "Category 1",
    "priority": "3 - Moderate",
    "sys_created_at": "?",
    "subcategory": "Subcategory 1",
    "u_symptom": "Symptom 1",
}
EVERYTHING = Codes(municipality={"*": "4203"}, service={"*": "EPOST"})

type Row = Mapping[str, str]


def export(*rows: Row, header: Iterable[str] = HEADER) -> bytes:
    """A whole file: each row says only what is not plain."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(header), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(PLAIN | row for row in rows)
    return text.getvalue().encode()


def updates(number: str, *steps: tuple[str, str], **last: str) -> list[Row]:
    """The rows of one incident: pairs of local time and state, numbered; `last` stands on every row."""
    return [
        {"number": number, "sys_updated_at": at, "incident_state": state, "sys_mod_count": str(count), **last}
        for count, (at, state) in enumerate(steps)
    ]


def prepared(content: bytes, codes: Codes | None = EVERYTHING, **fields: Any) -> Import:
    values = {"name": "eksport.csv", "size": len(content), "source": "servicenow", "by": None} | fields
    return prepare_import(file=io.BytesIO(content), codes=codes, **values)


def real() -> bytes:
    return gzip.decompress(REAL.read_bytes())


def known(number: str = "INC1") -> Incident:
    return Incident.objects.get(external_id=number)


def at(*parts: int) -> datetime:
    return make.oslo(2016, *parts)
