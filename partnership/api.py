from rest_framework.viewsets import ReadOnlyModelViewSet

from partnership.models import Municipality
from partnership.serializers import MunicipalitySerializer


class MunicipalityViewSet(ReadOnlyModelViewSet):
    """The national register of municipalities, open to whoever has a token."""

    queryset = Municipality.objects.all()
    serializer_class = MunicipalitySerializer
    filterset_fields = {"county": ["exact"], "language_form": ["exact"], "name": ["exact", "icontains"]}
