"""The partnership as machines read it. An organisation is named by its municipality number, others by their own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnership.models import Body, FollowUp, Municipality, Organisation, Resolution, Seat


@extend_schema_field(OpenApiTypes.STR)
class OrganisationNumberRelation(serializers.Field):
    """A municipality's four digits, or another organisation's nine, as text; only organisations the reader can see."""

    default_error_messages = {"unknown": _("No organisation that you can see has the number %(number)s.")}

    def to_representation(self, value: Organisation) -> str:
        return value.any_number

    def to_internal_value(self, data: Any) -> Organisation:
        organisation = self._by_number().get(str(data))
        if organisation is None:
            message = self.error_messages["unknown"] % {"number": data}
            raise serializers.ValidationError(message, code="unknown")
        return organisation

    def _by_number(self) -> dict[str, Organisation]:
        """Read once a request: a bulk of a thousand rows asks a thousand times."""
        known: dict[str, Organisation] | None = self.context.get("organisations")
        if known is None:
            visible = Organisation.objects.visible_to(self.context["request"].user)
            known = {row.any_number: row for row in visible}
            self.context["organisations"] = known
        return known


class MunicipalitySerializer(serializers.ModelSerializer):
    class Meta:
        model = Municipality
        fields = [
            "number",
            "name",
            "official_name",
            "county",
            "population",
            "area_km2",
            "language_form",
            "organisation_number",
        ]


class SeatSerializer(serializers.ModelSerializer):
    """Names as they stand on the page; a person's address is not told."""

    holder = serializers.CharField()
    owner = OrganisationNumberRelation(source="organisation", allow_null=True)
    appointed_by = OrganisationNumberRelation(allow_null=True)
    deputy_of = serializers.CharField(source="deputy_of.holder", default=None)
    valid_from = serializers.DateField(source="first_day")
    valid_to = serializers.DateField(source="last_day", help_text="The last day, included; null while open.")

    class Meta:
        model = Seat
        fields = [
            "holder",
            "role",
            "rank",
            "owner",
            "deputy_of",
            "appointed_by",
            "resolution",
            "weight",
            "valid_from",
            "valid_to",
        ]


class BodySerializer(serializers.ModelSerializer):
    """Seats are those of today and later."""

    seats = SeatSerializer(many=True, source="lasting_seats")

    class Meta:
        model = Body
        fields = [
            "id",
            "kind",
            "name_nb",
            "name_nn",
            "name_en",
            "is_open",
            "quorum_by_votes",
            "notice_days",
            "deputies_wanted",
            "rule_source",
            "seats",
        ]


class FollowUpSerializer(serializers.ModelSerializer):
    owner = serializers.CharField(source="owner.name")

    class Meta:
        model = FollowUp
        fields = ["id", "text", "owner", "due", "done_on", "note"]


class ResolutionSerializer(serializers.ModelSerializer):
    number = serializers.CharField(source="label")
    title = serializers.CharField(source="item.title")
    body = serializers.IntegerField(source="item.body_id")
    meeting = serializers.CharField(source="item.meeting.label")
    decided = serializers.DateTimeField(source="item.meeting.starts")
    follow_ups = FollowUpSerializer(many=True)

    class Meta:
        model = Resolution
        fields = [
            "id",
            "number",
            "title",
            "body",
            "meeting",
            "decided",
            "text",
            "votes_for",
            "votes_against",
            "votes_blank",
            "dissent",
            "follow_ups",
        ]
