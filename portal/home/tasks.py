"""What waits for this person today, worst consequence first; each thing with one button."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kit import formats
from partnership import access
from partnership.access import Permission
from partnership.models import Participation, Partnership, User
from portal.home import rooms
from portal.home.running import Pressing, Running, pressing_by_service
from portal.home.task import Task
from reports.figures import unread_by
from reports.models import Edition
from services.models import Service
from sla.figures import inbox
from sla.models import Credit, Incident
from sla.words.plain import language


def tasks_for(user: User, running: Running) -> Iterator[Task]:
    """Only what this person may do something about: the worst of each kind first, then the next of each."""
    kinds = [list(tasks) for tasks in _kinds(user, running)]
    return (task for abreast in zip_longest(*kinds) for task in abreast if task)


def _kinds(user: User, running: Running) -> Iterator[Iterator[Task]]:
    """By the consequence of leaving it."""
    if access.holds(user, Permission.IMPORT_INCIDENTS):
        yield _incident_tasks(running)
    else:
        yield _own_incident_tasks(user)
    if access.holds(user, Permission.MANAGE_OUTAGES):
        yield rooms.silence_tasks(user)
        yield rooms.endless_tasks(user)
    yield rooms.order_tasks(user)
    yield rooms.follow_up_tasks(user)
    yield rooms.improvement_tasks(user)
    yield rooms.proposal_tasks(user)
    yield rooms.meeting_tasks(user)
    if access.holds(user, Permission.MANAGE_PARTNERSHIP):
        yield _founding_tasks()
    yield _reading_tasks(user)
    yield rooms.measurement_tasks(user)
    if access.holds(user, Permission.MANAGE_AGREEMENTS):
        yield _agreement_tasks()
        yield _inbox_tasks(user)
        yield _credit_tasks(user)
        yield rooms.miss_tasks(user)
        yield rooms.evaluation_tasks()


def _own_incident_tasks(user: User) -> Iterator[Task]:
    """Whoever answers for services is told at home what she is told by e-mail, of each by itself."""
    services = {service.pk: service for service in Service.objects.filter(owner=user)}
    pressing = pressing_by_service(user, services) if services else {}
    tasks = [
        replace(task, why=f"{service}. {task.why}")
        for pk, service in services.items()
        if pk in pressing
        for task in _incident_tasks(pressing[pk], f"service={pk}&")
    ]
    yield from sorted(tasks, key=lambda task: not task.urgent)


def _incident_tasks(running: Pressing, of: str = "") -> Iterator[Task]:
    """Those whose deadline can still be met first, answers before solutions."""
    url, see, now = f"{reverse('sla:incident-list')}?{of}", gettext("See them"), gettext("Now")
    can_be_met = gettext("The deadline can still be met.")
    if running.answers_soon:
        title = ngettext(
            "%(n)s incident must be answered soon", "%(n)s incidents must be answered soon", running.answers_soon
        )
        yield Task(
            title % {"n": running.answers_soon}, can_be_met, f"{url}deadline=soon&metric=response", see, now, True
        )
    if running.soon:
        title = ngettext(
            "%(n)s incident is about to break its deadline",
            "%(n)s incidents are about to break their deadlines",
            running.soon,
        )
        yield Task(title % {"n": running.soon}, can_be_met, f"{url}deadline=soon", see, now, True)
    if running.over:
        title = ngettext(
            "%(n)s open incident is over its deadline", "%(n)s open incidents are over their deadline", running.over
        )
        why = gettext("The municipality waits for an answer or a solution.")
        over = f"{url}state=open&deadline=broken"
        yield Task(title % {"n": running.over}, why, over, see, gettext("Today"))


def _founding_tasks() -> Iterator[Task]:
    if not Partnership.objects.exists():
        url = reverse("partnership:partnership-found")
        yield Task(gettext("Register the partnership"), gettext("Everything else hangs on it."), url, gettext("Begin"))
    elif not Participation.objects.current().exists():
        url = reverse("partnership:owner-add")
        yield Task(gettext("Add the owners"), gettext("The municipalities that own it."), url, gettext("Add"))


def _agreement_tasks() -> Iterator[Task]:
    if without := Incident.objects.without_agreement().open().count():
        title = ngettext("%(n)s open incident has no agreement", "%(n)s open incidents have no agreement", without)
        url = f"{reverse('sla:incident-list')}?state=open&deadline=none"
        yield Task(title % {"n": without}, gettext("Nothing is promised for them."), url, gettext("See them"))


def _inbox_tasks(user: User) -> Iterator[Task]:
    waits = inbox.waits(user)
    if waits.unread:
        title = ngettext(
            "%(n)s message from monitoring could not be read",
            "%(n)s messages from monitoring could not be read",
            waits.unread,
        )
        why = gettext("What is down may not be registered.")
        url = f"{reverse('sla:inbox-list')}?unread"
        yield Task(title % {"n": waits.unread}, why, url, gettext("See them"))
    if waiting := waits.unmatched:
        title = ngettext(
            "%(n)s name from monitoring waits to be matched", "%(n)s names from monitoring wait to be matched", waiting
        )
        why = gettext("Until then what is told of it waits.")
        yield Task(title % {"n": waiting}, why, reverse("sla:thing-list"), gettext("Match them"))


def _credit_tasks(user: User) -> Iterator[Task]:
    if waiting := Credit.objects.visible_to(user).proposed().count():
        title = ngettext(
            "%(n)s service credit waits for a decision", "%(n)s service credits wait for a decision", waiting
        )
        why = gettext("A guarantee was missed. Confirm it or waive it, with the reason.")
        url = f"{reverse('sla:credit-list')}?state=proposed"
        yield Task(title % {"n": waiting}, why, url, gettext("Confirm or waive"))


def _reading_tasks(user: User) -> Iterator[Task]:
    """A report that was published to her and that she has not opened."""
    for edition in unread_by(user):
        quarter = formats.quarter(edition.period.first, language())
        title = gettext("The board report for %(quarter)s is ready to be read") % {"quarter": quarter}
        url = reverse("reports:edition-detail", args=[edition.pk])
        yield Task(title, _meeting(edition), url, gettext("Read it"))


def _meeting(edition: Edition) -> str:
    if edition.meeting_on is None:
        return ""
    return gettext("For the board meeting %(day)s.") % {"day": formats.day_with_weekday(edition.meeting_on, language())}
