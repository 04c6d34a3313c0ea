"""What the catalogue can be narrowed to; every choice stands in the address and can be shared."""

from typing import Any

import django_filters
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field

from kit import formats
from kit.quarters import Quarter
from partnership.models import Organisation
from services.forms.catalogue import capitalised
from services.models import Order, ProductGroup, Service, Stage, Tier
from services.models.catalogue import ServiceQuerySet
from services.models.orders import OrderQuerySet
from services.treatments import State

QUARTERS_OFFERED = 9


class ServiceFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", label=_("Name, description or code"))
    group = django_filters.ChoiceFilter(
        choices=capitalised(ProductGroup), label=_("Product group"), empty_label=_("All groups")
    )
    tier = django_filters.ChoiceFilter(choices=capitalised(Tier), label=_("Tier"), empty_label=_("All tiers"))
    stage = django_filters.ChoiceFilter(choices=capitalised(Stage), label=_("Life cycle"), empty_label=_("All stages"))

    class Meta:
        model = Service
        fields = ("q", "group", "tier", "stage")

    def search(self, services: ServiceQuerySet, _name: str, text: str) -> ServiceQuerySet:
        return services.matching(text)


def quarters() -> list[tuple[str, str]]:
    """The newest first: this one, and those that a board report has in its series."""
    language = get_language() or "nb"
    ending = reversed(Quarter.of(timezone.localdate()).ending_here(QUARTERS_OFFERED))
    return [(str(one), formats.quarter(one.first, language)) for one in ending]


@extend_schema_field({"type": "string", "pattern": "^[0-9]{4}Q[1-4]$"})
class QuarterFilter(django_filters.ChoiceFilter):
    """In a quarter, by the day it happened; `between` names the adjective of the rows that asks."""

    def __init__(self, *, between: str, **options: Any) -> None:
        super().__init__(choices=quarters, empty_label=_("All quarters"), **options)
        self.between = between

    def filter(self, rows: Any, value: str) -> Any:
        if not value:
            return rows
        quarter = Quarter.parse(value)
        return getattr(rows, self.between)(quarter.first, quarter.last)


class OrderFilter(django_filters.FilterSet):
    """Among the orders of a list; for machines too."""

    q = django_filters.CharFilter(method="search", label=_("Number, service or description"))
    state = django_filters.ChoiceFilter(choices=capitalised(State), label=_("State"), empty_label=_("All states"))
    group = django_filters.ChoiceFilter(
        "service__group", choices=capitalised(ProductGroup), label=_("Product group"), empty_label=_("All groups")
    )
    organisation = django_filters.ModelChoiceFilter(
        queryset=lambda request: Organisation.objects.visible_to(request.user),
        label=_("Owner"),
        empty_label=_("All owners"),
    )
    sent = QuarterFilter(between="sent_between", label=_("Sent in"))
    delivered = QuarterFilter(between="delivered_between", label=_("Delivered in"))
    promise = django_filters.ChoiceFilter(
        method="judged", choices=[("held", _("On time")), ("broken", _("Too late"))], label=_("Delivered"),
        empty_label=_("All"),
    )  # fmt: skip

    class Meta:
        model = Order
        fields = ("q", "state", "group", "organisation")

    def search(self, orders: OrderQuerySet, _name: str, text: str) -> OrderQuerySet:
        return orders.matching(text)

    def judged(self, orders: OrderQuerySet, _name: str, value: str) -> OrderQuerySet:
        return orders.on_time() if value == "held" else orders.delivered_late()
