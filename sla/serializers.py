"""Agreements, incidents and compliance as machines read and write them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnership.serializers import OrganisationNumberRelation
from services.models import Service
from sla.deadlines import Deadline, deadline_of
from sla.models import (
    AgreementVersion,
    Availability,
    Clock,
    Compliance,
    Coverage,
    CreditStep,
    Incident,
    Metric,
    Pause,
    ServiceAgreement,
    Target,
)
from sla.models.incidents import REASON_LENGTH

STANDINGS = [one for one in Deadline.choices if one[0] != Deadline.NONE]


class TargetSerializer(serializers.ModelSerializer):
    """With a municipality or an impact it replaces the common target there. A lead time may be of one service."""

    municipality = OrganisationNumberRelation(source="organisation", allow_null=True)
    service = serializers.SlugRelatedField("code", read_only=True, allow_null=True)
    calendar = serializers.StringRelatedField(
        allow_null=True, help_text="Opening hours of its own, as around the clock; null: those of the version."
    )

    class Meta:
        model = Target
        fields = [
            "municipality",
            "metric",
            "priority",
            "impact",
            "service",
            "minutes",
            "days",
            "until_closing",
            "calendar",
            "wanted",
            "good_enough",
            "pauses",
            "notice_days",
            "commitment",
        ]


class CoverageSerializer(serializers.ModelSerializer):
    service = serializers.SlugRelatedField("code", read_only=True)
    municipality = OrganisationNumberRelation(source="organisation")

    class Meta:
        model = Coverage
        fields = ["service", "municipality"]


class CreditStepSerializer(serializers.ModelSerializer):
    """From `points` percentage points below the target on, `percent` of the price of the month."""

    metric = serializers.ChoiceField(Metric.choices)

    class Meta:
        model = CreditStep
        fields = ["metric", "points", "percent"]


class AgreementVersionSerializer(serializers.ModelSerializer):
    valid_from = serializers.DateField(source="first_day", help_text="Of what is not approved: the day that is meant.")
    valid_to = serializers.DateField(source="last_day", help_text="The last day, included; null while open.")
    calendar = serializers.StringRelatedField()
    targets = TargetSerializer(many=True)
    credit_steps = CreditStepSerializer(many=True)
    coverage = CoverageSerializer(many=True, source="visible_coverage")

    class Meta:
        model = AgreementVersion
        fields = [
            "number",
            "stage",
            "valid_from",
            "valid_to",
            "calendar",
            "resolution",
            "approved_on",
            "end_resolution",
            "targets",
            "credit_cap_percent",
            "credit_steps",
            "coverage",
        ]


class AgreementSerializer(serializers.ModelSerializer):
    versions = AgreementVersionSerializer(many=True)

    class Meta:
        model = ServiceAgreement
        fields = ["id", "name", "phase", "versions"]


class PauseSerializer(serializers.ModelSerializer):
    class Meta:
        model = Pause
        fields = ["started", "ended", "reason", "was_solved"]
        extra_kwargs = {
            "was_solved": {"help_text": "Held to be solved, and opened again: stops every deadline.", "default": False}
        }

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


class IncidentDeadlineSerializer(serializers.ModelSerializer):
    """A deadline as it was last calculated, and as it stands now."""

    metric = serializers.ChoiceField(Metric.choices, source="target.metric")
    state = serializers.SerializerMethodField(help_text="soon: it runs, and is about to break.")

    class Meta:
        model = Clock
        fields = ["metric", "due", "at_risk_from", "state"]
        extra_kwargs = {
            "due": {"help_text": "Null while an unfinished pause holds it."},
            "at_risk_from": {"help_text": "From when one is warned of it; null once it is decided."},
        }

    @extend_schema_field(serializers.ChoiceField(STANDINGS))
    def get_state(self, clock: Clock) -> str:
        return deadline_of(clock, timezone.now()).value


class IncidentSerializer(serializers.ModelSerializer):
    municipality = OrganisationNumberRelation(source="organisation")
    service = ServiceCodeRelation()
    pauses = PauseSerializer(many=True, default=list)
    deadlines = IncidentDeadlineSerializer(
        many=True, read_only=True, source="clocks", help_text="Empty where nothing is promised."
    )

    class Meta:
        model = Incident
        validators: list[Any] = []
        fields = [
            "id",
            "source",
            "external_id",
            "municipality",
            "service",
            "priority",
            "impact",
            "title",
            "state",
            "opened",
            "responded",
            "resolved",
            "closed",
            "pauses",
            "deadlines",
        ]
        extra_kwargs = {
            "priority": {"min_value": 1, "max_value": 5},
            "impact": {"help_text": "Who is hit: 1 everyone, 2 a whole organisation, 3 a unit, 4 one user."},
            "responded": {"help_text": "When a person answered. An automatic reply is no answer."},
        }

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("resolved") and attrs["resolved"] < attrs["opened"]:
            raise serializers.ValidationError({"resolved": _("An incident cannot be solved before it was reported.")})
        return attrs


class WaitSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=REASON_LENGTH, help_text="What is waited for.")
    resumes = serializers.DateField(help_text="The time runs again from the morning of that day.")


class UpsertResultSerializer(serializers.Serializer):
    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class AvailabilitySerializer(serializers.ModelSerializer):
    """Seconds; `availability` in per cent is floored to two decimals."""

    municipality = OrganisationNumberRelation(source="organisation")
    service = serializers.SlugRelatedField("code", read_only=True)
    month = serializers.DateField(format="%Y-%m")
    version_from = serializers.DateField(source="target.version.first_day", help_text="First day of the version.")
    availability = serializers.DecimalField(5, 2, source="percent")
    status = serializers.CharField(help_text="on_target, good_enough or not_good_enough, by exact counts.")

    class Meta:
        model = Availability
        fields = [
            "municipality",
            "service",
            "month",
            "version_from",
            "agreed_seconds",
            "planned_seconds",
            "down_seconds",
            "weighted_microseconds",
            "wall_seconds",
            "wall_planned_seconds",
            "wall_down_seconds",
            "availability",
            "wanted",
            "good_enough",
            "status",
        ]


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
