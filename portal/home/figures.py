"""At most five figures for the first look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from kit import formats
from kit.quarters import last_closed_quarter
from partnership import access
from partnership.access import Permission
from partnership.models import Meeting, User
from partnership.waiting import next_meeting
from portal.home.parts import css_status
from portal.home.running import Running
from services.waiting import order_counts
from sla.levels import Level
from sla.models import Compliance, Metric
from sla.words.plain import in_percent, language


@dataclass(frozen=True)
class Figure:
    label: str
    value: str | None
    unit: str = ""
    note: str = ""
    status: str = ""
    url: str = ""


def figures_for(user: User, running: Running, *, is_operator: bool) -> Iterator[Figure]:
    """Those who act on incidents begin with the deadlines of the next hours; others with how it went."""
    if access.holds_anywhere(user, Permission.SEE_ORDERS):
        yield _late_orders(user)
    if is_operator:
        yield from _running_figures(running)
    else:
        yield _over(running)
    yield from level_figures(user)
    if meeting := next_meeting(user):
        yield _next_meeting(meeting)


def _late_orders(user: User) -> Figure:
    counts = order_counts(user)
    label, url = gettext("Orders over the promised date"), reverse("services:order-list")
    if not counts.open:
        return Figure(label, "0", note=gettext("No order is open."), url=url)
    late = {"status": "not-good-enough", "note": gettext("need a new date")} if counts.late else {}
    return Figure(label, str(counts.late), gettext("of %(n)s open") % {"n": counts.open}, url=url, **late)


def _next_meeting(meeting: Meeting) -> Figure:
    day = formats.day(timezone.localdate(meeting.starts), language())
    url = reverse("partnership:meeting-detail", args=[meeting.pk])
    return Figure(gettext("Your next meeting"), day, note=str(meeting.body), url=url)


def _running_figures(running: Running) -> Iterator[Figure]:
    url = reverse("sla:incident-list")
    if running.open:
        soon = gettext("Incidents about to break their deadline")
        yield Figure(soon, str(running.soon), _of_open(running), url=f"{url}?deadline=soon")
    yield _over(running)
    if running.oldest:
        oldest = formats.day(timezone.localdate(running.oldest), language())
        yield Figure(gettext("Oldest open incident"), oldest, note=_ago(running.oldest), url=f"{url}?state=open")


def _over(running: Running) -> Figure:
    label, url = gettext("Incidents over the deadline"), f"{reverse('sla:incident-list')}?state=open&deadline=broken"
    if not running.open:
        return Figure(label, "0", note=gettext("No incident is open."), url=url)
    late = {"status": "not-good-enough", "note": gettext("must be followed up")} if running.over else {}
    return Figure(label, str(running.over), _of_open(running), url=url, **late)


def _of_open(running: Running) -> str:
    return gettext("of %(n)s open") % {"n": running.open}


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


def _ago(moment: datetime) -> str:
    days = (timezone.localdate() - timezone.localdate(moment)).days
    return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
