"""The gate before what is written of a meeting: 404 where it does not exist for her, 403 where she only reads."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from partnership.models import AgendaItem, Body, Meeting
from partnership.models.meetings import may_write


def require_writer(request: HttpRequest, body: Body) -> None:
    if not may_write(request.user, body):
        raise PermissionDenied


def written_meeting(request: HttpRequest, pk: int) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("body"), pk=pk)
    require_writer(request, meeting.body)
    return meeting


def written_item(request: HttpRequest, pk: int) -> AgendaItem:
    items = AgendaItem.objects.visible_to(request.user).select_related("meeting__body")
    item = get_object_or_404(items, pk=pk)
    require_writer(request, item.meeting.body)
    return item
