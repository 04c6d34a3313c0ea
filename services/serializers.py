from rest_framework import serializers

from services.models import Service


class ServiceSerializer(serializers.ModelSerializer):
    calendar = serializers.StringRelatedField()
    needs = serializers.SerializerMethodField(help_text="Codes of the services without which it does not work.")

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
            "needs",
        ]

    def get_needs(self, service: Service) -> list[str]:
        return [row.needed.code for row in service.dependencies.all()]
