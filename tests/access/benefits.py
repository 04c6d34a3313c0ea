"""Goals and benefits are shared; a share and its measurements belong to an organisation."""

from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, roles_with
from partnership.models import Organisation
from tests import make_benefits
from tests.access.matrix import DONE, WIDE, Page

MANAGERS = roles_with(Permission.MANAGE_BENEFITS)
MEASURERS = roles_with(Permission.MEASURE_BENEFITS)
POST: dict[str, Any] = {"method": "post", "succeeded": DONE}
CLOSED_TO_SESSIONS: dict[str, Any] = {"anonymous": 401, "stranger": 401, "succeeded": frozenset({401})}
GOAL = {
    "name_nb": "Lavere kostnader",
    "target_nb": "20 prosent",
    "good_enough_nb": "15 prosent",
    "kind": "operational",
    "layer": "ict",
    "decided_by": "styret",
    "decided_on": "15.01.2024",
}
BENEFIT = {
    "name_nb": "Felles mobilavtale",
    "indicator_nb": "Kostnad i året",
    "type": "money",
    "unit": "kroner",
    "layer": "ict",
    "frequency": "3",
}
SHARE = {"target": "50", "target_on": "31.12.2026"}
MEASURED = {"value": "70", "day": "30.06.2025", "source": "regnskapet"}


def goal(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make_benefits.goal().pk}


def benefit(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make_benefits.benefit().pk}


def share_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make_benefits.share(place).pk}


def measurement_at(place: Organisation) -> dict[str, Any]:
    return {"pk": make_benefits.measurement(make_benefits.share(place), 70).pk}


def tenant(row: Any) -> dict[str, Any]:
    """The same thing in both municipalities."""

    def own(world: SimpleNamespace) -> dict[str, Any]:
        return row(world.arendal)

    def foreign(world: SimpleNamespace) -> dict[str, Any]:
        return row(world.grimstad)

    return {"own": own, "foreign": foreign, "stranger": 404}


PAGES = [
    Page("benefits:share-list"),
    Page("benefits:share-list", query="?format=csv"),
    Page("benefits:goal-list"),
    Page("benefits:goal-detail", own=goal, stranger=404),
    Page("benefits:goal-add", MANAGERS),
    Page("benefits:goal-add", MANAGERS, data=GOAL, **POST),
    Page("benefits:goal-edit", MANAGERS, own=goal, stranger=404),
    Page("benefits:goal-edit", MANAGERS, own=goal, stranger=404, data=GOAL, **POST),
    Page("benefits:benefit-add", MANAGERS),
    Page("benefits:benefit-add", MANAGERS, data=BENEFIT | {"code": "Ø9"}, **POST),
    Page("benefits:benefit-detail", own=benefit, stranger=404),
    Page("benefits:benefit-detail", own=benefit, stranger=404, query="?format=csv"),
    Page("benefits:benefit-edit", MANAGERS, own=benefit, stranger=404),
    Page("benefits:benefit-edit", MANAGERS, own=benefit, stranger=404, data=BENEFIT, **POST),
    Page("benefits:share-add", MANAGERS, own=benefit, stranger=404),
    Page("benefits:share-add", MANAGERS, own=benefit, stranger=404, data=SHARE, **POST),
    Page("benefits:share-detail", **tenant(share_at)),
    Page("benefits:share-detail", **tenant(share_at), query="?format=csv"),
    Page("benefits:share-edit", MANAGERS, **tenant(share_at), foreign_allowed=MANAGERS),
    Page("benefits:share-edit", MANAGERS, **tenant(share_at), foreign_allowed=MANAGERS, data=SHARE, **POST),
    Page("benefits:measurement-add", MEASURERS, **tenant(share_at), foreign_allowed=MEASURERS & WIDE),
    Page(
        "benefits:measurement-add",
        MEASURERS,
        **tenant(share_at),
        foreign_allowed=MEASURERS & WIDE,
        data=MEASURED,
        **POST,
    ),
    Page("benefits:measurement-correct", MEASURERS, **tenant(measurement_at), foreign_allowed=MEASURERS & WIDE),
    Page(
        "benefits:measurement-correct",
        MEASURERS,
        **tenant(measurement_at),
        foreign_allowed=MEASURERS & WIDE,
        data=MEASURED | {"note": "Talte feil"},
        **POST,
    ),
    Page("api:goal-list", **CLOSED_TO_SESSIONS),
    Page("api:goal-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
    Page("api:benefit-list", **CLOSED_TO_SESSIONS),
    Page("api:benefit-detail", own=lambda world: {"code": "Ø1"}, **CLOSED_TO_SESSIONS),
    Page("api:measurement-list", **CLOSED_TO_SESSIONS),
    Page("api:measurement-list", **CLOSED_TO_SESSIONS, method="post"),
    Page("api:measurement-detail", own=lambda world: {"pk": 1}, **CLOSED_TO_SESSIONS),
]
