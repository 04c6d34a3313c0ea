"""What the catalogue can be narrowed to; every choice stands in the address and can be shared."""

import django_filters
from django.utils.translation import gettext_lazy as _

from services.forms.catalogue import capitalised
from services.models import ProductGroup, Service, Stage, Tier
from services.models.catalogue import ServiceQuerySet


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
