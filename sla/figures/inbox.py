"""What waits in the inbox of monitoring for somebody to do something about it."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Value

from partnership.models import User
from sla.models import InboxMessage, MonitoredThing


@dataclass(frozen=True)
class Waits:
    """Messages that could not be read, and names that no service is matched with."""

    unread: int = 0
    unmatched: int = 0


def waits(user: User) -> Waits:
    """In one query."""
    unread = _counted("unread", InboxMessage.objects.visible_to(user).unread())
    unmatched = _counted("unmatched", MonitoredThing.objects.visible_to(user).unmatched())
    return Waits(**dict(unread.union(unmatched, all=True).order_by()))


def _counted(name: str, rows: QuerySet) -> QuerySet:
    return rows.order_by().values_list(Value(name)).annotate(Count("pk"))
