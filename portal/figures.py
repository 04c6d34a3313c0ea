"""What the home page says to this person today: what waits, a few figures, the owners, the newest report."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kit import formats
from kit.quarters import last_closed_quarter
from partnership import access
from partnership.access import Permission
from partnership.models import Participation, Partnership, User
from reports.figures import newest_for
from sla.deadlines import SOON
from sla.levels import Level
from sla.models import Clock, Compliance, Incident, Metric
from sla.querysets import ClockQuerySet
from sla.words.plain import in_percent, language

AT_MOST = 5


@dataclass(frozen=True)
class Task:
    """One thing to do, with one button."""

    title: str
    why: str
    url: str
    action: str
    when: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Figure:
    label: str
    value: str | None
    unit: str = ""
    note: str = ""
    status: str = ""
    url: str = ""


@dataclass(frozen=True)
class OwnerRow:
    name: str
    open_incidents: int
    over_deadline: int
    solved: Level
    url: str

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
class Report:
    title: str
    published: str
    url: str


@dataclass(frozen=True)
class Home:
    tasks: list[Task]
    figures: list[Figure]
    owners: list[OwnerRow]


@dataclass(frozen=True)
class Running:
    """Open incidents and their deadlines, of the organisations that the person sees."""

    open: int
    over: int
    soon: int
    oldest: datetime | None


def home_for(user: User) -> Home:
    if not access.holds_anywhere(user, Permission.SEE_SERVICE_LEVELS):
        return Home([], [], [])
    running = running_for(user)
    tasks = list(tasks_for(user, running))[:AT_MOST]
    return Home(tasks, list(figures_for(user, running)), owners_for(user))


def report_for(user: User) -> Report | None:
    """The newest published board report that the person may read."""
    edition = newest_for(user)
    if edition is None or edition.published_at is None:
        return None
    title = gettext("Board report, %(quarter)s") % {"quarter": formats.quarter(edition.period.first, language())}
    published = formats.day(timezone.localdate(edition.published_at), language())
    return Report(title, published, reverse("reports:edition-detail", args=[edition.pk]))


def running_for(user: User) -> Running:
    now = timezone.now()
    incidents = Incident.objects.visible_to(user).open().aggregate(count=Count("pk"), oldest=Min("opened"))
    clocks = _deadlines(user).aggregate(
        over=Count("incident_id", filter=Q(due__lt=now), distinct=True),
        soon=Count("incident_id", filter=Q(due__range=(now, now + SOON)), distinct=True),
    )
    return Running(incidents["count"], clocks["over"], clocks["soon"], incidents["oldest"])


def tasks_for(user: User, running: Running) -> Iterator[Task]:
    """Worst consequence first; only what this person may do something about."""
    may: dict[Permission, Callable[[Running], Iterator[Task]]] = {
        Permission.IMPORT_INCIDENTS: _incident_tasks,
        Permission.MANAGE_PARTNERSHIP: _founding_tasks,
        Permission.MANAGE_AGREEMENTS: _agreement_tasks,
    }
    for permission, tasks in may.items():
        if access.holds(user, permission):
            yield from tasks(running)


def _incident_tasks(running: Running) -> Iterator[Task]:
    url = reverse("sla:incident-list")
    if running.soon:
        title = ngettext(
            "%(n)s incident falls due within 2 hours", "%(n)s incidents fall due within 2 hours", running.soon
        )
        why = gettext("The deadline can still be met.")
        yield Task(title % {"n": running.soon}, why, f"{url}?deadline=soon", gettext("See them"), gettext("Now"), True)
    if running.over:
        title = ngettext(
            "%(n)s open incident is over its deadline", "%(n)s open incidents are over their deadline", running.over
        )
        why = gettext("The municipality waits for an answer or a solution.")
        yield Task(
            title % {"n": running.over}, why, f"{url}?state=open&deadline=broken", gettext("See them"), gettext("Today")
        )


def _founding_tasks(running: Running) -> Iterator[Task]:
    if not Partnership.objects.exists():
        url = reverse("partnership:partnership-found")
        yield Task(gettext("Register the partnership"), gettext("Everything else hangs on it."), url, gettext("Begin"))
    elif not Participation.objects.current().exists():
        url = reverse("partnership:owner-add")
        yield Task(gettext("Add the owners"), gettext("The municipalities that own it."), url, gettext("Add"))


def _agreement_tasks(running: Running) -> Iterator[Task]:
    without = Incident.objects.without_agreement().open().count()
    if without:
        title = ngettext("%(n)s open incident has no agreement", "%(n)s open incidents have no agreement", without)
        url = f"{reverse('sla:incident-list')}?state=open&deadline=none"
        yield Task(title % {"n": without}, gettext("Nothing is promised for them."), url, gettext("See them"))


def figures_for(user: User, running: Running) -> Iterator[Figure]:
    url = reverse("sla:incident-list")
    total = gettext("of %(n)s open") % {"n": running.open}
    yield Figure(gettext("Incidents due within 2 hours"), str(running.soon), total, url=f"{url}?deadline=soon")
    late = {"status": "not-good-enough", "note": gettext("over the deadline")} if running.over else {}
    yield Figure(
        gettext("Incidents over the deadline"),
        str(running.over),
        total,
        url=f"{url}?state=open&deadline=broken",
        **late,
    )
    if running.oldest:
        oldest = formats.day(timezone.localdate(running.oldest), language())
        yield Figure(gettext("Oldest open incident"), oldest, note=_ago(running.oldest), url=f"{url}?state=open")
    yield from level_figures(user)


def level_figures(user: User) -> Iterator[Figure]:
    """Answered and solved in time in the last closed quarter; one never measured is left out."""
    first, last = last_closed_quarter(timezone.localdate())
    levels = Compliance.objects.visible_to(user).in_months(first, last).levels("target__metric")
    for metric in (Metric.RESOLUTION, Metric.RESPONSE):
        if level := levels.get((metric,)):
            quarter = formats.quarter(first, language())
            label = gettext("%(metric)s, %(quarter)s") % {"metric": metric.label.capitalize(), "quarter": quarter}
            yield Figure(label, **shown(level), url=f"{reverse('sla:grid')}?metric={metric}")


def shown(level: Level) -> dict[str, Any]:
    return {"value": in_percent(level), "unit": "%", "status": css_status(level), "note": str(level.status.label)}


def css_status(level: Level) -> str:
    """The name that the components give the status."""
    return level.status.replace("_", "-")


def owners_for(user: User) -> list[OwnerRow]:
    """One row each for whoever sees more than one owner."""
    owners = [one.organisation for one in Participation.objects.current().select_related("organisation")]
    if access.reach(user, Permission.SEE_SERVICE_LEVELS) is not None or not owners:
        return []
    open_by = _counted(Incident.objects.visible_to(user).open(), Count("pk"))
    over_by = _counted(_deadlines(user).filter(due__lt=timezone.now()), Count("incident_id", distinct=True))
    solved = Compliance.objects.visible_to(user).filter(target__metric=Metric.RESOLUTION)
    solved_by = solved.in_months(*last_closed_quarter(timezone.localdate())).levels("organisation")
    url = reverse("sla:incident-list")
    return [
        OwnerRow(
            owner.name,
            open_by.get(owner.pk, 0),
            over_by.get(owner.pk, 0),
            solved_by.get((owner.pk,), Level()),
            f"{url}?owner={owner.pk}&state=open",
        )
        for owner in owners
    ]


def _deadlines(user: User) -> ClockQuerySet:
    """For a solution; the list of incidents speaks of the same ones."""
    return Clock.objects.visible_to(user).running().filter(target__metric=Metric.RESOLUTION)


def _counted(rows: Any, count: Count) -> dict[int, int]:
    return dict(rows.order_by().values_list("organisation").annotate(count))


def _ago(moment: datetime) -> str:
    days = (timezone.localdate() - timezone.localdate(moment)).days
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
