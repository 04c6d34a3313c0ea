"""Agreements, incidents and compliance as machines read and write them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from partnership.serializers import OrganisationNumberRelation
from services.models import Service
from sla.models import AgreementVersion, Compliance, Coverage, Incident, Pause, ServiceAgreement, Target


class TargetSerializer(serializers.ModelSerializer):
    class Meta:
        model = Target
        fields = ["metric", "priority", "minutes", "wanted", "good_enough", "pauses", "commitment"]


class CoverageSerializer(serializers.ModelSerializer):
    service = serializers.SlugRelatedField("code", read_only=True)
    municipality = OrganisationNumberRelation(source="organisation")

    class Meta:
        model = Coverage
        fields = ["service", "municipality"]


class AgreementVersionSerializer(serializers.ModelSerializer):
    valid_from = serializers.DateField(source="first_day")
    valid_to = serializers.DateField(source="last_day", help_text="The last day, included; null while open.")
    calendar = serializers.StringRelatedField()
    targets = TargetSerializer(many=True)
    coverage = CoverageSerializer(many=True, source="visible_coverage")

    class Meta:
        model = AgreementVersion
        fields = ["number", "valid_from", "valid_to", "calendar", "resolution", "targets", "coverage"]


class AgreementSerializer(serializers.ModelSerializer):
    versions = AgreementVersionSerializer(many=True)

    class Meta:
        model = ServiceAgreement
        fields = ["id", "name", "phase", "versions"]


class PauseSerializer(serializers.ModelSerializer):
    class Meta:
        model = Pause
        fields = ["started", "ended", "reason"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("ended") and attrs["ended"] < attrs["started"]:
            raise serializers.ValidationError({"ended": _("A pause cannot end before it began.")})
        return attrs


class ServiceCodeRelation(serializers.SlugRelatedField):
    """A service by its code, read once a request."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("code", queryset=Service.objects.all(), **kwargs)

    def to_internal_value(self, data: Any) -> Service:
        known: dict[str, Service] | None = self.context.get("services")
        if known is None:
            known = {row.code: row for row in Service.objects.visible_to(self.context["request"].user)}
            self.context["services"] = known
        if str(data) not in known:
            self.fail("does_not_exist", slug_name="code", value=data)
        return known[str(data)]


class IncidentSerializer(serializers.ModelSerializer):
    municipality = OrganisationNumberRelation(source="organisation")
    service = ServiceCodeRelation()
    pauses = PauseSerializer(many=True, default=list)

    class Meta:
        model = Incident
        validators: list[Any] = []
        fields = [
            "source",
            "external_id",
            "municipality",
            "service",
            "priority",
            "title",
            "state",
            "opened",
            "responded",
            "resolved",
            "closed",
            "pauses",
        ]
        extra_kwargs = {"priority": {"min_value": 1, "max_value": 5}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("resolved") and attrs["resolved"] < attrs["opened"]:
            raise serializers.ValidationError({"resolved": _("An incident cannot be solved before it was reported.")})
        return attrs


class UpsertResultSerializer(serializers.Serializer):
    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class ComplianceSerializer(serializers.ModelSerializer):
    municipality = OrganisationNumberRelation(source="organisation")
    service = serializers.SlugRelatedField("code", read_only=True)
    metric = serializers.CharField(source="target.metric")
    priority = serializers.IntegerField(source="target.priority")
    month = serializers.DateField(format="%Y-%m")
    status = serializers.CharField(help_text="on_target, good_enough or not_good_enough, by exact counts.")

    class Meta:
        model = Compliance
        fields = [
            "municipality",
            "service",
            "metric",
            "priority",
            "month",
            "counted",
            "met",
            "wanted",
            "good_enough",
            "status",
        ]
