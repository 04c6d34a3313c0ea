"""What is reckoned when it is asked for: a version tried on the past, and how lead times were kept."""

from rest_framework import serializers

from partnership.serializers import OrganisationNumberRelation
from sla.models import Metric


class LevelSerializer(serializers.Serializer):
    counted = serializers.IntegerField(help_text="Deadlines, or seconds of availability.")
    met = serializers.IntegerField()
    wanted = serializers.DecimalField(7, 6, source="wanted_share", help_text="The share that is to be met.")
    status = serializers.CharField(help_text="on_target, good_enough, not_good_enough or not_measured.")


class SupposedSerializer(serializers.Serializer):
    municipality = OrganisationNumberRelation(source="organisation")
    metric = serializers.ChoiceField(choices=Metric.choices)
    before = LevelSerializer()
    after = LevelSerializer()


class SupposedIncidentSerializer(serializers.Serializer):
    source = serializers.CharField(source="incident.source")
    external_id = serializers.CharField(source="incident.external_id")
    service = serializers.CharField(source="incident.service.code")
    municipality = OrganisationNumberRelation(source="incident.organisation")
    metric = serializers.ChoiceField(choices=Metric.choices)
    before = serializers.CharField(
        source="before.code", help_text="held, broken, open while undecided, or none where nothing was promised."
    )
    after = serializers.CharField(source="after.code", help_text="The same, had the version held.")


class CreditSumSerializer(serializers.Serializer):
    credits = serializers.IntegerField(help_text="Each of a service in a month.")
    percent = serializers.DecimalField(8, 2, help_text="Percentage points in all, each credit of a price of its own.")


class SupposedCreditsSerializer(serializers.Serializer):
    municipality = OrganisationNumberRelation(source="organisation")
    before = CreditSumSerializer()
    after = CreditSumSerializer()


class LeadTimeKeptSerializer(serializers.Serializer):
    municipality = OrganisationNumberRelation(source="organisation")
    service = serializers.CharField(source="service.code")
    counted = serializers.IntegerField(source="level.counted", help_text="Approved orders that are decided.")
    met = serializers.IntegerField(source="level.met")
    wanted = serializers.DecimalField(7, 6, source="level.wanted_share")
    status = serializers.CharField(source="level.status")
