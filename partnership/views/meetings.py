"""A meeting: planned and called, its agenda, and who was there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.htmx import render_page
from partnership.actions.meetings import (
    add_item,
    add_meeting,
    call_meeting,
    edit_item,
    edit_meeting,
    hold_meeting,
    record_attendance,
)
from partnership.forms.meetings import AttendanceForm, EditItemForm, ItemForm, MeetingForm
from partnership.forms.people import ConfirmForm
from partnership.meeting_figures import left_over, matters_of, places_of, quorum_of
from partnership.meeting_words import STATES, quorum_words, when_and_where
from partnership.minutes import words_for
from partnership.models import AgendaItem, Body, Meeting
from partnership.models.meetings import may_write
from partnership.views.bodies import bodies_crumbs, body_crumb, body_form
from partnership.views.pages import Crumb, posted
from partnership.views.writing import require_writer, written_item, written_meeting


def meeting_crumb(meeting: Meeting) -> Crumb:
    return str(meeting), reverse("partnership:meeting-detail", args=[meeting.pk])


def way_to(meeting: Meeting) -> list[Crumb]:
    return [body_crumb(meeting.body), meeting_crumb(meeting)]


def to_meeting(meeting: Meeting) -> HttpResponse:
    return redirect("partnership:meeting-detail", meeting.pk)


def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user).select_related("body", "minutes")
    meeting = get_object_or_404(meetings, pk=pk)
    places = places_of(meeting)
    can_write = may_write(request.user, meeting.body)
    context = {
        "meeting": meeting,
        "places": places,
        "matters": matters_of(meeting, places),
        "left_over": left_over(meeting),
        "quorum": quorum_of(places, by_votes=meeting.body.quorum_by_votes),
        "quorum_words": quorum_words(quorum_of(places, by_votes=meeting.body.quorum_by_votes)),
        "is_counted": any(place.own for place in places),
        "can_write": can_write and not meeting.is_approved,
        "sees_papers": can_write or sees_papers(request, meeting.body),
        "status": STATES[meeting.state],
        "minutes": words_for(meeting),
        "crumbs": bodies_crumbs(body_crumb(meeting.body), (meeting.label, "")),
        "title": str(meeting),
        "state": when_and_where(meeting),
    }
    return render_page(request, "partnership/meeting_detail.html", context)


def sees_papers(request: HttpRequest, body: Body) -> bool:
    """Case papers of closed meetings stay with those who sit there."""
    return body.is_open or Body.objects.sat_in_by(request.user).filter(pk=body.pk).exists()


def meeting_add(request: HttpRequest, pk: int) -> HttpResponse:
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    require_writer(request, body)
    form = MeetingForm(posted(request))
    if meeting := form.perform(add_meeting, body=body, by=request.user):
        messages.success(request, _("%(meeting)s is planned.") % {"meeting": meeting})
        return to_meeting(meeting)
    return body_form(request, form, title=_("Plan a meeting"), trail=[body_crumb(body)])


def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = written_meeting(request, pk)
    form = MeetingForm(posted(request), initial=typed_as(meeting)).editing(meeting)
    if form.perform(edit_meeting, meeting=meeting, by=request.user):
        messages.success(request, _("The meeting is saved."))
        return to_meeting(meeting)
    return body_form(request, form, title=_("Change time and place"), trail=way_to(meeting))


def typed_as(meeting: Meeting) -> dict[str, Any]:
    local = timezone.localtime(meeting.starts)
    return {"day": local.date(), "clock": local.time(), "place": meeting.place, "is_remote": meeting.is_remote}


def meeting_call(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = written_meeting(request, pk)
    form = ConfirmForm(posted(request))
    if form.perform(call_meeting, meeting=meeting, by=request.user):
        messages.success(request, _("The meeting is called."))
        return to_meeting(meeting)
    return body_form(
        request,
        form,
        title=_("Call the meeting"),
        submit=_("Call the meeting"),
        trail=way_to(meeting),
        note=notice_words(meeting),
    )


def notice_words(meeting: Meeting) -> str:
    days = (timezone.localdate(meeting.starts) - timezone.localdate()).days
    values = {"days": max(days, 0), "wanted": meeting.body.notice_days}
    if days < meeting.body.notice_days:
        return _("%(days)s days are left. The notice of the body is %(wanted)s days.") % values
    return (
        _("The members see the agenda when the meeting is called. Notice is %(wanted)s days; %(days)s are left.")
        % values
    )


def meeting_hold(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = written_meeting(request, pk)
    form = ConfirmForm(posted(request))
    if form.perform(hold_meeting, meeting=meeting, by=request.user):
        messages.success(request, _("The meeting is closed. Its minutes can be approved."))
        return to_meeting(meeting)
    note = _("The resolutions are then seen by everybody with a role. You can write until the minutes are approved.")
    title = _("Close the meeting")
    return body_form(request, form, title=title, submit=title, trail=way_to(meeting), note=note)


def attendance_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = written_meeting(request, pk)
    form = AttendanceForm(posted(request), places=places_of(meeting))
    called = form.perform(record_attendance, meeting=meeting, by=request.user)
    if called is not None:
        messages.success(request, _("The attendance is saved."))
        for row in called:
            messages.info(request, _("%(name)s is called in.") % {"name": row.seat.holder})
        return to_meeting(meeting)
    note = _("When a member is absent, the next deputy in rank is called in.")
    return body_form(request, form, title=_("Attendance"), trail=way_to(meeting), note=note)


def item_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = written_meeting(request, pk)
    form = ItemForm(posted(request))
    if item := form.perform(add_item, meeting=meeting, by=request.user):
        messages.success(request, _("Matter %(number)s is on the agenda.") % {"number": item.label})
        return to_meeting(meeting)
    return body_form(request, form, title=_("Add a matter"), trail=way_to(meeting))


def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    item = written_item(request, pk)
    form = EditItemForm(posted(request), initial=item_typed_as(item))
    if form.perform(edit_item, item=item, by=request.user):
        messages.success(request, _("The matter is saved."))
        return to_meeting(item.meeting)
    return body_form(
        request, form, title=_("Edit matter %(number)s") % {"number": item.label}, trail=way_to(item.meeting)
    )


def item_typed_as(item: AgendaItem) -> dict[str, Any]:
    return {name: getattr(item, name) for name in ("title", "case_text", "proposal", "revision")}
