"""Open incidents and their deadlines, of the organisations that a person sees."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from partnership.models import User
from sla.deadlines import Deadline, standing
from sla.models import Clock, Incident, Metric
from sla.querysets import ClockQuerySet


@dataclass(frozen=True)
class Running:
    """`over` and `soon` are of solutions, `answers_soon` of answers."""

    open: int
    over: int
    soon: int
    answers_soon: int
    oldest: datetime | None


def running_for(user: User) -> Running:
    now = timezone.now()
    incidents = Incident.objects.visible_to(user).open().aggregate(count=Count("pk"), oldest=Min("opened"))
    clocks = (
        Clock.objects.visible_to(user)
        .running()
        .aggregate(
            over=_counted(Metric.RESOLUTION, Deadline.BROKEN, now),
            soon=_counted(Metric.RESOLUTION, Deadline.SOON, now),
            answers_soon=_counted(Metric.RESPONSE, Deadline.SOON, now),
        )
    )
    return Running(open=incidents["count"], oldest=incidents["oldest"], **clocks)


def _counted(metric: Metric, deadline: Deadline, now: datetime) -> Count:
    return Count("incident_id", filter=standing(deadline, now) & Q(target__metric=metric), distinct=True)


def deadlines(user: User) -> ClockQuerySet:
    """For a solution; the list of incidents speaks of the same ones."""
    return Clock.objects.visible_to(user).running().filter(target__metric=Metric.RESOLUTION)
