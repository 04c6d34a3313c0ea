"""What is ordered most where a person orders: the short way from home to the form."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from partnership import access
from partnership.access import Permission
from services.models import Service

LATELY = timedelta(days=365)


def often_ordered(user: Any, *, most: int) -> list[Service]:
    """Of what can be ordered now: that which her municipalities sent most orders for in a year, then by name."""
    places = access.reach(user, Permission.PLACE_ORDERS)
    theirs = Q() if places is None else Q(orders__organisation__in=places)
    sent = Q(orders__sent_at__gte=timezone.now() - LATELY)
    offered = Service.objects.visible_to(user).offered().annotate(times=Count("orders", theirs & sent))
    return list(offered.order_by("-times", "sort_key")[:most])
