from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, Role, roles_with
from reports import production
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


def own(_world: SimpleNamespace) -> dict[str, Any]:
    """The world's owner, which the report has figures of."""
    edition = made.published()
    owner = production.owners_of(edition).order_by("pk").first()
    return {"pk": edition.pk, "owner": owner.pk}


def own_paper(world: SimpleNamespace) -> dict[str, Any]:
    arguments = own(world)
    made.own_paper(arguments["pk"], arguments["owner"])
    return arguments | {"language": "nb"}


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
    Page("reports:own-make", READERS, own=own, data={"language": "nb"}, **CHANGES, **HIDDEN),
    Page("reports:own-pdf", READERS, own=own_paper, **HIDDEN),
    Page("reports:reading-add", READERS, own=published, **CHANGES, **HIDDEN),
    Page("reports:edition-redraft", PREPARERS, own=draft, **CHANGES, **HIDDEN),
    Page("reports:comment-edit", PREPARERS, own=section, data={"text": "Bra"}, **CHANGES, **HIDDEN),
    Page("reports:meeting-edit", PREPARERS, own=draft, data={"meeting_on": "29.10.2026"}, **CHANGES, **HIDDEN),
    Page("reports:edition-freeze", PREPARERS, own=draft, **CHANGES, **HIDDEN),
    Page("reports:edition-publish", PREPARERS, own=frozen, **CHANGES, **HIDDEN),
]
