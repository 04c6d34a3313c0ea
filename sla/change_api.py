"""Figures of months gone by that a calculation changed, over REST: as they were and as they are, why, and by whom."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from partnership.serializers import OrganisationNumberRelation
from sla.filters import MonthlyFilter
from sla.models import ChangedFigure
from sla.supposed_serializers import LevelSerializer


class ChangedFigureSerializer(serializers.ModelSerializer):
    """A figure, or what it is held against. Not measured before or after: there was or is no such figure."""

    run = serializers.IntegerField(source="run_id", help_text="The calculation that changed it, often with others.")
    calculated = serializers.DateTimeField(source="run.started")
    cause = serializers.CharField(source="run.cause", help_text="The file, the outage, the version or the hours.")
    by = serializers.CharField(source="run.by.name", allow_null=True, help_text="Null: a machine.")
    municipality = OrganisationNumberRelation(source="organisation")
    service = serializers.SlugRelatedField("code", read_only=True)
    month = serializers.DateField(format="%Y-%m")
    before = LevelSerializer()
    after = LevelSerializer()

    class Meta:
        model = ChangedFigure
        fields = [
            "run",
            "calculated",
            "cause",
            "by",
            "municipality",
            "service",
            "month",
            "metric",
            "priority",
            "before",
            "after",
        ]
        extra_kwargs = {"priority": {"help_text": "Null where the metric has none."}}


class ChangedFigureFilter(MonthlyFilter):
    """By calculation, as on the page, and by the words of the figures themselves."""

    run = filters.NumberFilter("run_id", label=_("calculation"))

    class Meta:
        model = ChangedFigure
        fields = ["metric", "priority"]


class ChangedFigureViewSet(ListModelMixin, GenericViewSet):
    """Figures of months gone by that a late incident, an outage, an agreement or opening hours have changed, the
    newest calculation first.
    """

    queryset = ChangedFigure.objects.all()
    serializer_class = ChangedFigureSerializer
    filterset_class = ChangedFigureFilter

    def get_queryset(self) -> QuerySet[ChangedFigure]:
        rows: Any = super().get_queryset()
        return rows.visible_to(self.request.user).select_related("run__by", "service", "organisation")  # type: ignore[no-any-return]
