"""Open incidents and their deadlines, of the organisations that a person sees."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from partnership.models import User
from sla.deadlines import Deadline, standing
from sla.models import Clock, Incident, Metric
from sla.querysets import ClockQuerySet


@dataclass(frozen=True)
class Pressing:
    """`over` and `soon` are of solutions, `answers_soon` of answers."""

    over: int
    soon: int
    answers_soon: int


@dataclass(frozen=True)
class Running(Pressing):
    open: int
    oldest: datetime | None


def running_for(user: User) -> Running:
    incidents = Incident.objects.visible_to(user).open().aggregate(count=Count("pk"), oldest=Min("opened"))
    clocks = Clock.objects.visible_to(user).running().aggregate(**_pressing(timezone.now()))
    return Running(open=incidents["count"], oldest=incidents["oldest"], **clocks)


def pressing_by_service(user: User, services: Collection[int]) -> dict[int, Pressing]:
    """Of each of these services, by its id; one of which nothing runs is left out. In one query."""
    clocks = Clock.objects.visible_to(user).running().filter(service__in=services)
    rows = clocks.order_by().values("service").annotate(**_pressing(timezone.now()))
    return {row.pop("service"): Pressing(**row) for row in rows}


def _pressing(now: datetime) -> dict[str, Count]:
    return {
        "over": _counted(Metric.RESOLUTION, Deadline.BROKEN, now),
        "soon": _counted(Metric.RESOLUTION, Deadline.SOON, now),
        "answers_soon": _counted(Metric.RESPONSE, Deadline.SOON, now),
    }


def _counted(metric: Metric, deadline: Deadline, now: datetime) -> Count:
    return Count("incident_id", filter=standing(deadline, now) & Q(target__metric=metric), distinct=True)


def deadlines(user: User) -> ClockQuerySet:
    """For a solution; the list of incidents speaks of the same ones."""
    return Clock.objects.visible_to(user).running().filter(target__metric=Metric.RESOLUTION)
