"""Agreements, incidents and compliance as machines read and write them."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from partnership.serializers import OrganisationNumberRelation
from services.models import Service
from sla.actions.outages import Saved
from sla.models import (
    AgreementVersion,
    Availability,
    Compliance,
    Coverage,
    CreditStep,
    Incident,
    Metric,
    Outage,
    OutageKind,
    OutageReach,
    Pause,
    ServiceAgreement,
    Target,
)
from sla.models.incidents import REASON_LENGTH
from sla.outages.reports import OWN_SOURCE, Hit, Report, endless, refused_end, refused_start


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


class IncidentSerializer(serializers.ModelSerializer):
    municipality = OrganisationNumberRelation(source="organisation")
    service = ServiceCodeRelation()
    pauses = PauseSerializer(many=True, default=list)

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


class OutageSerializer(serializers.ModelSerializer):
    reach = ReachSerializer(many=True, allow_empty=False, source="visible_reach")
    kind = serializers.ChoiceField(OutageKind.choices, default=OutageKind.UNPLANNED)

    class Meta:
        model = Outage
        validators: list[Any] = []
        fields = ["source", "external_id", "title", "started", "ended", "kind", "notified", "reach"]

    def validate_source(self, source: str) -> str:
        if source == OWN_SOURCE:
            raise serializers.ValidationError(_("This is the name of what is registered here. Give another."))
        return source

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("ended") and attrs["ended"] < attrs["started"]:
            raise serializers.ValidationError({"ended": _("An outage cannot end before it began.")})
        kind, started, ended, now = attrs["kind"], attrs["started"], attrs.get("ended"), timezone.now()
        if words := refused_start(kind, started, now):
            raise serializers.ValidationError({"started": words})
        if words := refused_end(kind, started, ended, now) or endless(kind, ended):
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
