"""Imports of incidents: the partnership's own work, closed to all who may not import."""

import io
from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, roles_with
from sla.actions.imports import read_file, remember
from sla.imports.servicenow import SERVICENOW
from sla.models import MappingKind
from tests import make
from tests.access.matrix import DONE, Page

IMPORTERS: dict[str, Any] = {"allowed": roles_with(Permission.IMPORT_INCIDENTS)}
POSTED: dict[str, Any] = {"method": "post", "succeeded": DONE}


def file(world: SimpleNamespace) -> dict[str, Any]:
    """A file with a header and nothing else, every value of which leads somewhere."""
    header = ",".join(SERVICENOW.columns).encode()
    one = read_file(file=io.BytesIO(header), name="eksport.csv", size=len(header), by=None)
    meanings = {(MappingKind.MUNICIPALITY, "*"): world.arendal, (MappingKind.SERVICE, "*"): make.service()}
    remember(source=one.source, meanings=meanings, by=None)
    return {"pk": one.pk}


def table(_world: SimpleNamespace) -> dict[str, Any]:
    """A list of which nobody has said yet what the columns are."""
    header = b"Saksnr;Meldt;Prioritet"
    return {"pk": read_file(file=io.BytesIO(header), name="saker.csv", size=len(header), by=None).pk}


PAGES = [
    Page("sla:import-start", **IMPORTERS),
    Page("sla:import-start", **IMPORTERS, **POSTED),
    Page("sla:import-columns", **IMPORTERS, own=table),
    Page("sla:import-map", **IMPORTERS, own=file),
    Page("sla:import-preview", **IMPORTERS, own=file),
    Page("sla:import-run", **IMPORTERS, **POSTED, own=file),
    Page("sla:import-discard", **IMPORTERS, **POSTED, own=file),
    Page("sla:import-result", **IMPORTERS, own=file, succeeded=DONE),
    Page("sla:import-problems", **IMPORTERS, own=file),
]
