"""Goals, benefits and measurements as machines read and write them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from benefits.arithmetic import percent
from benefits.models import Benefit, BenefitShare, Goal, Measurement
from partnership.serializers import OrganisationNumberRelation


class GoalSerializer(serializers.ModelSerializer):
    municipality = OrganisationNumberRelation(
        source="organisation", read_only=True, help_text="Null: the goal is the company's."
    )

    class Meta:
        model = Goal
        fields = [
            "id",
            "kind",
            "layer",
            "municipality",
            "name_nb",
            "name_nn",
            "name_en",
            "target_nb",
            "target_nn",
            "target_en",
            "good_enough_nb",
            "good_enough_nn",
            "good_enough_en",
            "decided_by",
            "decided_on",
        ]


class ShareSerializer(serializers.ModelSerializer):
    municipality = OrganisationNumberRelation(source="organisation", read_only=True)
    owner = serializers.CharField(source="owner.name")
    newest = serializers.DecimalField(source="newest_value", max_digits=15, decimal_places=3, allow_null=True)
    measured_on = serializers.DateField(source="newest_on", allow_null=True)
    achievement_percent = serializers.SerializerMethodField(help_text="Null while nothing is measured, never 0.")
    status = serializers.CharField(
        source="standing", help_text="on_target, good_enough, not_good_enough or not_measured."
    )

    class Meta:
        model = BenefitShare
        fields = [
            "municipality",
            "owner",
            "baseline",
            "baseline_on",
            "baseline_source",
            "target",
            "target_on",
            "good_enough",
            "newest",
            "measured_on",
            "achievement_percent",
            "status",
        ]

    def get_achievement_percent(self, share: BenefitShare) -> float | None:
        achievement = share.way.achievement(share.newest_value) if share.way else None
        return None if achievement is None else float(percent(achievement))


class BenefitSerializer(serializers.ModelSerializer):
    """A benefit with the shares that the reader may see."""

    accountable = serializers.CharField(source="accountable.name", default=None, read_only=True)
    shares = ShareSerializer(many=True, source="visible_shares")

    class Meta:
        model = Benefit
        fields = [
            "code",
            "type",
            "layer",
            "goal",
            "name_nb",
            "name_nn",
            "name_en",
            "indicator_nb",
            "indicator_nn",
            "indicator_en",
            "method_nb",
            "method_nn",
            "method_en",
            "unit",
            "frequency",
            "accountable",
            "shares",
        ]


class MeasurementSerializer(serializers.ModelSerializer):
    """What was measured of a municipality's share of a benefit. A corrected one stays, and no longer holds."""

    benefit = serializers.CharField(source="share.benefit.code", max_length=4)
    municipality = OrganisationNumberRelation(source="share.organisation")

    class Meta:
        model = Measurement
        validators: list[Any] = []
        fields = [
            "id",
            "benefit",
            "municipality",
            "day",
            "value",
            "source",
            "note",
            "registered",
            "corrects",
            "is_current",
        ]
        read_only_fields = ["registered", "corrects", "is_current"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        named = attrs.pop("share")
        shares = BenefitShare.objects.visible_to(self.context["request"].user)
        code, organisation = named["benefit"]["code"], named["organisation"]
        share = shares.filter(benefit__code=code, organisation=organisation).first()
        if share is None:
            words = _("%(municipality)s has no share of a benefit with this code.") % {"municipality": organisation}
            raise serializers.ValidationError({"benefit": words})
        return attrs | {"share": share}
