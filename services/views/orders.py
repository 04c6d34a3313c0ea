"""Orders that are sent: the lists, the one page of an order, and every move on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import Crumb, Tab, csv_file, file_url, in_pages, posted, wants_file
from services import order_words, promises
from services.actions.orders import Overtaken, move_order, open_moves, require_move
from services.filters import OrderFilter
from services.forms.orders import MoveForm
from services.models import Order
from services.models.orders import OrderQuerySet
from services.order_words import state_label, state_words
from services.tables import OrderTable
from services.tasks import send_order_letters
from services.treatments import APPROVE, HANDLE, PLACE, Act, Move, State

PAGE_SIZE = 25
SHOWN = ("service__calendar", "organisation", "placer")
CONFLICT = 409

type View = Callable[..., HttpResponse]


def orders_of(request: HttpRequest) -> OrderQuerySet:
    return Order.objects.visible_to(request.user).select_related(*SHOWN)


def order_crumbs(*trail: Crumb) -> list[Crumb]:
    return [(_("Home"), reverse("portal:home")), (_("Orders"), reverse("services:order-list")), *trail]


def drafts_url() -> str:
    """The list in which one's drafts stand."""
    return f"{reverse('services:order-list')}?show=mine"


def overtaken_told(view: View) -> View:
    """Somebody else was first: the order as it is now, and on top of it who did what.

    Of a draft that is gone nothing is left to show but the list in which it stood.
    """

    @wraps(view)
    def told(request: HttpRequest, pk: int, **arguments: Any) -> HttpResponse:
        try:
            return view(request, pk, **arguments)
        except Overtaken as error:
            order = orders_of(request).sent().filter(pk=pk).first()
            if order is None:
                messages.info(request, str(error))
                return redirect(drafts_url())
            return _page(request, order, overtaken=str(error), status=CONFLICT)

    return told


def order_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_ORDERS)
    shown = _shown(request)
    chosen = OrderFilter(request.GET, _rows(request, shown), request=request)
    table = OrderTable(chosen.qs, today=timezone.localdate())
    in_pages(request, table, PAGE_SIZE)
    if wants_file(request):
        return csv_file("bestillinger", order_head(), (order_cells(order, request.user) for order in table.data))
    count = table.paginator.count
    context = {
        "filter": chosen,
        "shown": shown,
        "table": table,
        "count": ngettext("%(count)s order", "%(count)s orders", count) % {"count": count},
        "csv_url": file_url(request),
        "can_place": access.holds_anywhere(request.user, Permission.PLACE_ORDERS),
        "tabs": _tabs(shown, request.user),
        "crumbs": order_crumbs(),
        "title": _("Orders"),
        "state": _waiting_words(request),
    }
    return render_page(request, "services/order_list.html", context, partial="rows")


def _shown(request: HttpRequest) -> str:
    asked = request.GET.get("show", "open")
    return asked if asked in {"waiting", "open", "mine", "all"} else "open"


def _rows(request: HttpRequest, shown: str) -> OrderQuerySet:
    rows = orders_of(request)
    narrowed = {
        "waiting": lambda: Order.objects.waiting_for(request.user).select_related(*SHOWN).by_promise(),
        "open": lambda: rows.open().by_promise(),
        "mine": lambda: rows.filter(placer=request.user.pk),
        "all": lambda: rows,
    }
    return narrowed[shown]()


def _tabs(shown: str, user: Any) -> list[Tab]:
    """The lists in which the person may have something."""
    known = [
        ("open", _("Open orders"), {Permission.SEE_ORDERS}),
        ("waiting", _("Waiting for me"), {PLACE, APPROVE, HANDLE}),
        ("mine", _("My orders"), {PLACE}),
        ("all", _("All"), {Permission.SEE_ORDERS}),
    ]
    return [
        Tab(label, f"?show={name}", name == shown)
        for name, label, permissions in known
        if any(access.holds_anywhere(user, permission) for permission in permissions)
    ]


def _waiting_words(request: HttpRequest) -> str:
    count = Order.objects.waiting_for(request.user).count()
    if not count:
        return _("No order waits for you.")
    return ngettext("%(count)s order waits for you.", "%(count)s orders wait for you.", count) % {"count": count}


