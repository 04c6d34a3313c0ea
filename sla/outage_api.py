"""Outages over REST: read with what a person has judged of them, upserted, and judged anew as on the pages."""

from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from partnership import access
from partnership.access import Permission
from partnership.serializers import OrganisationNumberRelation
from sla.actions.outages import Saved, reclassify, save_outages
from sla.api import BULK_LIMIT
from sla.explanations import FaultSheetSerializer
from sla.figures.fault import fault_sheets
from sla.figures.outages import outages
from sla.filters import OutageFilter
from sla.models import Outage, OutageKind, OutageReach, Reclassification
from sla.outages.reports import OWN_SOURCE, Hit, Report, endless, refused
from sla.serializers import ServiceCodeRelation, UpsertResultSerializer


class OutagesSavedSerializer(UpsertResultSerializer):
    kept = serializers.SerializerMethodField(
        help_text="Numbers of those whose kind a person has judged, which the source now says otherwise."
    )

    def get_kept(self, saved: Saved) -> list[str]:
        return [outage.external_id for outage in saved.kept]


class ReachSerializer(serializers.ModelSerializer):
    """Without a municipality: everyone who has the service."""

    service = ServiceCodeRelation()
    municipality = OrganisationNumberRelation(source="organisation", allow_null=True, default=None)
    affected_share = serializers.DecimalField(7, 6, min_value=Decimal(0), max_value=Decimal(1), default=Decimal(1))

    class Meta:
        model = OutageReach
        fields = ["service", "municipality", "affected_share"]
        validators: list[Any] = []


class ReclassificationSerializer(serializers.ModelSerializer):
    """What a person has decided that the outage counts as, whatever its source says later."""

    by = serializers.CharField(source="by.name", allow_null=True, help_text="Null: a machine.")

    class Meta:
        model = Reclassification
        fields = ["kind", "reason", "made", "by"]


class OutageSerializer(serializers.ModelSerializer):
    reach = ReachSerializer(many=True, allow_empty=False, source="visible_reach")
    kind = serializers.ChoiceField(OutageKind.choices, default=OutageKind.UNPLANNED)
    reclassifications = ReclassificationSerializer(many=True, read_only=True, help_text="The newest first.")

    class Meta:
        model = Outage
        validators: list[Any] = []
        fields = [
            "id",
            "source",
            "external_id",
            "part",
            "title",
            "started",
            "ended",
            "kind",
            "notified",
            "reach",
            "reclassifications",
        ]
        extra_kwargs = {
            "part": {"read_only": True, "help_text": "Which of those with this number, each with times of its own."}
        }

    def validate_source(self, source: str) -> str:
        if source == OWN_SOURCE:
            raise serializers.ValidationError(_("This is the name of what is registered here. Give another."))
        return source

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("ended") and attrs["ended"] < attrs["started"]:
            raise serializers.ValidationError({"ended": _("An outage cannot end before it began.")})
        kind, ended = attrs["kind"], attrs.get("ended")
        if errors := refused(kind, attrs["started"], ended, timezone.now()):
            raise serializers.ValidationError(errors)
        if words := endless(kind, ended):
            raise serializers.ValidationError({"ended": words})
        places = [(hit["service"].pk, hit["organisation"] and hit["organisation"].pk) for hit in attrs["visible_reach"]]
        if len(set(places)) < len(places):
            raise serializers.ValidationError(
                {"reach": _("The outage names this service of this organisation already.")}
            )
        return attrs


def report_of(row: dict[str, Any]) -> Report:
    """What was validated of one outage."""
    hits = [Hit(hit["service"], hit["organisation"], hit["affected_share"]) for hit in row.pop("visible_reach")]
    return Report(hits=hits, kind=OutageKind(row.pop("kind")), **row)


class JudgementSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(OutageKind.choices, help_text="Planned: it counts as notified in time.")
    reason = serializers.CharField(max_length=2000)


class OutageViewSet(ReadOnlyModelViewSet):
    """Outages and planned work that hit an organisation the token may see, newest first."""

    queryset = Outage.objects.all()
    serializer_class = OutageSerializer
    filterset_class = OutageFilter

    def get_queryset(self) -> QuerySet[Outage]:
        decisions = Prefetch("reclassifications", Reclassification.objects.select_related("by"))
        return outages(self.request.user).prefetch_related(decisions)

    @extend_schema(responses=FaultSheetSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, pagination_class=None)
    def explanation(self, request: Request, pk: int | None = None) -> Response:
        """What the outage took of the opening hours under each agreement that judges it, span by span."""
        sheets = fault_sheets(request.user, self.get_object(), timezone.now())
        return Response(FaultSheetSerializer(sheets, many=True).data)

    @extend_schema(request=JudgementSerializer, responses=OutageSerializer)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def reclassify(self, request: Request, pk: int | None = None) -> Response:
        """It counts as planned, or as unplanned, from now on and for good; what it touches is calculated again at once.
        What still goes on cannot be planned until its end is known.
        """
        outage = self.get_object()
        access.require(request.user, Permission.MANAGE_OUTAGES)
        typed = JudgementSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        kind, reason = OutageKind(typed.validated_data["kind"]), typed.validated_data["reason"]
        reclassify(outage=outage, kind=kind, reason=reason, by=request.user)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=OutageSerializer(many=True), responses=OutagesSavedSerializer)
    @action(detail=False, methods=["post"], filterset_class=None, pagination_class=None)
    def upsert(self, request: Request) -> Response:
        """Creates or changes up to 1000 outages by source and external id; all of them or, on an error, none.

        What an outage does not name is emptied; without an end it goes on. Rows with one number are parts of it, each
        with times of its own. Sending the same rows again changes nothing. Whether it was planned stays as a person
        has decided it.
        """
        access.require_anywhere(request.user, Permission.IMPORT_INCIDENTS)
        rows = self.get_serializer(data=request.data, many=True, allow_empty=False, max_length=BULK_LIMIT)
        rows.is_valid(raise_exception=True)
        saved = save_outages(reports=[report_of(row) for row in rows.validated_data], by=request.user)
        return Response(OutagesSavedSerializer(saved).data)
