"""Orders over REST: read, placed and sent at once, and moved; the same actions as on the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED, HTTP_409_CONFLICT
from rest_framework.viewsets import ReadOnlyModelViewSet

from partnership import access
from partnership.access import Permission
from services.actions.orders import Overtaken, move_order, place_order, require_move
from services.filters import OrderFilter
from services.models import Order
from services.models.orders import OrderQuerySet
from services.order_serializers import MoveSerializer, OrderSerializer, PlaceSerializer
from services.tasks import send_order_letters
from services.treatments import Act


class Conflict(APIException):
    """Somebody else was first."""

    status_code = HTTP_409_CONFLICT
    default_code = "overtaken"
    default_detail = _("Somebody else was first")


@contextmanager
def _conflicts() -> Iterator[None]:
    """Who was first is told with 409."""
    try:
        yield
    except Overtaken as error:
        raise Conflict(str(error)) from error


class OrderViewSet(ReadOnlyModelViewSet):
    """Orders of the organisations the token may see, newest first. Drafts are written on the pages only."""

    queryset = Order.objects.sent()
    serializer_class = OrderSerializer
    filterset_class = OrderFilter
    lookup_field = "number"
    lookup_value_regex = "[^/]+"

    def get_queryset(self) -> OrderQuerySet:
        rows: Any = super().get_queryset()
        shown = rows.visible_to(self.request.user).select_related("organisation", "service", "placer")
        return shown.prefetch_related("moves__by")  # type: ignore[no-any-return]

    @extend_schema(request=PlaceSerializer, responses={201: OrderSerializer})
    def create(self, request: Request) -> Response:
        """Places an order and sends it for approval. The same `key` again gives the same order.

        409 when the key comes again with other answers, or when the draft that the key began was deleted, or sent by
        somebody else, in the meantime.
        """
        asked = PlaceSerializer(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        access.require(request.user, Permission.PLACE_ORDERS, asked.validated_data["organisation"])
        with _conflicts():
            order = place_order(by=request.user, **asked.validated_data)
        send_order_letters.delay_on_commit(order.pk)
        return Response(self._told(order), HTTP_201_CREATED)

    @extend_schema(request=MoveSerializer, responses=OrderSerializer)
    @action(
        detail=True, methods=["post"], filterset_class=None, pagination_class=None, url_path="moves/(?P<act>[a-z]+)"
    )
    def move(self, request: Request, number: str, act: str) -> Response:
        """Moves the order: approve, reject, accept, start, postpone, deliver, confirm, object, cancel or comment.

        409 when the order no longer stands where this begins, with who did what and when.
        """
        order = self.get_object()
        move = order.treatment.move(act)
        if move is None or move.act == Act.SEND:
            raise NotFound
        require_move(order=order, move=move, by=request.user)
        said = MoveSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        with _conflicts():
            moved = move_order(order=order, act=move.act, by=request.user, **said.validated_data)
        send_order_letters.delay_on_commit(moved.pk)
        return Response(self._told(moved))

    def _told(self, order: Order) -> Any:
        return OrderSerializer(self.get_queryset().get(pk=order.pk), context=self.get_serializer_context()).data
