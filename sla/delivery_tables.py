"""The orders behind a figure of deliveries."""

from datetime import date

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit import charts
from services.models import Order
from sla.lead_times import Judged
from sla.models import Target
from sla.tables import DATE
from sla.words import plain


class DeliveryTable(tables.Table):
    caption = _("Orders that were to be delivered in the last 12 months")
    order = tables.Column(
        _("Order"),
        linkify=lambda record: reverse("services:order-detail", args=[record.order.pk]),
        order_by=("order__number",),
    )
    service = tables.Column(_("Service"), accessor="order__service", order_by=("order__service__sort_key",))
    organisation = tables.Column(
        _("Owner"), accessor="order__organisation", order_by=("order__organisation__sort_key",)
    )
    target = tables.Column(_("Agreed"), orderable=False)
    due = tables.Column(_("Last day"), attrs=DATE)
    delivered = tables.Column(_("Delivered"), accessor="order", attrs=DATE, orderable=False)
    is_met = tables.Column(_("Status"))

    class Meta:
        sequence = ("order", "is_met", "service", "organisation", "target", "due", "delivered")
        order_by = "-due"
        empty_text = _("No order was to be delivered.")

    def render_target(self, value: Target) -> str:
        return plain.allowed(value)

    def render_due(self, value: date) -> str:
        return plain.day(value)

    def render_delivered(self, value: Order) -> str:
        return plain.day(timezone.localdate(value.delivered_at)) if value.delivered_at else "–"

    def render_is_met(self, record: Judged) -> str:
        status = charts.Status.ON_TARGET if record.is_met else charts.Status.NOT_GOOD_ENOUGH
        word = _("in time") if record.is_met else _("too late")
        return render_to_string("components/status.html", {"status": status, "word": word})
