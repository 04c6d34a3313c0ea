from rest_framework import serializers

from services.models import Service


class ServiceSerializer(serializers.ModelSerializer):
    calendar = serializers.StringRelatedField()

    class Meta:
        model = Service
        fields = [
            "code",
            "name_nb",
            "name_nn",
            "name_en",
            "description_nb",
            "description_nn",
            "description_en",
            "group",
            "tier",
            "step",
            "level",
            "is_critical",
            "delivery_days",
            "stage",
            "calendar",
        ]
