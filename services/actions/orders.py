"""An order is written as a draft, gets its number when it is sent, and is then moved by one person at a time."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership import access
from partnership.events import actor_of, newest_event
from partnership.history import recorded
from partnership.models import Organisation, User
from services import order_words
from services.actions.letters import note_letters
from services.models import Order, OrderMove, Service
from services.treatments import Act, Move, State

NUMBERS = 20_260
"""The advisory lock under which order numbers are given; its second key is the year."""
WRITTEN = ("service", "organisation", "quantity", "wished_on", "description", "unit", "account")
STAMPS = {State.WAITING: "sent_at", State.APPROVED: "approved_at", State.DELIVERED: "delivered_at"}


class Overtaken(Exception):  # noqa: N818 - it is no error: somebody else was first
    """The order no longer stands where the person saw it; the words say who did what, and when."""


def require_move(*, order: Order, move: Move, by: Any) -> None:
    """403 unless the person may ever do this to this order, wherever it stands now."""
    if not any(access.holds(by, permission, order.organisation) for permission in move.by):
        raise PermissionDenied
    if move.not_by_placer and order.placer_id == by.pk:
        raise PermissionDenied(_("Whoever placed the order does not decide on it."))


def open_moves(order: Order, user: Any) -> list[Move]:
    """What this person may do to the order now."""
    return [move for move in order.treatment.moves if move.is_open(order) and _may(order, move, user)]


def _may(order: Order, move: Move, user: Any) -> bool:
    try:
        require_move(order=order, move=move, by=user)
    except PermissionDenied:
        return False
    return True


@recorded
def save_draft(*, by: User, token: UUID | None = None, now: datetime | None = None, **fields: Any) -> Order:
    """A new draft; the same form sent twice (`token`) is one, with what its placer wrote last.

    `fields` are those of `WRITTEN`. Overtaken when the form comes again with other answers and the draft has been sent
    or was changed by a colleague.
    """
    token = token or uuid4()
    draft = _checked(Order(placer=by, token=token), fields, now)
    values = {name: getattr(draft, name) for name in WRITTEN}
    order, created = Order.objects.get_or_create(placer=by, token=token, defaults=values)
    if created or values == {name: getattr(order, name) for name in WRITTEN}:
        return order
    _require_untouched(order, by)
    return change_draft(order=order, by=by, now=now, **values)


def _require_untouched(order: Order, by: User) -> None:
    if order.number:
        words = _("%(number)s has been ordered with this form already, with other answers. Start a new order.")
        raise Overtaken(words % {"number": order.number})
    if actor_of(newest_event(order)) != by.pk:
        raise Overtaken(_("A colleague has changed the draft from this form. Open it from the list of your orders."))


@recorded
def change_draft(*, order: Order, by: User, now: datetime | None = None, **fields: Any) -> Order:
    """What was written is written anew, until the order is sent."""
    order = _locked(order)
    if order.state != State.DRAFT:
        raise Overtaken(_overtaken(order, by))
    _checked(order, fields, now).save()
    return order


@recorded
def discard_draft(*, order: Order, by: User) -> None:
    order = _locked(order)
    if order.state != State.DRAFT:
        raise Overtaken(_overtaken(order, by))
    order.delete()


@recorded
def order_again(*, order: Order, token: UUID, by: User) -> Order:
    """A draft with the same answers; the date is left open. Asked for twice (`token`) it is the one from before."""
    if made := Order.objects.filter(placer=by, token=token).first():
        return made
    fields = {name: getattr(order, name) for name in WRITTEN}
    return save_draft(by=by, token=token, **(fields | {"wished_on": None}))


@recorded
def send_order(*, order: Order, by: User, now: datetime | None = None, silent: bool = False) -> Order:
    """The draft gets its number and waits for approval. Sent again by the same person it stays as it is.

    Whoever sends it is its placer, so that a colleague may finish a draft.
    """
    order = _locked(order)
    if order.state != State.DRAFT:
        return _already_sent(order, by)
    at = now or timezone.now()
    require_sendable(order=order, at=at)
    order.placer = by
    order.number = _next_number(timezone.localdate(at).year)
    return _moved(order, Act.SEND, by=by, at=at, silent=silent)


def _already_sent(order: Order, by: User) -> Order:
    if order.placer_id != by.pk:
        raise Overtaken(_overtaken(order, by))
    return order


@recorded
def place_order(*, by: User, token: UUID, organisation: Organisation, service: Service, **fields: Any) -> Order:
    """Written and sent at once, as machines do; the same token again gives the same order."""
    return send_order(order=save_draft(by=by, token=token, organisation=organisation, service=service, **fields), by=by)


@recorded
def move_order(
    *,
    order: Order,
    act: Act,
    by: User,
    note: str = "",
    promised_on: date | None = None,
    revision: int | None = None,
    now: datetime | None = None,
    silent: bool = False,
) -> Order:
    """`revision` is the one the person saw; another since then means that somebody else was first.

    `silent` writes nobody a letter, for what is only loaded.
    """
    order = _locked(order)
    if revision is not None and revision != order.revision and act != Act.COMMENT:
        raise Overtaken(_overtaken(order, by))
    at = now or timezone.now()
    return _moved(order, act, by=by, at=at, note=note.strip(), promised_on=promised_on, silent=silent)


def _moved(
    order: Order, act: Act, *, by: User, at: datetime, note: str = "", promised_on: date | None = None, silent: bool
) -> Order:
    move = order.treatment.move(act)
    if move is None or not move.is_open(order):
        raise Overtaken(_overtaken(order, by))
    require_move(order=order, move=move, by=by)
    _require_answers(move, note, promised_on, timezone.localdate(at))
    _write(order, move, at, promised_on)
    made = OrderMove.objects.create(order=order, act=act, by=by, at=at, note=note, promised_on=promised_on)
    if not silent:
        note_letters(made)
    return order


def _write(order: Order, move: Move, at: datetime, promised_on: date | None) -> None:
    if move.to:
        order.state, order.since = move.to, at
        if stamp := STAMPS.get(move.to):
            setattr(order, stamp, at)
    if move.act == Act.OBJECT:
        order.delivered_at = None
    if move.asks_day:
        order.promised_on = promised_on
        order.first_promised_on = order.first_promised_on or promised_on
    if move.act != Act.COMMENT:
        order.revision += 1
        order.save()


def _require_answers(move: Move, note: str, promised_on: date | None, today: date) -> None:
    errors = {}
    if move.asks_note and not note:
        errors["note"] = _("Write a few words.")
    if move.asks_day and promised_on is None:
        errors["promised_on"] = _("Write the date as dd.mm.yyyy.")
    elif move.asks_day and promised_on and promised_on < today:
        errors["promised_on"] = _("The date has passed. Write today or a later day.")
    if errors:
        raise ValidationError(errors)


def _locked(order: Order) -> Order:
    """The row as it is now, which nobody else moves before this is over."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("service", "organisation", "placer")
    found = rows.filter(pk=order.pk).first()
    if found is None:
        raise Overtaken(_("The draft has been deleted."))
    return found


