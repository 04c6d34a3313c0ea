"""What monitoring has sent, and which of our services each thing it monitors belongs to."""

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import Crumb, form_page, in_pages, posted
from sla.actions.inbox import match_thing, read_message
from sla.forms.inbox import ThingForm
from sla.inbox_tables import InboxTable, ThingTable
from sla.models import InboxMessage, InboxState, MonitoredThing
from sla.views.outages import crumbs
from sla.words import plain

PER_PAGE = 25


def message_list(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.IMPORT_INCIDENTS)
    rows = InboxMessage.objects.visible_to(request.user)
    table = InboxTable(rows.defer("body"))
    in_pages(request, table, PER_PAGE)
    context = {
        "table": table,
        "crumbs": crumbs((_("Messages from monitoring"), "")),
        "title": _("Messages from monitoring"),
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
    if form.perform(match_thing, thing=thing, by=request.user):
        messages.success(request, _("It is matched, and what waited for it is read again."))
        return redirect("sla:thing-list")
    trail = [(_("What monitoring calls our services"), reverse("sla:thing-list"))]
    return form_page(request, form, title=str(thing), submit=_("Save"), trail=trail, way=crumbs)


def told(unmatched: int) -> str:
    if not unmatched:
        return _("Every name is matched.")
    words = ngettext("%(count)s name waits to be matched.", "%(count)s names wait to be matched.", unmatched)
    return words % {"count": unmatched}


def inbox_crumb() -> Crumb:
    return _("Messages from monitoring"), reverse("sla:inbox-list")


def _pretty(body: str) -> str:
    """JSON with a line a value; what is none, as it came."""
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body
