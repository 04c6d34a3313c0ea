"""What waits for a person in orders, meetings and benefits; a few of a kind, and a line that leads to the rest."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from benefits.waiting import Due, measurements_due
from kit import formats
from kit.quarters import Quarter
from partnership.models import Body, FollowUp, User
from partnership.waiting import meetings_to_call, open_follow_ups
from portal.home.task import Task
from services.waiting import order_counts, orders_waiting_for
from sla.figures.misses import misses
from sla.figures.outages import outages
from sla.levels import Status
from sla.models import OutageKind, ServiceAgreement
from sla.waiting import evaluations_due, open_improvements, proposals_to, soon
from sla.words import outages as outage_words
from sla.words import plain
from sla.words.plain import language

OF_A_KIND = 3


def silence_tasks(user: User) -> Iterator[Task]:
    """Services that are down while nobody has been told."""
    silent = outages(user).filter(notice=None, kind=OutageKind.UNPLANNED, ended=None, started__lte=timezone.now())
    for outage in silent.order_by("-started")[:OF_A_KIND]:
        title = gettext("%(outage)s since %(when)s, and no notice is sent") % {
            "outage": outage,
            "when": plain.instant(outage.started),
        }
        url = f"{reverse('sla:notice-add')}?outage={outage.pk}"
        hit = outage_words.services(outage.visible_reach)  # type: ignore[attr-defined]
        yield Task(title, hit, url, gettext("Write a notice"), gettext("Now"), True)


def endless_tasks(user: User) -> Iterator[Task]:
    """Planned work that has begun and never ends: what is down meanwhile counts as planned."""
    endless = outages(user).filter(kind=OutageKind.PLANNED, ended=None, started__lte=timezone.now())
    for outage in endless.order_by("started")[:OF_A_KIND]:
        title = gettext("%(outage)s has no end") % {"outage": outage}
        why = gettext("Planned work. Whatever is down meanwhile counts as planned.")
        yield Task(title, why, reverse("sla:outage-detail", args=[outage.pk]), gettext("See it"))


def order_tasks(user: User) -> Iterator[Task]:
    """Over the promised date first."""
    waiting = orders_waiting_for(user, most=OF_A_KIND)
    for one in waiting:
        when = gettext("Over the date") if one.is_late else ""
        url = reverse(one.url_name, args=one.url_args)
        yield Task(one.title, one.next, url, one.action, when, urgent=one.is_late)
    if len(waiting) == OF_A_KIND and (more := order_counts(user).waiting - OF_A_KIND) > 0:
        title = ngettext("%(n)s more order waits for you", "%(n)s more orders wait for you", more) % {"n": more}
        yield Task(title, "", reverse("services:order-list"), gettext("See them"))


def follow_up_tasks(user: User) -> Iterator[Task]:
    """What a body has asked this person to do, within a month."""
    today = timezone.localdate()
    for one in open_follow_ups(user)[:OF_A_KIND]:
        url = reverse("partnership:resolution-detail", args=[one.resolution_id])
        yield Task(one.text, _decided(one), url, gettext("Open it"), _by(one.due, today), urgent=one.due < today)


def proposal_tasks(user: User) -> Iterator[Task]:
    """Versions of agreements that a body of this person is to decide."""
    for one in proposals_to(Body.objects.sat_in_by(user), user)[:OF_A_KIND]:
        title = gettext("%(body)s is to decide %(version)s") % {"body": one.proposed_to, "version": one}
        url = reverse("sla:version-what-if", args=[one.pk])
        why = gettext("See what it would have meant for the past year.")
        yield Task(title, why, url, gettext("Open it"), _by(one.planned_day, timezone.localdate()))


def improvement_tasks(user: User) -> Iterator[Task]:
    """What this person is to improve, the most urgent first."""
    today = timezone.localdate()
    for one in open_improvements(user)[:OF_A_KIND]:
        url = reverse("sla:improvement-close", args=[one.pk])
        yield Task(one.text, str(one.agreement), url, gettext("Mark as done"), _by(one.due, today), one.due < today)


def miss_tasks(user: User) -> Iterator[Task]:
    """What was not good enough in the quarter that is over, where nobody is to improve anything."""
    quarter = Quarter.last_closed(timezone.localdate())
    alone = [one for one in misses(user, quarter) if one.level.status == Status.NOT_GOOD_ENOUGH]
    if alone:
        told = {"n": len(alone), "quarter": formats.quarter(quarter.first, language())}
        title = ngettext(
            "%(n)s target was not held well enough in %(quarter)s, and nothing is to be improved",
            "%(n)s targets were not held well enough in %(quarter)s, and nothing is to be improved",
            len(alone),
        )
        why = gettext("A target that is missed asks for an improvement with an owner and a day.")
        yield Task(title % told, why, reverse("sla:improvement-list"), gettext("See them"))


def evaluation_tasks() -> Iterator[Task]:
    """Agreements that are to be looked back at within a month."""
    for one in evaluations_due(ServiceAgreement.objects.all(), soon())[:OF_A_KIND]:
        title = gettext("%(agreement)s is to be evaluated by %(party)s")
        told = {"agreement": one.agreement, "party": one.party.label}
        url = reverse("sla:evaluation-add", args=[one.agreement.pk])
        why = gettext("It is looked back at every year.")
        yield Task(title % told, why, url, gettext("Write it down"), _by(one.due, timezone.localdate()), one.is_overdue)


def _decided(one: FollowUp) -> str:
    return gettext("Decided by %(body)s in matter %(item)s") % {
        "body": one.resolution.item.meeting.body,
        "item": one.resolution.item,
    }


def meeting_tasks(user: User) -> Iterator[Task]:
    """Meetings that are planned and not called yet."""
    for one in meetings_to_call(user)[:OF_A_KIND]:
        day = formats.day_with_weekday(timezone.localdate(one.starts), language())
        url = reverse("partnership:meeting-detail", args=[one.pk])
        yield Task(gettext("Call %(meeting)s") % {"meeting": one}, day, url, gettext("Check and call"))


def measurement_tasks(user: User) -> Iterator[Task]:
    """A person's own shares one by one; others' that she may measure in one line."""
    due = measurements_due(user)
    own = [one for one in due if one.is_own]
    for one in own[:OF_A_KIND]:
        url = reverse("benefits:measurement-add", args=[one.share.pk])
        yield Task(gettext("Measure %(share)s") % {"share": one.share}, _since(one), url, gettext("Write it in"))
    yield from _others(due, len(own[:OF_A_KIND]))


def _others(due: Sequence[Due], told: int) -> Iterator[Task]:
    if rest := len(due) - told:
        title = ngettext("%(n)s benefit is to be measured", "%(n)s benefits are to be measured", rest) % {"n": rest}
        yield Task(title, "", reverse("benefits:share-list"), gettext("See them"))


def _since(one: Due) -> str:
    if one.since is None:
        return gettext("It was never measured.")
    return gettext("Due since %(day)s") % {"day": formats.day(one.since, language())}


def _by(day: Any, today: date) -> str:
    if day < today:
        return gettext("Over the date")
    return formats.day(day, language())
