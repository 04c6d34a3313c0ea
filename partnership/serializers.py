"""The partnership as machines read it. An organisation is named by its municipality number, others by their own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from partnership.models import Municipality, Organisation


@extend_schema_field(OpenApiTypes.STR)
class OrganisationNumberRelation(serializers.Field):
    """A municipality's four digits, or another organisation's nine, as text; only organisations the reader can see."""

    default_error_messages = {"unknown": _("No organisation that you can see has the number %(number)s.")}

    def to_representation(self, value: Organisation) -> str:
        return value.number or value.organisation_number

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
            known = {self.to_representation(row): row for row in visible}
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
