"""The list of service credits."""

from datetime import date
from decimal import Decimal

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sla.models import Credit
from sla.tables import DATE, NUMBER
from sla.words import credits as words
from sla.words import plain


class CreditTable(tables.Table):
    caption = _("Service credits")
    month = tables.Column(_("Month"), attrs=DATE, order_by=("month", "pk"))
    service = tables.Column(
        _("Service"),
        linkify=lambda record: reverse("sla:credit-detail", args=[record.pk]),
        order_by=("service__sort_key", "pk"),
    )
    organisation = tables.Column(_("Owner"), order_by=("organisation__sort_key", "pk"))
    percent = tables.Column(_("Of the price"), attrs=NUMBER, order_by=("percent", "pk"))
    state = tables.Column(_("Status"), order_by=("state", "pk"))

    class Meta:
        model = Credit
        fields = ("service", "state", "organisation", "month", "percent")
        sequence = fields
        order_by = "-month"
        empty_text = _("No month has given a credit. They are off until an agreement turns them on.")

    def render_month(self, value: date) -> str:
        return plain.month(value)

    def render_percent(self, value: Decimal, record: Credit) -> str:
        return words.amount(record)

    def render_state(self, record: Credit) -> str:
        status, word = words.standing(record)
        return render_to_string("components/status.html", {"status": status, "word": word})
