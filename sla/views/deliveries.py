"""«Levering»: the orders behind how agreed lead times were kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import csv_file, file_url, in_pages, wants_file
from sla.delivery_tables import DeliveryTable
from sla.lead_times import opened
from sla.models import ServiceAgreement
from sla.views.agreements import way_to
from sla.words import deliveries as words

PER_PAGE = 25


def delivery_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Of all services, or of the one whose code is asked for."""
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    access.require_anywhere(request.user, Permission.SEE_ORDERS)
    asked = request.GET.get("service", "")
    found, others = opened(request.user, agreement, timezone.localdate(), asked)
    if wants_file(request):
        return csv_file("levering", words.file_head(), words.file_rows(found))
    table = DeliveryTable(found)
    in_pages(request, table, PER_PAGE)
    title = _("Delivery of orders, the last 12 months")
    context = {
        "table": table,
        "csv_url": file_url(request),
        "crumbs": [*way_to(agreement), (title, "")],
        "above": found[0].order.service if asked and found else "",
        "title": title,
        "state": words.list_state(found, others),
    }
    return render_page(request, "sla/delivery_list.html", context)
