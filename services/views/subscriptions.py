"""Who has what: the matrix of a day, and how an organisation gets a service and gives it up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kit import formats
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.forms.cooperation import DayForm
from partnership.views.pages import csv_file, file_url, posted, wants_file
from services import figures
from services.actions.subscriptions import end_subscription, subscribe, subscribe_to_many
from services.forms.subscriptions import EndForm, SubscriptionForm, SubscriptionsForm
from services.models import Subscription
from services.views.pages import form_page, rooms, subscription_crumbs


def subscription_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    days = DayForm(request.GET if "day" in request.GET else None)
    day = days.chosen()
    matrix = figures.matrix(request.user, day)
    if wants_file(request):
        return csv_file("hvem-har-hva", matrix_head(matrix), (matrix_cells(row) for row in matrix.rows))
    context = {
        "days": days,
        "matrix": matrix,
        "csv_url": file_url(request),
        "can_manage": access.holds_anywhere(request.user, Permission.MANAGE_CATALOGUE),
        "tabs": rooms(request),
        "crumbs": subscription_crumbs(),
        "title": _("Who has what"),
        "total": matrix_total(matrix, formats.day(day, get_language() or "nb")),
    }
    return render_page(request, "services/subscription_list.html", context, partial="rows")


def matrix_total(matrix: figures.Matrix, day: str) -> str:
    words = ngettext("%(count)s subscription on %(day)s.", "%(count)s subscriptions on %(day)s.", matrix.subscriptions)
    return words % {"count": matrix.subscriptions, "day": day}


def matrix_head(matrix: figures.Matrix) -> list[Any]:
    return [_("Code"), _("Service"), *(organisation.name for organisation in matrix.organisations)]


def matrix_cells(row: figures.MatrixRow) -> list[Any]:
    held = (_("has") if cell.subscription else _("has not") for cell in row.cells)
    return [row.service.code, row.service.name, *held]


def subscription_add(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.MANAGE_CATALOGUE)
    asked = {name: request.GET.get(name) for name in ("service", "organisation")}
    form = SubscriptionForm(posted(request), initial=asked, user=request.user)
    if made := form.perform(subscribe, by=request.user):
        words = _("%(organisation)s has %(service)s from %(day)s.")
        messages.success(request, words % told(made))
        return redirect("services:subscription-list")
    return form_page(request, form, title=_("Give an organisation a service"), trail=subscription_crumbs())


def subscription_add_many(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.MANAGE_CATALOGUE)
    form = SubscriptionsForm(posted(request), user=request.user)
    if made := form.perform(subscribe_to_many, by=request.user):
        words = ngettext(
            "%(organisation)s got %(count)s service.", "%(organisation)s got %(count)s services.", len(made)
        )
        messages.success(request, words % {"organisation": made[0].organisation, "count": len(made)})
        return redirect("services:subscription-list")
    title = _("Give an organisation several services")
    return form_page(request, form, title=title, trail=subscription_crumbs())


def subscription_end(request: HttpRequest, pk: int) -> HttpResponse:
    subscriptions = Subscription.objects.visible_to(request.user).select_related("organisation", "service")
    subscription = get_object_or_404(subscriptions, pk=pk)
    access.require(request.user, Permission.MANAGE_CATALOGUE, subscription.organisation)
    form = EndForm(posted(request), initial={"last_day": subscription.last_day} if subscription.last_day else None)
    if form.perform(end_subscription, subscription=subscription, by=request.user):
        words = _("%(organisation)s has %(service)s to and with %(last)s.")
        messages.success(request, words % told(subscription))
        return redirect("services:subscription-list")
    title = _("End %(service)s for %(organisation)s") % told(subscription)
    note = _("Had since %(day)s. The history is kept.") % told(subscription)
    return form_page(request, form, title=title, trail=subscription_crumbs(), note=note)


def told(subscription: Subscription) -> dict[str, Any]:
    """The parts of a sentence about a subscription."""
    first, last = subscription.first_day, subscription.last_day
    return {
        "organisation": subscription.organisation,
        "service": subscription.service,
        "day": formats.day(first, get_language() or "nb") if first else "",
        "last": formats.day(last, get_language() or "nb") if last else "",
    }
