"""Service notices over REST: read by whom they hit, written by monitoring that knows what is down."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from partnership import access
from partnership.access import Permission
from partnership.periods import meant_instants
from partnership.serializers import OrganisationNumberRelation
from services.actions.notices import Announcement
from services.models import NoticeKind, NoticeMessage, NoticeReach, ServiceNotice
from services.models.notices import NO_CONTROL_CHARACTERS
from services.tasks import send_notice_letters
from sla.actions.announcing import announce, end, follow_up
from sla.figures.notices import notices
from sla.forms.notices import refused_times
from sla.serializers import ServiceCodeRelation


class NoticeReachSerializer(serializers.ModelSerializer):
    service = serializers.SlugRelatedField("code", read_only=True)
    municipality = OrganisationNumberRelation(source="organisation")

    class Meta:
        model = NoticeReach
        fields = ["service", "municipality"]


class NoticeMessageSerializer(serializers.ModelSerializer):
    class Meta:
        model = NoticeMessage
        fields = ["at", "text", "is_end"]


class NoticeSerializer(serializers.ModelSerializer):
    reach = NoticeReachSerializer(many=True, source="visible_reach")
    messages = NoticeMessageSerializer(many=True, help_text="The newest first.")
    is_over = serializers.SerializerMethodField(help_text="Ended; what is planned ends by itself when it was to.")

    class Meta:
        model = ServiceNotice
        fields = [
            "id",
            "kind",
            "title",
            "starts",
            "expected_end",
            "next_update",
            "ended",
            "published_at",
            "is_over",
            "reach",
            "messages",
        ]

    @extend_schema_field(bool)
    def get_is_over(self, notice: ServiceNotice) -> bool:
        return notice.is_over(timezone.now())


class InstantField(serializers.DateTimeField):
    """One that people mean."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validators=meant_instants(), **kwargs)


def refuse_times(kind: str, starts: datetime, attrs: dict[str, Any]) -> None:
    if refused := refused_times(kind, starts, attrs["expected_end"], attrs["next_update"]):
        raise serializers.ValidationError(refused)


class WriteNoticeSerializer(serializers.Serializer):
    """Without municipalities it concerns everyone who has one of the services."""

    key = serializers.UUIDField(
        allow_null=True,
        default=None,
        help_text="Made by the sender, one for each notice: what is sent twice is one notice.",
    )
    kind = serializers.ChoiceField(NoticeKind.choices)
    title = serializers.CharField(max_length=150, validators=[NO_CONTROL_CHARACTERS])
    text = serializers.CharField(max_length=5000)
    services = serializers.ListField(child=ServiceCodeRelation(), allow_empty=False)
    municipalities = serializers.ListField(child=OrganisationNumberRelation(), default=list)
    starts = InstantField()
    expected_end = InstantField(allow_null=True, default=None)
    next_update = InstantField(allow_null=True, default=None)
    with_outage = serializers.BooleanField(
        default=False, help_text="Register the downtime or the planned work at the same time."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["kind"] == NoticeKind.FAULT and attrs["starts"] > timezone.now():
            raise serializers.ValidationError(
                {"starts": _("This is in the future. Only planned work can be told of ahead.")}
            )
        refuse_times(attrs["kind"], attrs["starts"], attrs)
        return attrs

    def announcement(self) -> Announcement:
        typed = {name: value for name, value in self.validated_data.items() if name not in ("with_outage", "key")}
        typed["owners"] = typed.pop("municipalities")
        return Announcement(**(typed | {"kind": NoticeKind(typed["kind"])}))


class FollowUpNoticeSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=5000)
    next_update = InstantField(allow_null=True, default=None)
    expected_end = InstantField(allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        notice = self.context["notice"]
        refuse_times(notice.kind, notice.starts, attrs)
        return attrs


class EndNoticeSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=5000)
    ended = InstantField(
        allow_null=True, default=None, help_text="Without it: now, or when it ended by itself, as planned work does."
    )


class NoticeViewSet(ReadOnlyModelViewSet):
    """Service notices that hit an organisation the token may see, the one that began last first."""

    queryset = ServiceNotice.objects.all()
    serializer_class = NoticeSerializer
    filterset_fields = ["kind"]

    def get_queryset(self) -> QuerySet[ServiceNotice]:
        return notices(self.request.user).prefetch_related(Prefetch("messages"))

    @extend_schema(request=WriteNoticeSerializer, responses={201: NoticeSerializer})
    def create(self, request: Request) -> Response:
        """All whom it hits are written to at once. The same `key` again gives the same notice, or 400 where it says
        something else.
        """
        access.require(request.user, Permission.MANAGE_OUTAGES)
        typed = WriteNoticeSerializer(data=request.data, context=self.get_serializer_context())
        typed.is_valid(raise_exception=True)
        once = {"with_outage": typed.validated_data["with_outage"], "token": typed.validated_data["key"]}
        notice = announce(said=typed.announcement(), by=request.user, **once)
        return self._sent(notice.pk, status=201)

    @extend_schema(request=FollowUpNoticeSerializer, responses=NoticeSerializer)
    @action(detail=True, methods=["post"], url_path="follow-up", filterset_fields=None, pagination_class=None)
    def follow_up(self, request: Request, pk: int | None = None) -> Response:
        """Says more; both times as they are now."""
        return self._moved(follow_up, FollowUpNoticeSerializer)

    @extend_schema(request=EndNoticeSerializer, responses=NoticeSerializer)
    @action(detail=True, methods=["post"], filterset_fields=None, pagination_class=None)
    def end(self, request: Request, pk: int | None = None) -> Response:
        """Ends it, and what was registered with it; one that has not begun is called off."""
        return self._moved(end, EndNoticeSerializer)

    def _moved(self, act: Any, serializer: type[serializers.Serializer]) -> Response:
        access.require(self.request.user, Permission.MANAGE_OUTAGES)
        notice = self.get_object()
        typed = serializer(data=self.request.data, context={"notice": notice})
        typed.is_valid(raise_exception=True)
        act(notice=notice, by=self.request.user, **typed.validated_data)
        return self._sent(notice.pk)

    def _sent(self, pk: int, status: int = 200) -> Response:
        send_notice_letters.delay_on_commit(pk)
        return Response(self.get_serializer(self.get_queryset().get(pk=pk)).data, status=status)
