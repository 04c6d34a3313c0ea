"""An incident with its deadlines, and what the pages of incidents list."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from kit.worktime import WorkTime
from partnership.models import User
from services.models import ServiceCalendar
from sla.figures.sheet import Sheet, sheets_of
from sla.models import CLOCKED, Clock, Incident, Metric, Pause, Target


@dataclass(frozen=True)
class Story:
    """An incident and how its deadlines were reckoned. No sheet: no agreement, no target for its priority, or a target
    whose opening hours had not begun, which are then in `lacking`.
    """

    incident: Incident
    sheets: Mapping[Metric, Sheet]
    lacking: Mapping[Metric, ServiceCalendar]
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
    """In two queries, and two more where a deadline is missing."""
    related = ("target__version__agreement", "target__calendar", "calendar_version__calendar", "run")
    clocks = list(Clock.objects.filter(incident=incident).select_related(*related))
    for clock in clocks:
        clock.incident = incident
    pauses = list(incident.pauses.select_related("by"))
    sheets = sheets_of(clocks, pauses, now)
    missing = [metric for metric in CLOCKED if metric not in sheets]
    lacking = dict(_lacking(incident, missing)) if missing else {}
    return Story(incident, sheets, lacking, pauses, now)


def _lacking(incident: Incident, metrics: Collection[Metric]) -> Iterator[tuple[Metric, ServiceCalendar]]:
    """The opening hours by which these deadlines were promised, where they did not hold when it was reported."""
    day = timezone.localdate(incident.opened)
    for target in _promised(incident, metrics):
        calendar = target.calendar or target.version.calendar
        if calendar.version_on(day) is None:
            yield Metric(target.metric), calendar


def _promised(incident: Incident, metrics: Collection[Metric]) -> Collection[Target]:
    """The target of each metric that would judge it: what is said of its impact, or for its owner, goes before."""
    targets = Target.objects.filter(
        Q(organisation=None) | Q(organisation=incident.organisation),
        Q(impact=None) | Q(impact=incident.impact),
        version__coverage__service=incident.service,
        version__coverage__organisation=incident.organisation,
        version__coverage__period__contains=timezone.localdate(incident.opened),
        priority=incident.priority,
        metric__in=metrics,
    )
    usual_first = sorted(
        targets.select_related("calendar", "version__calendar"),
        key=lambda one: (one.impact is not None, one.organisation_id is not None),
    )
    return {target.metric: target for target in usual_first}.values()


def with_clocks(user: User) -> QuerySet[Incident]:
    """What the reader may see, with places and clocks at hand, and the pauses that last: four queries for any number
    of rows.
    """
    clocks = Prefetch("clocks", Clock.objects.select_related("target", "calendar_version"))
    lasting = Prefetch("pauses", Pause.objects.lasting(timezone.now()), to_attr="lasting")
    return Incident.objects.visible_to(user).select_related("service", "organisation").prefetch_related(clocks, lasting)


def by_deadline(incidents: QuerySet[Incident], metric: Metric) -> QuerySet[Incident]:
    """With `due`, the instant of that deadline, to be put in order by."""
    clocks = Clock.objects.filter(incident=OuterRef("pk"), target__metric=metric)
    return incidents.annotate(due=Subquery(clocks.values("due")[:1]))


class TimeLeft:
    """Working time until deadlines that run; each calendar's hours are made once."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._hours: dict[int, WorkTime] = {}

    def of(self, clock: Clock) -> timedelta | None:
        """Of a clock of `with_clocks`; None where it does not run, or nobody knows until when it waits."""
        if clock.month is not None or clock.due is None or clock.due <= self.now:
            return None
        version = clock.calendar_version
        if version.pk not in self._hours:
            self._hours[version.pk] = version.work_time()
        lasting = [one for one in clock.incident.lasting if clock.target.pauses or one.was_solved]
        return self._hours[version.pk].elapsed(self.now, clock.due, [(one.started, one.ended) for one in lasting])


def clock_of(incident: Incident, metric: Metric) -> Clock | None:
    """The clock of a prefetched incident."""
    for clock in incident.clocks.all():
        if clock.target.metric == metric:
            clock.incident = incident
            return clock
    return None
