"""Service credits over REST: what is confirmed is read by whoever makes the settlement; decided as on the pages."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from partnership import access
from partnership.access import Permission
from partnership.serializers import OrganisationNumberRelation
from sla.actions.credits import decide_credit
from sla.filters import MonthlyFilter
from sla.models import Credit, CreditLine, CreditState, Metric


class CreditLineSerializer(serializers.ModelSerializer):
    metric = serializers.ChoiceField(Metric.choices)

    class Meta:
        model = CreditLine
        fields = ["metric", "counted", "met", "wanted", "percent"]
        extra_kwargs = {
            "counted": {"help_text": "Deadlines, or seconds of availability."},
            "wanted": {"help_text": "How many of these had to be met."},
        }


class CreditSerializer(serializers.ModelSerializer):
    municipality = OrganisationNumberRelation(source="organisation")
    service = serializers.SlugRelatedField("code", read_only=True)
    agreement = serializers.CharField(source="version")
    month = serializers.DateField(format="%Y-%m")
    lines = CreditLineSerializer(many=True)

    class Meta:
        model = Credit
        fields = [
            "id",
            "municipality",
            "service",
            "month",
            "agreement",
            "state",
            "percent",
            "decided",
            "reason",
            "decided_at",
            "lines",
        ]
        extra_kwargs = {
            "percent": {"help_text": "Of the price of the month, as the figures are now."},
            "decided": {"help_text": "What was confirmed, and is ready for the settlement; 0 where it was waived."},
        }


class DecisionSerializer(serializers.Serializer):
    state = serializers.ChoiceField([CreditState.CONFIRMED.value, CreditState.WAIVED.value])
    reason = serializers.CharField(max_length=2000)


class CreditFilter(MonthlyFilter):
    class Meta:
        model = Credit
        fields = ["state"]


class CreditViewSet(ReadOnlyModelViewSet):
    """Service credits of the organisations the token may see, the newest month first."""

    queryset = Credit.objects.all()
    serializer_class = CreditSerializer
    filterset_class = CreditFilter

    def get_queryset(self) -> QuerySet[Credit]:
        rows: Any = super().get_queryset()
        shown = rows.visible_to(self.request.user).select_related("organisation", "service", "version__agreement")
        return shown.prefetch_related("lines")  # type: ignore[no-any-return]

    @extend_schema(request=DecisionSerializer, responses=CreditSerializer)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def decide(self, request: Request, pk: int | None = None) -> Response:
        """Confirms what the figures say, or waives it; decided anew where they have moved since."""
        credit = self.get_object()
        access.require(request.user, Permission.MANAGE_AGREEMENTS)
        typed = DecisionSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        said = {"state": CreditState(typed.validated_data["state"]), "reason": typed.validated_data["reason"]}
        decide_credit(credit=credit, by=request.user, **said)
        return Response(self.get_serializer(self.get_object()).data)
