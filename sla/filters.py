"""Filters in the URL, for machines and people."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from sla.models import Compliance, Incident, Metric


class IncidentFilter(filters.FilterSet):
    municipality = filters.CharFilter("organisation__municipality_id", label=_("municipality number"))
    service = filters.CharFilter("service__code", label=_("service code"))
    opened_from = filters.IsoDateTimeFilter("opened", "gte", label=_("reported at or after"))
    opened_before = filters.IsoDateTimeFilter("opened", "lt", label=_("reported before"))

    class Meta:
        model = Incident
        fields = ["source", "external_id", "priority"]


class ComplianceFilter(filters.FilterSet):
    municipality = filters.CharFilter("organisation__municipality_id", label=_("municipality number"))
    service = filters.CharFilter("service__code", label=_("service code"))
    metric = filters.ChoiceFilter("target__metric", choices=Metric.choices, label=_("metric"))
    month_from = filters.DateFilter("month", "gte", label=_("from the month of this date"))
    month_to = filters.DateFilter("month", "lte", label=_("to the month of this date"))

    class Meta:
        model = Compliance
        fields: list[str] = []
