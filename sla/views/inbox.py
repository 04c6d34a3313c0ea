"""What monitoring has sent, and which of our services each thing it monitors belongs to."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit import formats
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.job_stories import JobStory, Link, tell
from partnership.models import Job
from partnership.tasks import perform_job
from partnership.views.jobs import follow
from partnership.views.pages import Crumb, form_page, in_pages, posted
from sla.actions.inbox import READING, Matched, match_thing, read_message
from sla.forms.inbox import ThingForm
from sla.inbox_tables import InboxTable, ThingTable
from sla.models import InboxMessage, InboxState, MonitoredThing
from sla.views.outages import crumbs
from sla.words import plain

PER_PAGE = 25
PRETTY_FROM, PRETTY_TO = 50_000, 200_000
"""Longer is shown as it came: what is nested deep grows by far more than it says."""
OUTCOMES = (InboxState.DONE, InboxState.WAITING, InboxState.REFUSED)


def message_list(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    rows, title, trail = InboxMessage.objects.visible_to(request.user), _("Messages from monitoring"), []
    if "unread" in request.GET:
        rows, title, trail = rows.unread(), _("Messages that could not be read"), [inbox_crumb()]
    table = InboxTable(rows.defer("body"))
    in_pages(request, table, PER_PAGE)
    context = {
        "table": table,
        "crumbs": crumbs(*trail, (title, "")),
        "title": title,
        "state": told(MonitoredThing.objects.unmatched().count()),
    }
    return render_page(request, "sla/inbox_list.html", context)


def message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    message = get_object_or_404(InboxMessage.objects.visible_to(request.user).select_related("by"), pk=pk)
    facts = [
        (_("Sender"), f"{message.get_sender_display()} ({message.by})" if message.by else message.get_sender_display()),
        (_("Source"), message.source),
        (_("Received"), plain.instant(message.received_at)),
        (_("Last received"), plain.instant(message.last_received_at)),
        (_("Times"), str(message.times)),
    ]
    context = {
        "message": message,
        "body": _pretty(message.body),
        "facts": facts,
        "crumbs": crumbs(inbox_crumb(), (str(message), "")),
        "title": _("Message %(number)s from %(source)s") % {"number": message.pk, "source": message.source},
        "state": plain.sentence(message.get_state_display()),
    }
    return render_page(request, "sla/inbox_detail.html", context)


@require_POST
def message_read(request: HttpRequest, pk: int) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    message = get_object_or_404(InboxMessage.objects.visible_to(request.user), pk=pk)
    read = read_message(message=message, by=request.user)
    said = {InboxState.DONE: messages.success, InboxState.WAITING: messages.info}
    say = said.get(InboxState(read.state), messages.error)
    say(request, _("Read again: %(state)s.") % {"state": read.get_state_display()})
    return redirect("sla:inbox-detail", pk)


def thing_list(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    things = MonitoredThing.objects.visible_to(request.user).select_related("service", "organisation")
    table = ThingTable(things)
    in_pages(request, table, PER_PAGE)
    title = _("What monitoring calls our services")
    context = {
        "table": table,
        "crumbs": crumbs((title, "")),
        "title": title,
        "state": told(MonitoredThing.objects.unmatched().count()),
    }
    return render_page(request, "sla/thing_list.html", context)


def thing_match(request: HttpRequest, pk: int) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    thing = get_object_or_404(MonitoredThing.objects.visible_to(request.user), pk=pk)
    names = ("service", "organisation", "is_ignored")
    initial = {name: getattr(thing, f"{name}_id", getattr(thing, name)) for name in names}
    form = ThingForm(posted(request), user=request.user, initial=initial).editing(thing)
    if matched := form.perform(match_thing, thing=thing, by=request.user):
        return _matched(request, matched)
    trail = [(_("What monitoring calls our services"), reverse("sla:thing-list"))]
    return form_page(request, form, title=str(thing), submit=_("Save"), trail=trail, way=crumbs)


def _matched(request: HttpRequest, matched: Matched) -> HttpResponse:
    """To the page of the job that reads what waited, which tells what came of it."""
    if matched.reading:
        perform_job.delay_on_commit(matched.reading.pk)
        return follow(request, matched.reading)
    messages.success(request, _("It is matched."))
    return redirect("sla:thing-list")


def told(unmatched: int) -> str:
    if not unmatched:
        return _("Every name is matched.")
    words = ngettext("%(count)s name waits to be matched.", "%(count)s names wait to be matched.", unmatched)
    return words % {"count": unmatched}


def inbox_crumb() -> Crumb:
    return _("Messages from monitoring"), reverse("sla:inbox-list")


def unread_url() -> str:
    return f"{reverse('sla:inbox-list')}?unread"


def _pretty(body: str) -> str:
    """JSON with a line a value; what is none, or says what is no text, as it came."""
    if len(body) > PRETTY_FROM:
        return body
    try:
        pretty = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
        pretty.encode()
    except (ValueError, RecursionError):
        return body
    return pretty if len(pretty) <= PRETTY_TO else body


def _outcome(job: Job) -> str:
    words = _("Read: %(done)s. Waiting for another name: %(waiting)s. Refused: %(refused)s.")
    return words % {state: formats.number(job.result.get(state, 0), get_language() or "nb") for state in OUTCOMES}


def _to_things(_job: Job) -> Link:
    return _("What monitoring calls our services"), reverse("sla:thing-list")


def _to_messages(job: Job) -> Link:
    """To those that were refused, where some were."""
    if job.result.get(InboxState.REFUSED):
        return _("See them"), unread_url()
    return inbox_crumb()


tell(READING, JobStory(gettext_lazy("Read what has waited for a name"), _outcome, _to_things, _to_messages))
