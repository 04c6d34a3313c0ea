"""How a deadline stands: held, broken, running, standing still, about to break; or none, where no agreement judges.

About to break is one of whose time so much is used as the agreement warns of; that instant stands with the clock.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from sla.models import Clock, Metric
from sla.models.incidents import IncidentQuerySet


class Deadline(TextChoices):
    HELD = "held", _("held")
    BROKEN = "broken", _("broken")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("standing still")
    SOON = "soon", _("about to break")
    NONE = "none", _("no agreement")


def deadline_of(clock: Clock | None, now: datetime) -> Deadline:
    """A clock that fell due after the last calculation is broken too, though it is not counted yet."""
    if clock is None:
        return Deadline.NONE
    if clock.month is not None:
        return Deadline.HELD if clock.met else Deadline.BROKEN
    if clock.due is None:
        return Deadline.PAUSED
    if clock.due <= now:
        return Deadline.BROKEN
    return Deadline.SOON if clock.at_risk_from and clock.at_risk_from <= now else Deadline.RUNNING


def standing(deadline: Deadline, now: datetime) -> Q:
    """The same rule over clocks in the database. ValueError for NONE, which has no clock."""
    undecided = Q(month__isnull=True)
    match deadline:
        case Deadline.HELD:
            return Q(met=True)
        case Deadline.BROKEN:
            return Q(met=False) | undecided & Q(due__lte=now)
        case Deadline.RUNNING:
            return undecided & Q(due__gt=now)
        case Deadline.PAUSED:
            return undecided & Q(due__isnull=True)
        case Deadline.SOON:
            return undecided & Q(due__gt=now, at_risk_from__lte=now)
    raise ValueError("Without an agreement there is no clock.")


def with_deadline(incidents: IncidentQuerySet, deadline: Deadline, metric: Metric, now: datetime) -> IncidentQuerySet:
    """The incidents whose deadline to answer or to solve stands so at this instant."""
    if deadline is Deadline.NONE:
        return incidents.without_agreement()
    clocks = Clock.objects.filter(standing(deadline, now), incident=OuterRef("pk"), target__metric=metric)
    return incidents.filter(Exists(clocks))
