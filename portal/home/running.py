"""Open incidents and their deadlines, of the organisations that a person sees."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min
from django.utils import timezone

from partnership.models import User
from sla.deadlines import Deadline, standing
from sla.models import Clock, Incident, Metric
from sla.querysets import ClockQuerySet


@dataclass(frozen=True)
class Running:
    open: int
    over: int
    soon: int
    oldest: datetime | None


def running_for(user: User) -> Running:
    now = timezone.now()
    incidents = Incident.objects.visible_to(user).open().aggregate(count=Count("pk"), oldest=Min("opened"))
    clocks = deadlines(user).aggregate(
        over=Count("incident_id", filter=standing(Deadline.BROKEN, now), distinct=True),
        soon=Count("incident_id", filter=standing(Deadline.SOON, now), distinct=True),
    )
    return Running(incidents["count"], clocks["over"], clocks["soon"], incidents["oldest"])


def deadlines(user: User) -> ClockQuerySet:
    """For a solution; the list of incidents speaks of the same ones."""
    return Clock.objects.visible_to(user).running().filter(target__metric=Metric.RESOLUTION)
