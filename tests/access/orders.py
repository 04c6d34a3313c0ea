"""An order belongs to a municipality; a draft exists only for those who may send it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, Role, roles_with
from services.treatments import State
from tests import make, make_orders
from tests.access.matrix import DONE, WIDE, Page

SEERS = roles_with(Permission.SEE_ORDERS)
PLACERS = roles_with(Permission.PLACE_ORDERS)
APPROVERS = roles_with(Permission.APPROVE_ORDERS)
HANDLERS = roles_with(Permission.HANDLE_ORDERS)
BLIND = frozenset(Role) - SEERS
TALKERS = PLACERS | APPROVERS | HANDLERS
NOBODY: frozenset[Role] = frozenset()
POST: dict[str, Any] = {"method": "post", "succeeded": DONE}
TYPED = {"quantity": "1", "description": "Ny PC"}

type Maker = Callable[[SimpleNamespace], dict[str, Any]]


def order(state: State, where: str, act: str = "") -> Maker:
    def made(world: SimpleNamespace) -> dict[str, Any]:
        row = make_orders.order(getattr(world, where), state)
        return {"pk": row.pk} | ({"act": act} if act else {})

    return made


def rows(state: State, act: str = "") -> dict[str, Any]:
    return {"own": order(state, "arendal", act), "foreign": order(state, "grimstad", act), "stranger": 404}


def service(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make.service().pk}


def move(act: str, state: State, allowed: frozenset[Role], **data: str) -> Page:
    """A step taken: refused for those who see the order and may not, and no such row for the others."""
    return Page(
        "services:order-move",
        allowed,
        foreign_allowed=allowed & WIDE,
        blind=BLIND,
        data=data,
        **POST,
        **rows(state, act),
    )


DAY = "01.01.2030"
DRAFTS: dict[str, Any] = {"allowed": PLACERS, "foreign_allowed": NOBODY, "refused": 404}

PAGES = [
    Page("services:order-list", SEERS),
    Page("services:order-start", PLACERS),
    Page("services:order-add", PLACERS, own=service, stranger=404),
    Page("services:order-add", PLACERS, own=service, stranger=404, data=TYPED, **POST),
    Page("services:order-detail", SEERS, refused=404, foreign_allowed=SEERS & WIDE, **rows(State.WAITING)),
    Page("services:order-check", **DRAFTS, **rows(State.DRAFT)),
    Page("services:order-edit", **DRAFTS, **rows(State.DRAFT)),
    Page("services:order-edit", data=TYPED, **POST, **DRAFTS, **rows(State.DRAFT)),
    Page("services:order-send", **POST, **DRAFTS, **rows(State.DRAFT)),
    Page("services:order-discard", **POST, **DRAFTS, **rows(State.DRAFT)),
    Page("services:order-copy", PLACERS, foreign_allowed=NOBODY, blind=BLIND, **POST, **rows(State.DONE)),
    Page(
        "services:order-move",
        HANDLERS,
        foreign_allowed=HANDLERS & WIDE,
        blind=BLIND,
        **rows(State.APPROVED, "accept"),
    ),
    move("approve", State.WAITING, APPROVERS),
    move("reject", State.WAITING, APPROVERS, note="Nei"),
    move("accept", State.APPROVED, HANDLERS, promised_on=DAY),
    move("postpone", State.WORKING, HANDLERS, promised_on=DAY, note="Forsinket"),
    move("deliver", State.WORKING, HANDLERS),
    move("confirm", State.DELIVERED, PLACERS),
    move("object", State.DELIVERED, PLACERS, note="Kabel mangler"),
    move("cancel", State.WAITING, PLACERS),
    move("comment", State.WAITING, TALKERS, note="Hei"),
]
