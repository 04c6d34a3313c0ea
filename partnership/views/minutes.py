"""The minutes of a meeting: written, approved in the product, and read as paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnership.actions.meetings import write_remarks
from partnership.actions.minutes import approve_minutes
from partnership.forms.meetings import ApproveForm, RemarksForm
from partnership.minutes import file_name, words_for
from partnership.models import Minutes
from partnership.views.bodies import body_form
from partnership.views.meetings import to_meeting, way_to
from partnership.views.pages import posted
from partnership.views.writing import written_meeting


def minutes_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = written_meeting(request, pk)
    form = RemarksForm(posted(request), initial={"remarks": meeting.remarks, "before": meeting.remarks})
    if form.perform(write_remarks, meeting=meeting, by=request.user):
        messages.success(request, _("The text is saved."))
        return to_meeting(meeting)
    note = _("Attendance, resolutions, votes and follow-ups come by themselves.")
    return body_form(request, form, title=words_for(meeting).name, trail=way_to(meeting), note=note)


def minutes_approve(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = written_meeting(request, pk)
    form = ApproveForm(posted(request), initial={"language": get_language()})
    if form.perform(approve_minutes, meeting=meeting, by=request.user):
        messages.success(request, _("Approved in the product. The paper is frozen."))
        return to_meeting(meeting)
    note = _("The minutes are frozen as a PDF with a digest. Nothing of the meeting changes after that.")
    title = words_for(meeting).approve
    return body_form(request, form, title=title, submit=title, trail=way_to(meeting), note=note)


def minutes_file(request: HttpRequest, pk: int) -> HttpResponse:
    minutes = get_object_or_404(Minutes.objects.visible_to(request.user).select_related("meeting__body"), meeting=pk)
    headers = {"Content-Disposition": f'inline; filename="{file_name(minutes.meeting)}"'}
    return HttpResponse(bytes(minutes.pdf), content_type="application/pdf", headers=headers)
