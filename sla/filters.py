"""Filters in the URL, for machines and people."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sla.deadlines import Deadline, standing
from sla.models import CLOCKED, Availability, Clock, Compliance, Incident, Outage
from sla.models.incidents import IncidentQuerySet
from sla.models.outages import OutageQuerySet

DEADLINES = [(metric.value, metric.label) for metric in CLOCKED]


class MonthFilter(filters.DateFilter):
    """A day of a month, or the month as it is told: 2026-07."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, input_formats=["%Y-%m-%d", "%Y-%m"], **kwargs)


class MonthFromFilter(MonthFilter):
    """Months are kept by their first day, and asked for by any."""

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        return super().filter(qs, value and value.replace(day=1))  # type: ignore[no-any-return]


class IncidentFilter(filters.FilterSet):
    """With the words of compliance for a metric and its months, it lists the incidents behind a row of it."""

    municipality = filters.CharFilter("organisation__municipality_id", label=_("municipality number"))
    service = filters.CharFilter("service__code", label=_("service code"))
    opened_from = filters.IsoDateTimeFilter("opened", "gte", label=_("reported at or after"))
    opened_before = filters.IsoDateTimeFilter("opened", "lt", label=_("reported before"))
    metric = filters.ChoiceFilter(
        method="of_clocks",
        choices=DEADLINES,
        label=_("with such a deadline, which is also the one that month and deadline are about"),
    )
    month_from = MonthFilter(method="of_clocks", label=_("with a deadline counted from the month of this date"))
    month_to = MonthFilter(method="of_clocks", label=_("with a deadline counted to the month of this date"))
    deadline = filters.ChoiceFilter(
        method="of_clocks",
        choices=Deadline.choices,
        label=_("how the deadline stands; with months, held and broken are those that compliance counts"),
    )

    class Meta:
        model = Incident
        fields = ["source", "external_id", "priority", "impact"]

    def of_clocks(self, incidents: IncidentQuerySet, _name: str, _value: Any) -> IncidentQuerySet:
        """What is asked of deadlines is asked of one and the same, below."""
        return incidents

    def filter_queryset(self, queryset: IncidentQuerySet) -> IncidentQuerySet:
        found: IncidentQuerySet = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        if asked["deadline"] == Deadline.NONE:
            return found.without_agreement()
        conditions = list(_of_clock(asked))
        return found.filter(Exists(Clock.objects.filter(*conditions, incident=OuterRef("pk")))) if conditions else found


def _of_clock(asked: Mapping[str, Any]) -> Iterator[Q]:
    if asked["metric"]:
        yield Q(target__metric=asked["metric"])
    if asked["month_from"]:
        yield Q(month__gte=asked["month_from"].replace(day=1))
    if asked["month_to"]:
        yield Q(month__lte=asked["month_to"])
    if asked["deadline"]:
        yield standing(Deadline(asked["deadline"]), timezone.now())


class OutageFilter(filters.FilterSet):
    service = filters.CharFilter(method="of_service", label=_("service code"))
    started_from = filters.IsoDateTimeFilter("started", "gte", label=_("began at or after"))
    started_before = filters.IsoDateTimeFilter("started", "lt", label=_("began before"))

    class Meta:
        model = Outage
        fields = ["source", "external_id", "kind"]

    def of_service(self, outages: OutageQuerySet, _name: str, code: str) -> OutageQuerySet:
        return outages.hitting(self.request.user, service__code=code)


class MonthlyFilter(filters.FilterSet):
    """Of what a service was for an organisation month by month."""

    municipality = filters.CharFilter("organisation__municipality_id", label=_("municipality number"))
    service = filters.CharFilter("service__code", label=_("service code"))
    month_from = MonthFromFilter("month", "gte", label=_("from the month of this date"))
    month_to = MonthFilter("month", "lte", label=_("to the month of this date"))


class AvailabilityFilter(MonthlyFilter):
    class Meta:
        model = Availability
        fields: list[str] = []


class ComplianceFilter(MonthlyFilter):
    metric = filters.ChoiceFilter("target__metric", choices=DEADLINES, label=_("metric"))

    class Meta:
        model = Compliance
        fields: list[str] = []
