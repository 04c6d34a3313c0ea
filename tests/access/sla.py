from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, Role, roles_with
from partnership.models import Organisation
from sla.actions.outages import save_outages
from sla.models import Outage
from sla.outages.reports import OWN_SOURCE, Draft, Hit
from tests import make
from tests.access.matrix import DONE, Page

MANAGERS = roles_with(Permission.MANAGE_AGREEMENTS)
REGISTRARS = roles_with(Permission.MANAGE_OUTAGES)
CALCULATORS = roles_with(Permission.IMPORT_INCIDENTS)
CHANGES: dict[str, Any] = {"method": "post", "succeeded": DONE}
VERSION = {"first_day": "01.01.2030"}


def cell_at(place: Organisation) -> dict[str, Any]:
    return {"code": make.service().code, "pk": place.pk}


def incident_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.incident(make.service(), place, make.oslo(2026, 9, 16, 13, 30)).pk}


def agreement_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.agreement((make.service(), place)).agreement_id}


def version_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make.agreement((make.service(), place)).pk}


def outage_at(place: Organisation) -> dict[str, Any]:
    number = str(Outage.objects.count() + 1)
    draft = Draft(hits=[Hit(make.service(), place)], started=make.oslo(2026, 9, 16, 13, 30), title="Nede")
    save_outages(reports=[draft.named(OWN_SOURCE, number)], by=None)
    return {"pk": Outage.objects.get(external_id=number).pk}


def tenant(row: Any) -> dict[str, Any]:
    """The same thing in both municipalities."""

    def own(world: SimpleNamespace) -> dict[str, Any]:
        return row(world.arendal)

    def foreign(world: SimpleNamespace) -> dict[str, Any]:
        return row(world.grimstad)

    return {"own": own, "foreign": foreign}


def managed(url: str, row: Any, /, by: frozenset[Role] = MANAGERS, **data: str) -> list[Page]:
    shared: dict[str, Any] = {"foreign_allowed": by, "stranger": 404} | tenant(row)
    return [Page(url, by, **shared), Page(url, by, **shared, **CHANGES, data=data)]


PAGES = [
    Page("sla:grid"),
    Page("sla:grid", query="?format=csv"),
    Page("sla:grid-cell", **tenant(cell_at)),
    Page("sla:grid-cell", **tenant(cell_at), query="?format=csv"),
    Page("sla:incident-list"),
    Page("sla:incident-list", query="?format=csv"),
    Page("sla:incident-detail", **tenant(incident_at), stranger=404),
    Page("sla:incident-detail", **tenant(incident_at), stranger=404, query="?format=csv"),
    Page("sla:outage-list"),
    Page("sla:outage-list", query="?format=csv"),
    Page("sla:outage-detail", **tenant(outage_at), stranger=404),
    Page("sla:outage-add", REGISTRARS),
    Page("sla:outage-add", REGISTRARS, **CHANGES, data={"title": "Nede"}),
    Page("sla:outage-import", CALCULATORS),
    Page("sla:outage-import", CALCULATORS, **CHANGES),
    *managed("sla:outage-edit", outage_at, REGISTRARS, title="Nede"),
    *managed("sla:outage-reclassify", outage_at, REGISTRARS, kind="planned", reason="Varslet på e-post."),
    Page("sla:agreement-list"),
    Page("sla:agreement-detail", **tenant(agreement_at), stranger=404),
    Page("sla:agreement-add", MANAGERS),
    Page("sla:agreement-add", MANAGERS, **CHANGES, data={"name": "Ny avtale"} | VERSION),
    *managed("sla:agreement-rename", agreement_at, name="Nytt navn", phase="trial"),
    *managed("sla:agreement-end", agreement_at, last_day="31.12.2030"),
    *managed("sla:version-add", agreement_at, **VERSION),
    *managed("sla:version-edit", version_at, **VERSION),
    Page("sla:recalculation-start", CALCULATORS, **CHANGES),
]
