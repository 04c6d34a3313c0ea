"""Benefits over REST: read goals and benefits, read and register measurements."""

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet, ReadOnlyModelViewSet

from benefits.actions.measuring import register_measurement
from benefits.filters import BenefitApiFilter, MeasurementApiFilter
from benefits.models import Benefit, BenefitShare, Goal, Measurement
from benefits.serializers import BenefitSerializer, GoalSerializer, MeasurementSerializer
from partnership import access
from partnership.access import Permission


class GoalViewSet(ReadOnlyModelViewSet):
    """Effect goals of the municipalities and operational goals of the company."""

    queryset = Goal.objects.select_related("organisation")
    serializer_class = GoalSerializer
    filterset_fields = ["kind", "layer"]

    def get_queryset(self) -> QuerySet[Goal]:
        return super().get_queryset().visible_to(self.request.user)


class BenefitViewSet(ReadOnlyModelViewSet):
    """Benefits with the shares of the organisations the token may see, each with its newest measurement."""

    queryset = Benefit.objects.select_related("accountable")
    serializer_class = BenefitSerializer
    filterset_class = BenefitApiFilter
    lookup_field = "code"
    lookup_value_regex = "[^/]+"

    def get_queryset(self) -> QuerySet[Benefit]:
        user = self.request.user
        shares = BenefitShare.objects.visible_to(user).standing().select_related("organisation", "owner")
        visible = Prefetch("shares", shares, to_attr="visible_shares")
        return super().get_queryset().visible_to(user).prefetch_related(visible)


class MeasurementViewSet(ListModelMixin, RetrieveModelMixin, GenericViewSet):
    """Measurements of the organisations the token may see, newest first; `is_current` tells those that hold."""

    queryset = Measurement.objects.told()
    serializer_class = MeasurementSerializer
    filterset_class = MeasurementApiFilter

    def get_queryset(self) -> QuerySet[Measurement]:
        return super().get_queryset().visible_to(self.request.user)

    @extend_schema(
        responses={
            201: MeasurementSerializer,
            200: OpenApiResponse(MeasurementSerializer, description="It was registered before; nothing is changed."),
        }
    )
    def create(self, request: Request) -> Response:
        """Registers a measurement. The same sent again changes nothing; another value for the day is refused."""
        access.require_anywhere(request.user, Permission.MEASURE_BENEFITS)
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        share, day = asked.validated_data["share"], asked.validated_data["day"]
        access.require(request.user, Permission.MEASURE_BENEFITS, share.organisation)
        known = share.measurements.holding().filter(day=day).exists()
        made = register_measurement(by=request.user, **asked.validated_data)
        code = status.HTTP_200_OK if known else status.HTTP_201_CREATED
        return Response(self.get_serializer(made).data, status=code)
