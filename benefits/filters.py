"""What the register can be narrowed to; every choice stands in the address and can be shared."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from benefits.models import Benefit, BenefitShare, Goal, Measurement, Type
from benefits.querysets import ShareQuerySet
from benefits.words import STATUS_WORDS
from partnership.forms.base import offered
from partnership.models import Organisation


def organisations(request: Any) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(request.user)


def goals(request: Any) -> QuerySet[Goal]:
    return Goal.objects.visible_to(request.user)


def statuses() -> list[tuple[str, Any]]:
    return [(status.value, capfirst(word)) for status, word in STATUS_WORDS.items()]


class ShareFilter(django_filters.FilterSet):
    """Wants shares with their `standing`."""

    q = django_filters.CharFilter(method="search", label=_("Benefit, code or owner"))
    organisation = django_filters.ModelChoiceFilter(
        queryset=organisations, label=_("Municipality"), empty_label=_("All municipalities")
    )
    goal = django_filters.ModelChoiceFilter(
        "benefit__goal", queryset=goals, label=_("Goal"), empty_label=_("All goals")
    )
    type = django_filters.ChoiceFilter(
        "benefit__type", choices=offered(Type), label=_("Type"), empty_label=_("All types")
    )
    status = django_filters.ChoiceFilter("standing", choices=statuses, label=_("Status"), empty_label=_("All statuses"))

    class Meta:
        model = BenefitShare
        fields: tuple[str, ...] = ()

    def search(self, shares: ShareQuerySet, _name: str, text: str) -> ShareQuerySet:
        return shares.matching(text)


class BenefitApiFilter(django_filters.FilterSet):
    goal = django_filters.NumberFilter("goal_id", label=_("goal, by id"))

    class Meta:
        model = Benefit
        fields = ("type", "layer")


class MeasurementApiFilter(django_filters.FilterSet):
    benefit = django_filters.CharFilter("share__benefit__code", label=_("benefit code"))
    municipality = django_filters.CharFilter("share__organisation__municipality_id", label=_("municipality number"))
    day_from = django_filters.DateFilter("day", "gte", label=_("measured on or after"))
    day_to = django_filters.DateFilter("day", "lte", label=_("measured on or before"))

    class Meta:
        model = Measurement
        fields = ("is_current",)
