from django.db.models import QuerySet
from rest_framework.viewsets import ReadOnlyModelViewSet

from services.models import Service
from services.serializers import ServiceSerializer


class ServiceViewSet(ReadOnlyModelViewSet):
    """The service catalogue."""

    queryset = Service.objects.select_related("calendar").prefetch_related("dependencies__needed")
    serializer_class = ServiceSerializer
    lookup_field = "code"
    lookup_value_regex = "[^/]+"
    filterset_fields = ["group", "tier", "stage", "is_critical"]

    def get_queryset(self) -> QuerySet[Service]:
        return super().get_queryset().visible_to(self.request.user)
