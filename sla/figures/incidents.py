"""An incident with its deadlines, and what the pages of incidents list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from partnership.models import User
from sla.figures.sheet import Sheet, sheets_of
from sla.models import Clock, Incident, Metric, Pause


@dataclass(frozen=True)
class Story:
    """An incident and how its deadlines were reckoned. No sheet: no agreement, or no target for its priority."""

    incident: Incident
    sheets: Mapping[Metric, Sheet]
    pauses: Sequence[Pause]
    now: datetime

    @property
    def metrics(self) -> list[Metric]:
        """Solution first."""
        return [metric for metric in (Metric.RESOLUTION, Metric.RESPONSE) if metric in self.sheets]

    @property
    def waiting(self) -> Pause | None:
        """The pause that lasts now."""
        return next((pause for pause in self.pauses if pause.lasts_at(self.now)), None)


def story(incident: Incident, now: datetime) -> Story:
    """In two queries."""
    related = ("target__version__agreement", "target__calendar", "calendar_version__calendar", "run")
    clocks = list(Clock.objects.filter(incident=incident).select_related(*related))
    for clock in clocks:
        clock.incident = incident
    pauses = list(incident.pauses.select_related("by"))
    return Story(incident, sheets_of(clocks, pauses, now), pauses, now)


def with_clocks(user: User) -> QuerySet[Incident]:
    """What the reader may see, with places and clocks at hand: three queries for any number of rows."""
    clocks = Prefetch("clocks", Clock.objects.select_related("target"))
    return Incident.objects.visible_to(user).select_related("service", "organisation").prefetch_related(clocks)


def clock_of(incident: Incident, metric: Metric) -> Clock | None:
    """The clock of a prefetched incident."""
    for clock in incident.clocks.all():
        if clock.target.metric == metric:
            clock.incident = incident
            return clock
    return None
