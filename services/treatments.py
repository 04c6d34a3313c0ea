"""How an order of each product group is treated: its states, and who may move it from one to another, as data."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnership.access import Permission


class State(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("order", "draft")
    WAITING = "waiting", _("waiting for approval")
    APPROVED = "approved", _("approved")
    WORKING = "working", pgettext_lazy("order", "in progress")
    DELIVERED = "delivered", _("delivered, waiting for you")
    DONE = "done", _("finished")
    REJECTED = "rejected", _("not approved")
    CANCELLED = "cancelled", pgettext_lazy("order", "cancelled")


class Act(models.TextChoices):
    """What a person does to an order. The values stand in addresses and at the REST door."""

    SEND = "send", _("Send for approval")
    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Do not approve")
    ACCEPT = "accept", _("Promise a date")
    START = "start", _("Start the work")
    POSTPONE = "postpone", _("Give a new date")
    DELIVER = "deliver", _("Say it is delivered")
    CONFIRM = "confirm", _("Confirm receipt")
    OBJECT = "object", _("Something is missing")
    CANCEL = "cancel", _("Cancel the order")
    COMMENT = "comment", _("Write a comment")


OPEN = frozenset({State.WAITING, State.APPROVED, State.WORKING, State.DELIVERED})
AT_THE_DESK = frozenset({State.APPROVED, State.WORKING})
SENT = frozenset(State) - {State.DRAFT}
SIDEWAYS = frozenset({Act.CANCEL, Act.COMMENT, Act.REJECT, Act.OBJECT, Act.POSTPONE})
PLACE, APPROVE, HANDLE = Permission.PLACE_ORDERS, Permission.APPROVE_ORDERS, Permission.HANDLE_ORDERS


@dataclass(frozen=True)
class Move:
    """One way onward. `to` is empty where the state stays.

    asks_note       a reason must be given
    asks_day        a promised date must be given
    promised        only once a date is promised (True), only before (False), or whichever (None)
    not_by_placer   whoever sent the order may not do this to it
    """

    act: Act
    origins: frozenset[State]
    to: State | None
    by: frozenset[Permission]
    asks_note: bool = False
    asks_day: bool = False
    promised: bool | None = None
    not_by_placer: bool = False

    @property
    def is_onward(self) -> bool:
        """Whether it brings the order further, rather than back, off its way or nowhere."""
        return self.act not in SIDEWAYS

    @property
    def is_asked_about(self) -> bool:
        """Whether it has a page of its own before it is done: what asks something, and what cannot be undone."""
        return self.asks_note or self.asks_day or self.act == Act.CANCEL

    def is_open(self, order: Any) -> bool:
        """Whether the order stands where this begins."""
        fits = self.promised is None or self.promised == (order.promised_on is not None)
        return order.state in self.origins and fits


MOVES = (
    Move(Act.SEND, frozenset({State.DRAFT}), State.WAITING, frozenset({PLACE})),
    Move(Act.APPROVE, frozenset({State.WAITING}), State.APPROVED, frozenset({APPROVE}), not_by_placer=True),
    Move(
        Act.REJECT,
        frozenset({State.WAITING}),
        State.REJECTED,
        frozenset({APPROVE}),
        asks_note=True,
        not_by_placer=True,
    ),
    Move(Act.ACCEPT, frozenset({State.APPROVED}), None, frozenset({HANDLE}), asks_day=True, promised=False),
    Move(Act.START, frozenset({State.APPROVED}), State.WORKING, frozenset({HANDLE}), promised=True),
    Move(Act.DELIVER, frozenset({State.WORKING}), State.DELIVERED, frozenset({HANDLE})),
    Move(Act.POSTPONE, AT_THE_DESK, None, frozenset({HANDLE}), asks_note=True, asks_day=True, promised=True),
    Move(Act.CONFIRM, frozenset({State.DELIVERED}), State.DONE, frozenset({PLACE})),
    Move(Act.OBJECT, frozenset({State.DELIVERED}), State.WORKING, frozenset({PLACE}), asks_note=True),
    Move(Act.CANCEL, frozenset({State.WAITING, State.APPROVED}), State.CANCELLED, frozenset({PLACE})),
    Move(Act.COMMENT, SENT, None, frozenset({PLACE, APPROVE, HANDLE}), asks_note=True),
)


@dataclass(frozen=True)
class Treatment:
    """How orders of a product group go."""

    moves: tuple[Move, ...]

    def move(self, act: str) -> Move | None:
        return next((move for move in self.moves if move.act == act), None)


EVERY_STEP = Treatment(MOVES)

TREATMENTS: dict[str, Treatment] = {
    "innkjop": EVERY_STEP,
    "infra": EVERY_STEP,
    "drift": EVERY_STEP,
    "prosess": EVERY_STEP,
    "utvikling": EVERY_STEP,
}
"""By product group. They go the same way so far; a group that goes another way gets a treatment of its own here."""
