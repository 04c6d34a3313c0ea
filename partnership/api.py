from django.db.models import Prefetch, QuerySet
from rest_framework.viewsets import ReadOnlyModelViewSet

from partnership.models import Body, FollowUp, Municipality, Resolution, Seat
from partnership.resolution_lists import ResolutionFilter
from partnership.serializers import BodySerializer, MunicipalitySerializer, ResolutionSerializer


class MunicipalityViewSet(ReadOnlyModelViewSet):
    """The national register of municipalities, open to whoever has a token."""

    queryset = Municipality.objects.all()
    serializer_class = MunicipalitySerializer
    filterset_fields = {"county": ["exact"], "language_form": ["exact"], "name": ["exact", "icontains"]}


class BodyViewSet(ReadOnlyModelViewSet):
    """The bodies that decide, and who sits in them today and later."""

    queryset = Body.objects.all()
    serializer_class = BodySerializer
    filterset_fields = ["kind", "is_open"]

    def get_queryset(self) -> QuerySet[Body]:
        user = self.request.user
        seats = Seat.objects.visible_to(user).lasting().in_order()
        related = seats.select_related("user", "organisation", "appointed_by", "deputy_of__user")
        lasting = Prefetch("seats", related, to_attr="lasting_seats")
        return super().get_queryset().visible_to(user).prefetch_related(lasting)


class ResolutionViewSet(ReadOnlyModelViewSet):
    """What the bodies have decided, newest first, with what is to be done about it."""

    queryset = Resolution.objects.select_related("item__meeting")
    serializer_class = ResolutionSerializer
    filterset_class = ResolutionFilter

    def get_queryset(self) -> QuerySet[Resolution]:
        followed = Prefetch("follow_ups", FollowUp.objects.select_related("owner"))
        return super().get_queryset().visible_to(self.request.user).prefetch_related(followed)
