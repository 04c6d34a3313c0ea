"""What a role is there for: the owners side by side, how one municipality is served, what the newest report found."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from kit import formats
from kit.quarters import last_closed_quarter
from partnership.models import Participation, User
from portal.home.running import deadlines
from reports.brief import Conclusion, brief
from reports.figures import newest_for
from services.models import Service
from sla.deadlines import deadline_of
from sla.figures.incidents import clock_of, with_clocks
from sla.figures.notices import notices
from sla.levels import Level
from sla.models import Compliance, Incident, Metric
from sla.words import plain
from sla.words.notices import Told, told
from sla.words.plain import in_percent, language

FAULTS = 5
NOTICES = 3
NOTICE_AHEAD = timedelta(days=5)


@dataclass(frozen=True)
class Measured:
    """A share solved in time, with its judgement in a word. `course` is the page that the share opens: month by month,
    and from there the incidents.
    """

    name: str
    solved: Level
    url: str
    course: str

    @property
    def status(self) -> str:
        return css_status(self.solved)

    @property
    def status_word(self) -> str:
        return str(self.solved.status.label)

    @property
    def percent(self) -> str:
        return in_percent(self.solved)


@dataclass(frozen=True)
class OwnerRow(Measured):
    open_incidents: int
    over_deadline: int


@dataclass(frozen=True)
class ServiceRow(Measured):
    pass


@dataclass(frozen=True)
class FaultRow:
    """An open incident, as the municipality that reported it wants to know it."""

    number: str
    about: str
    status: Any
    word: str
    due: str
    url: str


@dataclass(frozen=True)
class Report:
    """The newest report; `finding` and `conclusions` only for whoever reads it more than she works with it."""

    title: str
    published: str
    url: str
    finding: str
    conclusions: list[Conclusion]


def css_status(level: Level) -> str:
    """The name that the components give the status."""
    return level.status.replace("_", "-")


def owners_for(user: User) -> list[OwnerRow]:
    """One row each; without owners there is nothing to compare."""
    owners = [one.organisation for one in Participation.objects.current().select_related("organisation")]
    open_by = _counted(Incident.objects.visible_to(user).open(), Count("pk"))
    over_by = _counted(deadlines(user).filter(due__lt=timezone.now()), Count("incident_id", distinct=True))
    solved_by = _solved(user).levels("organisation")
    url = reverse("sla:incident-list")
    return [
        OwnerRow(
            owner.name,
            solved_by.get((owner.pk,), Level()),
            f"{url}?owner={owner.pk}&state=open",
            reverse("sla:owner-course", args=[owner.pk]),
            open_by.get(owner.pk, 0),
            over_by.get(owner.pk, 0),
        )
        for owner in owners
    ]


def services_for(user: User) -> list[ServiceRow]:
    """The services that were measured for this municipality in the last closed quarter, the poorest first."""
    levels = _solved(user).levels("service")
    services = Service.objects.in_bulk([pk for (pk,) in levels])
    rows = [_service(services[pk], level) for (pk,), level in levels.items()]
    return sorted(rows, key=lambda row: (row.solved.percent() or 0, row.name))


def _service(service: Service, level: Level) -> ServiceRow:
    page, course = (
        reverse("services:service-detail", args=[service.pk]),
        reverse("sla:service-course", args=[service.code]),
    )
    return ServiceRow(service.name, level, page, course)


def faults_for(user: User) -> list[FaultRow]:
    """The open ones that have waited longest."""
    now = timezone.now()
    incidents = with_clocks(user).open().order_by("opened")  # type: ignore[attr-defined]
    return [_fault(incident, now) for incident in incidents[:FAULTS]]


def _fault(incident: Incident, now: Any) -> FaultRow:
    clock = clock_of(incident, Metric.RESOLUTION)
    deadline = deadline_of(clock, now)
    return FaultRow(
        number=incident.external_id,
        about=" · ".join(filter(None, [incident.title, incident.service.name])),
        status=plain.DEADLINE_SHAPES[deadline],
        word=str(deadline.label),
        due=plain.instant(clock.due) if clock and clock.due else "",
        url=reverse("sla:incident-detail", args=[incident.pk]),
    )


def report_for(user: User, *, is_brief: bool) -> Report | None:
    """The newest published board report that the person may read."""
    edition = newest_for(user)
    if edition is None or edition.published_at is None:
        return None
    title = gettext("Board report, %(quarter)s") % {"quarter": formats.quarter(edition.period.first, language())}
    published = formats.day(timezone.localdate(edition.published_at), language())
    finding, conclusions = ("", []) if is_brief else brief(edition)
    return Report(title, published, reverse("reports:edition-detail", args=[edition.pk]), finding, conclusions)


def notices_for(user: User) -> list[Told]:
    """What is wrong now, and then what comes within a few days."""
    now = timezone.now()
    seen = notices(user)
    current = list(seen.current(now)[:NOTICES])  # type: ignore[attr-defined]
    coming = seen.coming(now).filter(starts__lte=now + NOTICE_AHEAD)[:NOTICES]  # type: ignore[attr-defined]
    return [told(one, now) for one in [*current, *coming]]


def _solved(user: User) -> Any:
    solved = Compliance.objects.visible_to(user).filter(target__metric=Metric.RESOLUTION)
    return solved.in_months(*last_closed_quarter(timezone.localdate()))


def _counted(rows: Any, count: Count) -> dict[int, int]:
    return dict(rows.order_by().values_list("organisation").annotate(count))
