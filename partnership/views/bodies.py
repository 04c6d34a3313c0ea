"""The bodies that decide, and who sits in them."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.actions.bodies import add_body, add_seat, edit_body, end_seat
from partnership.forms.bodies import BodyForm, EndSeatForm, SeatForm
from partnership.meeting_words import STATES, instant, open_words, warnings, when_and_where
from partnership.models import Body, FollowUp, Meeting, Organisation, Participation, Seat
from partnership.models.meetings import may_write
from partnership.views.pages import Crumb, Tab, form_page, posted


def governing(request: HttpRequest) -> list[Tab]:
    known = [(_("Bodies and meetings"), "partnership:body-list"), (_("Resolutions"), "partnership:resolution-list")]
    return [Tab(label, reverse(name), reverse(name) == request.path) for label, name in known]


def bodies_crumbs(*trail: Crumb) -> list[Crumb]:
    return [
        (_("Home"), reverse("portal:home")),
        (_("Meetings and resolutions"), reverse("partnership:body-list")),
        *trail,
    ]


def body_crumb(body: Body) -> Crumb:
    return str(body), reverse("partnership:body-detail", args=[body.pk])


def body_form(request: HttpRequest, form: Any, *, title: str, trail: list[Crumb], **options: Any) -> HttpResponse:
    return form_page(request, form, title=title, trail=trail, way=bodies_crumbs, **({"submit": _("Save")} | options))


def body_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_BODIES)
    ahead = Meeting.objects.visible_to(request.user).ahead().select_related("body")
    mine = FollowUp.objects.open().filter(owner=request.user).select_related("resolution__item")
    context = {
        "bodies": Body.objects.visible_to(request.user),
        "ahead": [meeting_line(meeting) for meeting in ahead],
        "follow_ups": mine,
        "can_manage": access.holds(request.user, Permission.MANAGE_MEETINGS),
        "tabs": governing(request),
        "crumbs": bodies_crumbs(),
        "title": _("Meetings and resolutions"),
        "state": open_words(len(mine)),
    }
    return render_page(request, "partnership/body_list.html", context)


def meeting_line(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting, "when": when_and_where(meeting), "status": STATES[meeting.state]}


def body_detail(request: HttpRequest, pk: int) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_BODIES)
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    seats = list(
        body.seats.visible_to(request.user)
        .lasting()
        .in_order()
        .select_related("user", "organisation", "appointed_by", "deputy_of__user")
    )
    meetings = Meeting.objects.visible_to(request.user).filter(body=body).select_related("body")
    context = {
        "body": body,
        "seats": seats,
        "meetings": [meeting_line(meeting) for meeting in meetings],
        "warnings": warnings(body, seats, owners_now()),
        "facts": body_facts(body),
        "can_manage": access.holds(request.user, Permission.MANAGE_MEETINGS),
        "can_write": may_write(request.user, body),
        "crumbs": bodies_crumbs((str(body), "")),
        "title": str(body),
        "above": capfirst(body.get_kind_display()),
        "state": next_words(meetings),
    }
    return render_page(request, "partnership/body_detail.html", context)


def owners_now() -> list[Organisation]:
    return [row.organisation for row in Participation.objects.current().select_related("organisation")]


def next_words(meetings: Any) -> str:
    coming = [row for row in meetings if row.starts > timezone.now()]
    if not coming:
        return _("No meeting is planned.")
    return _("Next meeting %(when)s.") % {"when": instant(min(row.starts for row in coming))}


def body_facts(body: Body) -> list[tuple[str, Any]]:
    reckoned = _("More than half of the votes") if body.quorum_by_votes else _("More than half of the members")
    return [
        (_("Enough present"), reckoned),
        (_("Notice, days"), body.notice_days),
        (_("Open meetings"), _("yes") if body.is_open else _("no")),
        (_("Deputies for each member"), body.deputies_wanted),
        (_("Where the rules stand"), body.rule_source or "–"),
    ]


def body_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_MEETINGS)
    form = BodyForm(posted(request))
    if body := form.perform(add_body, by=request.user):
        messages.success(request, _("%(body)s is saved.") % {"body": body})
        return redirect("partnership:body-detail", body.pk)
    return body_form(request, form, title=_("New body"), trail=[])


def body_edit(request: HttpRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_MEETINGS)
    trail = [body_crumb(body)]
    form = BodyForm(posted(request), initial=model_to_dict(body)).editing(body)
    if form.perform(edit_body, body=body, by=request.user):
        messages.success(request, _("%(body)s is saved.") % {"body": body})
        return redirect("partnership:body-detail", pk)
    return body_form(request, form, title=_("Edit the body"), trail=trail)


def seat_add(request: HttpRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_MEETINGS)
    form = SeatForm(posted(request), body=body)
    if seat := form.perform(add_seat, body=body, by=request.user):
        messages.success(request, _("%(name)s has a seat.") % {"name": seat.holder})
        return redirect("partnership:body-detail", pk)
    return body_form(request, form, title=_("Add a seat"), trail=[body_crumb(body)])


def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    seats = Seat.objects.visible_to(request.user).select_related("body", "user")
    seat = get_object_or_404(seats, pk=pk)
    access.require(request.user, Permission.MANAGE_MEETINGS)
    form = EndSeatForm(posted(request))
    if form.perform(end_seat, seat=seat, by=request.user):
        messages.success(request, _("The last day is saved."))
        return redirect("partnership:body-detail", seat.body_id)
    title = _("End the seat of %(name)s") % {"name": seat.holder}
    return body_form(request, form, title=title, trail=[body_crumb(seat.body)])
