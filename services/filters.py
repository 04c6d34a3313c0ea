"""What the catalogue can be narrowed to; every choice stands in the address and can be shared."""

import django_filters
from django.utils.translation import gettext_lazy as _

from partnership.models import Organisation
from services.forms.catalogue import capitalised
from services.models import Order, ProductGroup, Service, Stage, Tier
from services.models.catalogue import ServiceQuerySet
from services.models.orders import OrderQuerySet
from services.treatments import State


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

    class Meta:
        model = Order
        fields = ("q", "state", "group", "organisation")

    def search(self, orders: OrderQuerySet, _name: str, text: str) -> OrderQuerySet:
        return orders.matching(text)
