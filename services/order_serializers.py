"""Orders as machines read and write them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from partnership.serializers import OrganisationNumberRelation
from services.models import Order, OrderMove, Service
from services.models.orders import MOST


class OrderMoveSerializer(serializers.ModelSerializer):
    by = serializers.StringRelatedField()

    class Meta:
        model = OrderMove
        fields = ["act", "by", "at", "note", "promised_on"]


class OrderSerializer(serializers.ModelSerializer):
    municipality = OrganisationNumberRelation(source="organisation")
    service = serializers.SlugRelatedField("code", read_only=True)
    placer = serializers.StringRelatedField()
    moves = OrderMoveSerializer(many=True, read_only=True)

    class Meta:
        model = Order
        fields = [
            "number",
            "municipality",
            "service",
            "placer",
            "quantity",
            "wished_on",
            "description",
            "unit",
            "account",
            "state",
            "revision",
            "sent_at",
            "approved_at",
            "delivered_at",
            "first_promised_on",
            "promised_on",
            "moves",
        ]


class OfferedServiceRelation(serializers.SlugRelatedField):
    """A service by its code, of those that can be ordered."""

    def get_queryset(self) -> Any:
        return Service.objects.visible_to(self.context["request"].user).offered()


class PlaceSerializer(serializers.Serializer):
    key = serializers.UUIDField(
        source="token", help_text="Made by the sender, one for each order: what is sent twice is placed once."
    )
    municipality = OrganisationNumberRelation(source="organisation")
    service = OfferedServiceRelation("code", queryset=Service.objects.none())
    quantity = serializers.IntegerField(min_value=1, max_value=MOST, default=1)
    wished_on = serializers.DateField(allow_null=True, default=None)
    description = serializers.CharField(
        max_length=2000, help_text=_("Do not write national identity numbers or health information.")
    )
    unit = serializers.CharField(max_length=100, allow_blank=True, default="")
    account = serializers.CharField(max_length=60, allow_blank=True, default="")


class MoveSerializer(serializers.Serializer):
    note = serializers.CharField(max_length=2000, allow_blank=True, default="")
    promised_on = serializers.DateField(allow_null=True, default=None)
    revision = serializers.IntegerField(
        allow_null=True, default=None, help_text="The revision that was read; another since then gives 409."
    )
