"""From a need to an order that is sent: find the service, answer, check, send."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import posted
from services import order_words, promises
from services.actions.orders import (
    Overtaken,
    change_draft,
    discard_draft,
    order_again,
    require_sendable,
    save_draft,
    send_order,
)
from services.forms.orders import NewOrderForm, OrderForm
from services.models import Order, Service
from services.models.orders import was_discarded
from services.tasks import send_order_letters
from services.treatments import State
from services.views.orders import drafts_url, order_crumbs, orders_of, overtaken_told

ANSWERED = ("organisation", "quantity", "wished_on", "description", "unit", "account")


def order_start(request: HttpRequest) -> HttpResponse:
    """What do you need? Found as one types."""
    access.require_anywhere(request.user, Permission.PLACE_ORDERS)
    query = request.GET.get("q", "").replace("\0", "").strip()
    offered = Service.objects.visible_to(request.user).offered()
    context = {
        "query": query,
        "services": offered.matching(query) if query else offered,
        "title": _("What do you need?"),
        "crumbs": order_crumbs((_("New order"), "")),
    }
    return render_page(request, "services/order_start.html", context, partial="rows")


def order_add(request: HttpRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(Service.objects.visible_to(request.user).offered(), pk=pk)
    access.require_anywhere(request.user, Permission.PLACE_ORDERS)
    form = NewOrderForm(posted(request), initial={"token": uuid4()}, user=request.user)
    try:
        if order := form.perform(save_draft, service=service, by=request.user):
            return _onward(request, order)
    except Overtaken as error:
        form.add_error(None, str(error))
    return _form(request, form, service, back=reverse("services:order-start"))


@overtaken_told
def order_edit(request: HttpRequest, pk: int) -> HttpResponse:
    order = _draft(request, pk)
    form = OrderForm(posted(request), initial=model_to_dict(order, ANSWERED), user=request.user).editing(order)
    if form.perform(change_draft, order=order, by=request.user):
        return _onward(request, order)
    return _form(request, form, order.service, back=reverse("services:order-check", args=[pk]))


@overtaken_told
def order_check(request: HttpRequest, pk: int) -> HttpResponse:
    order = _still_there(request, pk)
    if order.state != State.DRAFT:
        return redirect("services:order-detail", pk)
    lead_time = promises.lead_time(order.service, order.organisation, timezone.localdate())
    ready = lead_time.due(timezone.now())
    approvers = order_words.names_at(Permission.APPROVE_ORDERS, order.organisation, request.user.pk)
    context = {
        "order": order,
        "refused": _why_not_sent(order),
        "answers": _answers(order),
        "lead_time": lead_time,
        "ready": order_words.day(ready),
        "after_wish": order_words.after_wish(order.wished_on, ready),
        "approvers": approvers,
        "above": order.service.name,
        "title": _("Is this right?"),
        "state": _("Saved as a draft."),
        "crumbs": order_crumbs((order.service.name, "")),
    }
    return render_page(request, "services/order_check.html", context)


@require_POST
@overtaken_told
def order_send(request: HttpRequest, pk: int) -> HttpResponse:
    order = _still_there(request, pk)
    access.require(request.user, Permission.PLACE_ORDERS, order.organisation)
    try:
        sent = send_order(order=order, by=request.user)
    except ValidationError:
        return redirect("services:order-check", pk)
    send_order_letters.delay_on_commit(sent.pk)
    messages.success(request, _("%(number)s is sent for approval.") % {"number": sent.number})
    return redirect("services:order-detail", pk)


@require_POST
@overtaken_told
def order_discard(request: HttpRequest, pk: int) -> HttpResponse:
    order = _draft(request, pk)
    discard_draft(order=order, by=request.user)
    messages.success(request, _("The draft is deleted."))
    return redirect(drafts_url())


@require_POST
def order_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """«Bestill likt igjen»."""
    order = get_object_or_404(orders_of(request).sent(), pk=pk)
    access.require(request.user, Permission.PLACE_ORDERS, order.organisation)
    form = NewOrderForm({"token": request.POST.get("token")}, user=request.user)
    form.is_valid()
    try:
        copy = order_again(order=order, token=form.cleaned_data.get("token") or uuid4(), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("services:order-detail", pk)
    return redirect("services:order-check", copy.pk)


def _why_not_sent(order: Order) -> str:
    """What hinders it, told before the button is pressed and after."""
    try:
        require_sendable(order=order)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _draft(request: HttpRequest, pk: int) -> Order:
    """Drafts exist for those who may send them; an order that is sent is no draft."""
    order = _still_there(request, pk)
    if order.state != State.DRAFT:
        raise Http404
    return order


def _still_there(request: HttpRequest, pk: int) -> Order:
    """A draft that she, or a colleague, has deleted is told as such; what she may not see is not there at all."""
    if order := orders_of(request).filter(pk=pk).first():
        return order
    if was_discarded(pk, request.user):
        raise Overtaken(_("The draft has been deleted."))
    raise Http404


def _onward(request: HttpRequest, order: Order) -> HttpResponse:
    if request.POST.get("next") == "save":
        messages.success(request, _("Saved as a draft."))
        return redirect(drafts_url())
    return redirect("services:order-check", order.pk)


def _form(request: HttpRequest, form: Any, service: Service, *, back: str) -> HttpResponse:
    today = timezone.localdate()
    lead_time = promises.lead_time(service, form.only_place, today)
    context = {
        "form": form,
        "service": service,
        "kept": promises.recently_kept(service, today),
        "lead_time": lead_time,
        "ready": order_words.day(lead_time.due(timezone.now())),
        "back": back,
        "title": _("Order %(service)s") % {"service": service.name},
        "state": service.description,
        "crumbs": order_crumbs((service.name, "")),
    }
    return render_page(request, "services/order_form.html", context, status=422 if form.is_bound else 200)


def _answers(order: Order) -> list[dict[str, str]]:
    form = reverse("services:order-edit", args=[order.pk])
    known = (
        (_("Municipality"), str(order.organisation), ""),
        (_("Quantity"), str(order.quantity), "quantity"),
        (_("Wished date"), order_words.day(order.wished_on) or _("As soon as it can be done"), "wished_on"),
        (_("What you need"), order.description, "description"),
        (_("Unit"), order.unit or "–", "unit"),
        (_("Account string"), order.account or "–", "account"),
    )
    return [
        {"question": question, "answer": answer, "url": f"{form}#id_{field}" if field else ""}
        for question, answer, field in known
    ]