def order_head() -> list[Any]:
    return [
        _("Number"), _("Service"), _("Owner"), _("Placed by"), _("Quantity"), _("State"), _("Sent"),
        _("Wished date"), _("First promised date"), _("Promised date"), _("Delivered"),
    ]  # fmt: skip


def order_cells(order: Order, user: Any) -> list[Any]:
    sent, delivered = order.sent_at, order.delivered_at
    return [
        order.number, order.service.name, order.organisation.name, order.placer.name, order.quantity,
        state_words(order, user), sent and timezone.localdate(sent), order.wished_on, order.first_promised_on,
        order.promised_on, delivered and timezone.localdate(delivered),
    ]  # fmt: skip


def order_detail(request: HttpRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(orders_of(request), pk=pk)
    if order.state == State.DRAFT:
        return redirect("services:order-check", pk)
    return _page(request, order)


@overtaken_told
def order_move(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    order = get_object_or_404(orders_of(request).sent(), pk=pk)
    move = _asked_move(order, act)
    require_move(order=order, move=move, by=request.user)
    form = MoveForm(posted(request), initial=_suggested(order, move), move=move, order=order)
    if moved := form.perform(move_order, order=order, act=move.act, by=request.user):
        send_order_letters.delay_on_commit(order.pk)
        messages.success(request, _said(moved, move, request.user))
        return redirect("services:order-detail", pk)
    context = {
        "form": form,
        "title": move.act.label,
        "state": f"{order.number} {order.service.name}, {order.organisation}",
        "note": order.description,
        "submit": move.act.label,
        "crumbs": order_crumbs((order.number, reverse("services:order-detail", args=[pk])), (move.act.label, "")),
        "back": reverse("services:order-detail", args=[pk]),
    }
    return render_page(request, "partnership/form_page.html", context, status=422 if form.is_bound else 200)


def _asked_move(order: Order, act: str) -> Move:
    move = order.treatment.move(act)
    if move is None or move.act == Act.SEND:
        raise Http404
    return move


def _suggested(order: Order, move: Move) -> dict[str, Any]:
    if move.act != Act.ACCEPT or order.approved_at is None:
        return {}
    return {
        "promised_on": max(
            promises.suggested_day(order.service, order.approved_at, order.organisation), timezone.localdate()
        )
    }


def _said(order: Order, move: Move, user: Any) -> str:
    if move.act == Act.COMMENT:
        return _("The comment is saved.")
    return _("%(number)s: %(state)s.") % {"number": order.number, "state": state_label(order, user)}


def _page(request: HttpRequest, order: Order, *, overtaken: str = "", status: int = 200) -> HttpResponse:
    moves = open_moves(order, request.user)
    comment = next((move for move in moves if move.act == Act.COMMENT), None)
    context = {
        "order": order,
        "overtaken": overtaken,
        "steps": order_words.steps(order),
        "shape": order_words.SHAPES[State(order.state)],
        "state_label": state_label(order, request.user),
        "is_late": order.is_late(timezone.localdate()),
        "buttons": [move for move in moves if move.act != Act.COMMENT],
        "comment": comment and MoveForm(move=comment, order=order),
        "facts": _facts(order),
        "told": order_words.told(order.moves.select_related("by")),
        "token": uuid4(),
        "can_copy": order.service.is_offered
        and access.holds(request.user, Permission.PLACE_ORDERS, order.organisation),
        "above": f"{order.number} · {order.organisation}",
        "title": order.service.name,
        "next": order_words.next_step(order, request.user),
        "crumbs": order_crumbs((order.number, "")),
    }
    return render_page(request, "services/order_detail.html", context, status=status)


def _facts(order: Order) -> list[tuple[str, Any]]:
    known = (
        (_("What is needed"), order.description),
        (_("Quantity"), order.quantity),
        (_("Wished date"), order_words.day(order.wished_on)),
        (_("Promised date"), order_words.day(order.promised_on)),
        (_("Unit"), order.unit),
        (_("Account string"), order.account),
        (_("Placed by"), order.placer),
    )
    return [(term, words) for term, words in known if words]
