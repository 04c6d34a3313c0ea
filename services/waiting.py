"""Orders in which somebody must do something: for homes, lists and search."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.closeness import closeness
from partnership.models import User
from services import order_words
from services.actions.orders import open_moves
from services.models import Order
from services.treatments import AT_THE_DESK, OPEN, Move

SHOWN = ("service", "organisation", "placer")
FOUND_AT_MOST = 10


@dataclass(frozen=True)
class WaitingOrder:
    """An order and this person's next step. `url_name` and `url_args` lead to where it is done."""

    order: Order
    title: str
    next: str
    action: str
    is_late: bool
    url_name: str = "services:order-detail"

    @property
    def url_args(self) -> list[int]:
        return [self.order.pk]


@dataclass(frozen=True)
class OrderCounts:
    """`late` of `desk` are over the promised date; `waiting` is for the person asked for."""

    open: int
    desk: int
    late: int
    waiting: int


def orders_waiting_for(user: User, *, today: date | None = None, most: int | None = None) -> list[WaitingOrder]:
    """Those whose next step is this person's: over the promised date first, then by that date."""
    day = today or timezone.localdate()
    return [_waiting(order, user, day) for order in _shown(Order.objects.waiting_for(user).by_promise()[:most])]


def late_orders(user: User, *, today: date | None = None) -> list[Order]:
    """At the desk and over the promised date, the oldest promise first; of the organisations one may see."""
    return list(_shown(Order.objects.visible_to(user).late(today or timezone.localdate()).by_promise()))


def order_counts(user: User, *, today: date | None = None) -> OrderCounts:
    day = today or timezone.localdate()
    desk = Q(state__in=AT_THE_DESK)
    counted = Order.objects.visible_to(user).aggregate(
        open=Count("pk", Q(state__in=OPEN)),
        desk=Count("pk", desk),
        late=Count("pk", desk & Q(promised_on__lt=day)),
    )
    return OrderCounts(**counted, waiting=Order.objects.waiting_for(user).count())


def find_orders(user: User, text: str, *, most: int = FOUND_AT_MOST) -> list[Order]:
    """By number, description or service; the closest first, then the newest."""
    words = text.replace("\0", "").strip()
    if not words:
        return []
    closest = closeness(words, "number", "service__name_nb", "service__name_nn", "service__name_en")
    found = Order.objects.visible_to(user).sent().matching(words).order_by(closest, *Order._meta.ordering)
    return list(_shown(found[:most]))


def _shown(orders: Iterable[Order]) -> Iterable[Order]:
    return orders.select_related(*SHOWN)  # type: ignore[attr-defined]


def _waiting(order: Order, user: User, today: date) -> WaitingOrder:
    """The button for what brings the order further is what a home shows."""
    moves = [move for move in open_moves(order, user) if move.is_onward]
    return WaitingOrder(
        order=order,
        title=f"{order.number} {order.service.name}",
        next=_why(order),
        action=_action(moves),
        is_late=order.is_late(today),
    )


def _action(moves: list[Move]) -> str:
    return str(moves[0].act.label) if moves else _("Open the order")


def _why(order: Order) -> str:
    """From whom, and what was promised."""
    words = {"organisation": order.organisation, "placer": order.placer, "day": order_words.day(order.promised_on)}
    if order.promised_on:
        return _("%(organisation)s, promised %(day)s") % words
    return _("%(organisation)s, ordered by %(placer)s") % words
