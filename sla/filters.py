"""Filters in the URL, for machines and people."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sla.models import CLOCKED, Availability, Compliance, Incident, Outage
from sla.models.outages import OutageQuerySet

DEADLINES = [(metric.value, metric.label) for metric in CLOCKED]


class MonthFromFilter(filters.DateFilter):
    """Months are kept by their first day, and asked for by any."""

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        return super().filter(qs, value and value.replace(day=1))  # type: ignore[no-any-return]


class IncidentFilter(filters.FilterSet):
    municipality = filters.CharFilter("organisation__municipality_id", label=_("municipality number"))
    service = filters.CharFilter("service__code", label=_("service code"))
    opened_from = filters.IsoDateTimeFilter("opened", "gte", label=_("reported at or after"))
    opened_before = filters.IsoDateTimeFilter("opened", "lt", label=_("reported before"))

    class Meta:
        model = Incident
        fields = ["source", "external_id", "priority", "impact"]


class OutageFilter(filters.FilterSet):
    service = filters.CharFilter(method="of_service", label=_("service code"))
    started_from = filters.IsoDateTimeFilter("started", "gte", label=_("began at or after"))
    started_before = filters.IsoDateTimeFilter("started", "lt", label=_("began before"))

    class Meta:
        model = Outage
        fields = ["source", "external_id", "kind"]

    def of_service(self, outages: OutageQuerySet, _name: str, code: str) -> OutageQuerySet:
        return outages.hitting(self.request.user, service__code=code)


class AvailabilityFilter(filters.FilterSet):
    municipality = filters.CharFilter("organisation__municipality_id", label=_("municipality number"))
    service = filters.CharFilter("service__code", label=_("service code"))
    month_from = MonthFromFilter("month", "gte", label=_("from the month of this date"))
    month_to = filters.DateFilter("month", "lte", label=_("to the month of this date"))

    class Meta:
        model = Availability
        fields: list[str] = []


class ComplianceFilter(filters.FilterSet):
    municipality = filters.CharFilter("organisation__municipality_id", label=_("municipality number"))
    service = filters.CharFilter("service__code", label=_("service code"))
    metric = filters.ChoiceFilter("target__metric", choices=DEADLINES, label=_("metric"))
    month_from = MonthFromFilter("month", "gte", label=_("from the month of this date"))
    month_to = filters.DateFilter("month", "lte", label=_("to the month of this date"))

    class Meta:
        model = Compliance
        fields: list[str] = []
