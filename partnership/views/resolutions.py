"""A matter is decided and followed up; all resolutions are found again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.actions.resolutions import add_follow_up, close_follow_up, disqualify, treat_item
from partnership.forms.meetings import CloseForm, DisqualifyForm, FollowUpForm, TreatForm
from partnership.meeting_figures import places_of, quorum_in
from partnership.meeting_words import due_words, open_words, quorum_words, vote_words, when_and_where
from partnership.models import AgendaItem, FollowUp, Resolution, Seat
from partnership.models.meetings import may_write
from partnership.resolution_lists import ResolutionFilter, ResolutionTable, listed, resolution_cells, resolution_head
from partnership.views.bodies import bodies_crumbs, body_form, governing
from partnership.views.meetings import to_meeting, way_to
from partnership.views.pages import Crumb, csv_file, file_url, in_pages, posted, wants_file
from partnership.views.writing import require_writer, written_item

PAGE_SIZE = 25


def item_treat(request: HttpRequest, pk: int) -> HttpResponse:
    item = written_item(request, pk)
    quorum = quorum_in(item)
    form = TreatForm(posted(request), initial=decided_as(item, quorum.votes_present))
    if form.perform(treat_item, item=item, by=request.user):
        messages.success(request, _("Matter %(number)s is decided.") % {"number": item.label})
        return to_meeting(item.meeting)
    return body_form(request, form, title=str(item), trail=way_to(item.meeting), note=quorum_words(quorum))


def decided_as(item: AgendaItem, votes_present: Any) -> dict[str, Any]:
    """What was decided; before that the proposal, as if all were for it."""
    known = Resolution.objects.filter(item=item).first()
    fresh = known or Resolution(text=item.proposal, votes_for=votes_present)
    names = ("text", "votes_for", "votes_against", "votes_blank", "dissent")
    shown = {name: getattr(fresh, name) for name in names}
    return {name: plain(value) for name, value in shown.items()} | {"revision": item.revision}


def plain(value: Any) -> Any:
    """A number without the zeros at its end."""
    return value if isinstance(value, str) or value != value.to_integral() else int(value)


def item_disqualify(request: HttpRequest, pk: int) -> HttpResponse:
    item = written_item(request, pk)
    sitting = [place.sitter.pk for place in places_of(item.meeting) if place.sitter]
    form = DisqualifyForm(posted(request), seats=Seat.objects.filter(pk__in=sitting).select_related("user"))
    if form.perform(disqualify, item=item, by=request.user):
        messages.success(request, _("Written down. The member takes no part in this matter."))
        return to_meeting(item.meeting)
    title = _("Disqualified in matter %(number)s") % {"number": item.label}
    return body_form(request, form, title=title, trail=way_to(item.meeting))


def follow_up_add(request: HttpRequest, pk: int) -> HttpResponse:
    resolution = seen_resolution(request, pk)
    require_writer(request, resolution.item.meeting.body)
    form = FollowUpForm(posted(request))
    if row := form.perform(add_follow_up, resolution=resolution, by=request.user):
        messages.success(request, _("%(owner)s follows it up.") % {"owner": row.owner})
        return to_meeting(resolution.item.meeting)
    title = _("Follow up matter %(number)s") % {"number": resolution.label}
    return body_form(request, form, title=title, trail=way_to(resolution.item.meeting), note=resolution.text)


def follow_up_close(request: HttpRequest, pk: int) -> HttpResponse:
    rows = FollowUp.objects.visible_to(request.user).select_related("owner", "resolution__item__meeting__body")
    row = get_object_or_404(rows, pk=pk)
    if row.owner != request.user and not may_write(request.user, row.resolution.item.meeting.body):
        raise PermissionDenied
    form = CloseForm(posted(request))
    if form.perform(close_follow_up, follow_up=row, by=request.user):
        messages.success(request, _("“%(text)s” is done.") % {"text": row.text})
        return redirect(way_back(request, row))
    return body_form(
        request, form, title=row.text, submit=_("Mark as done"), trail=[], note=f"{row.resolution}. {due_words(row)}."
    )


def way_back(request: HttpRequest, row: FollowUp) -> str:
    """To the resolution where one may see it; its owner may have no other business here."""
    if Resolution.objects.visible_to(request.user).filter(pk=row.resolution_id).exists():
        return reverse("partnership:resolution-detail", args=[row.resolution_id])
    return reverse("portal:home")


def resolution_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_BODIES)
    chosen = ResolutionFilter(request.GET, listed(Resolution.objects.visible_to(request.user)), request=request)
    table = ResolutionTable(chosen.qs)
    in_pages(request, table, PAGE_SIZE)
    if wants_file(request):
        return csv_file("vedtak", resolution_head(), (resolution_cells(row) for row in table.data))
    count = table.paginator.count
    context = {
        "filter": chosen,
        "table": table,
        "csv_url": file_url(request),
        "tabs": governing(request),
        "crumbs": bodies_crumbs((_("Resolutions"), "")),
        "title": _("Resolutions"),
        "count": ngettext("%(count)s resolution.", "%(count)s resolutions.", count) % {"count": count},
    }
    return render_page(request, "partnership/resolution_list.html", context, partial="rows")


def seen_resolution(request: HttpRequest, pk: int) -> Resolution:
    rows = Resolution.objects.visible_to(request.user).select_related("item__meeting__body")
    followed = Prefetch("follow_ups", FollowUp.objects.select_related("owner"))
    return get_object_or_404(rows.prefetch_related(followed), pk=pk)


def resolution_detail(request: HttpRequest, pk: int) -> HttpResponse:
    resolution = seen_resolution(request, pk)
    follow_ups = list(resolution.follow_ups.all())
    can_write = may_write(request.user, resolution.item.meeting.body)
    context = {
        "resolution": resolution,
        "follow_ups": follow_ups,
        "can_write": can_write,
        "can_add": can_write and not resolution.item.meeting.is_approved,
        "facts": resolution_facts(resolution),
        "crumbs": bodies_crumbs(resolutions_crumb(), (resolution.label, "")),
        "title": resolution.item.title,
        "above": f"{_('Matter')} {resolution.label} · {resolution.item.meeting}",
        "state": open_words(sum(row.is_open for row in follow_ups)),
    }
    return render_page(request, "partnership/resolution_detail.html", context)


def resolutions_crumb() -> Crumb:
    return _("Resolutions"), reverse("partnership:resolution-list")


def resolution_facts(resolution: Resolution) -> list[tuple[str, Any]]:
    meeting = resolution.item.meeting
    return [
        (_("Body"), meeting.body),
        (_("Meeting"), f"{meeting.label}, {when_and_where(meeting)}"),
        (_("Votes"), vote_words(resolution)),
        (_("Dissent"), resolution.dissent or "–"),
    ]
