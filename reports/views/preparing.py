"""What those who prepare reports do: draft, comment, freeze, publish."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership import access
from partnership.access import Permission
from partnership.models import Job
from partnership.tasks import perform_job
from partnership.views.jobs import follow
from reports import actions
from reports.actions import open_draft_job, open_publish_job
from reports.forms import CommentForm, DraftForm, MeetingForm
from reports.models import SectionKey, Status
from reports.views.editions import edition_page
from reports.views.pages import edition_to_prepare


@require_POST
def edition_draft(request: HttpRequest) -> HttpResponse:
    """Drafts a quarter, or makes its report anew."""
    access.require(request.user, Permission.PREPARE_REPORTS)
    form = DraftForm(request.POST)
    if job := form.perform(open_draft_job, by=request.user):
        return _started(request, job)
    for words in form.errors.values():
        messages.error(request, " ".join(words))
    return redirect("reports:edition-list")


@require_POST
def edition_redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a draft are read anew; of a frozen report only the paper is made anew, with its comments."""
    edition = edition_to_prepare(request, pk)
    try:
        return _started(request, open_draft_job(quarter=edition.period, by=request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("reports:edition-detail", pk)


@require_POST
def comment_edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    edition = edition_to_prepare(request, pk)
    if section not in SectionKey.values:
        raise Http404
    form = CommentForm(request.POST, auto_id=f"{section}_%s")
    form.perform(actions.comment, edition=edition, section=section, by=request.user)
    if form.errors:
        return edition_page(request, edition, refused={section: form})
    messages.success(request, _("The comment is saved."))
    return redirect(reverse("reports:edition-detail", args=[pk]) + f"#{section}")


@require_POST
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    edition = edition_to_prepare(request, pk)
    form = MeetingForm(request.POST)
    form.perform(actions.set_meeting, edition=edition, by=request.user)
    if form.errors:
        return edition_page(request, edition, refused={"meeting": form})
    messages.success(request, _("The day of the meeting is saved."))
    return redirect("reports:edition-detail", pk)


@require_POST
def edition_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    edition = edition_to_prepare(request, pk)
    actions.freeze(edition=edition, by=request.user)
    messages.success(request, _("The figures are frozen. Write the last comments, then publish."))
    return redirect("reports:edition-detail", pk)


@require_POST
def edition_publish(request: HttpRequest, pk: int) -> HttpResponse:
    edition = edition_to_prepare(request, pk)
    if edition.status != Status.FROZEN:
        messages.error(request, _("Freeze the figures before the report is published."))
        return redirect("reports:edition-detail", pk)
    return _started(request, open_publish_job(edition=edition, by=request.user))


def _started(request: HttpRequest, job: Job) -> HttpResponse:
    perform_job.delay_on_commit(job.pk)
    return follow(request, job)
