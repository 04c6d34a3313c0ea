from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, Role, roles_with
from tests.access.matrix import DONE, Page
from tests.reports import made

READERS = roles_with(Permission.SEE_REPORTS)
PREPARERS = roles_with(Permission.PREPARE_REPORTS)
ONLY_READERS: frozenset[Role] = READERS - PREPARERS


def draft(_world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": made.edition().pk}


def frozen(_world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": made.edition(status="frozen").pk}


def published(_world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": made.published().pk}


def paper(_world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": made.published().pk, "language": "nb"}


def section(world: SimpleNamespace) -> dict[str, Any]:
    return draft(world) | {"section": "front"}


HIDDEN: dict[str, Any] = {"refused": 404, "stranger": 404}
CHANGES: dict[str, Any] = {"method": "post", "succeeded": DONE}

PAGES = [
    Page("reports:edition-list", READERS),
    Page("reports:edition-draft", PREPARERS, data={"quarter": "1999Q1"}, **CHANGES),
    Page("reports:edition-detail", PREPARERS, own=draft, **HIDDEN),
    Page("reports:edition-detail", READERS, own=published, **HIDDEN),
    Page("reports:rendering-pdf", READERS, own=paper, **HIDDEN),
    Page("reports:rendering-csv", READERS, own=paper, **HIDDEN),
    Page("reports:reading-add", READERS, own=published, **CHANGES, **HIDDEN),
    Page("reports:edition-redraft", PREPARERS, own=draft, **CHANGES, **HIDDEN),
    Page("reports:comment-edit", PREPARERS, own=section, data={"text": "Bra"}, **CHANGES, **HIDDEN),
    Page("reports:meeting-edit", PREPARERS, own=draft, data={"meeting_on": "29.10.2026"}, **CHANGES, **HIDDEN),
    Page("reports:edition-freeze", PREPARERS, own=draft, **CHANGES, **HIDDEN),
    Page("reports:edition-publish", PREPARERS, own=frozen, **CHANGES, **HIDDEN),
]
