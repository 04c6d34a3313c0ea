"""What waits for a person because of meetings: for her home page."""

from typing import Any

from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from kit.closeness import closeness
from partnership import access
from partnership.access import Permission
from partnership.models import Body, FollowUp, Meeting, MeetingState, Resolution
from partnership.models.resolutions import numbered


def open_follow_ups(user: Any) -> QuerySet[FollowUp]:
    """The person's own, the most urgent first."""
    return FollowUp.objects.open().filter(owner=user.pk).select_related("owner", "resolution__item__meeting__body")


def next_meeting(user: Any) -> Meeting | None:
    """The next one of a body that the person sits in."""
    mine = Meeting.objects.visible_to(user).ahead().filter(body__in=Body.objects.sat_in_by(user))
    return mine.filter(starts__gte=timezone.now()).select_related("body").first()


def meetings_to_call(user: Any) -> QuerySet[Meeting]:
    """Planned meetings that the person may call, the next first; empty for who may not."""
    planned = Meeting.objects.filter(state=MeetingState.PLANNED).select_related("body").order_by("starts")
    if access.holds(user, Permission.MANAGE_MEETINGS):
        return planned
    return planned.filter(body__in=Body.objects.led_by(user))


def find_resolutions(user: Any, text: str) -> QuerySet[Resolution]:
    """For the search over all rooms: those the person may see; that number, the closest title, then the newest."""
    found = Resolution.objects.visible_to(user).matching(text).select_related("item__meeting__body")
    by_number = Case(When(numbered(text), then=Value(0)), default=Value(1))
    return found.order_by(by_number, closeness(text, "item__title"), *Resolution._meta.ordering)