def _overtaken(order: Order, by: User) -> str:
    last = order.moves.exclude(act=Act.COMMENT).select_related("by").last()
    state = _("The order is now: %(state)s.") % {"state": order_words.state_words(order, by)}
    return f"{order_words.deed_and_time(last)} {state}" if last else state


def _next_number(year: int) -> str:
    """The next of the year, without gaps: the lock is held until the number is saved, or the sending is undone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERS, year])
    newest = Order.objects.filter(number__startswith=f"B-{year}-").aggregate(newest=Max("number"))["newest"]
    return f"B-{year}-{int(newest.rpartition('-')[2]) + 1 if newest else 1:05}"


def _checked(order: Order, fields: dict[str, Any], now: datetime | None) -> Order:
    for name in WRITTEN:
        if name in fields:
            setattr(order, name, fields[name])
    require_sendable(order=order, at=now)
    order.full_clean(validate_unique=False, validate_constraints=False)
    return order


def require_sendable(*, order: Order, at: datetime | None = None) -> None:
    """A draft may lie until its service is closed, or until the day it was wished for is gone."""
    if not order.service.is_offered:
        raise ValidationError(_("%(service)s cannot be ordered now.") % {"service": order.service})
    if order.wished_on and order.wished_on < timezone.localdate(at):
        raise ValidationError({"wished_on": _("The date has passed. Write today or a later day.")})
