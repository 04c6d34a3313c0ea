"""The page of a long task: how far it is, how to stop it, what came of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit import formats
from kit.htmx import render_page
from partnership.job_stories import STORIES, JobStory
from partnership.jobs import ask_to_cancel
from partnership.models import Job, JobState
from partnership.models.jobs import SILENT_AFTER


def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    story = STORIES[job.kind]
    back = story.back(job)
    context = {
        "job": job,
        "running": not job.is_finished,
        "share": min(job.done / job.total, 1) if job.total else None,
        "words": counted(job),
        "url": reverse("partnership:job-detail", args=[pk]),
        "back": back,
        "result": story.result(job) if story.result and job.state == JobState.DONE else None,
        "crumbs": [(_("Home"), reverse("portal:home")), back, (str(story.title), "")],
        "title": story.title,
        "state": state_of(job, story),
    }
    response = render_page(request, "partnership/job_detail.html", context, partial="progress")
    if job.is_finished and getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"
    return response


def counted(job: Job) -> str:
    if not job.total:
        return ""
    done, total = (formats.number(count, get_language() or "nb") for count in (min(job.done, job.total), job.total))
    return _("%(done)s of %(total)s") % {"done": done, "total": total}


def state_of(job: Job, story: JobStory) -> str:
    if not job.is_finished and timezone.now() - job.heartbeat > SILENT_AFTER:
        return _("No sign of life for a while. The work is taken up again as soon as a worker is free.")
    match job.state:
        case JobState.WAITING:
            return _("Waiting for a free worker.")
        case JobState.RUNNING if job.cancel_wanted:
            return _("Stopping at the next step.")
        case JobState.RUNNING:
            return _("In progress.")
        case JobState.DONE:
            return story.outcome(job)
        case JobState.CANCELLED:
            return _("Stopped before the end.")
    return _("It did not succeed.")


@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    ask_to_cancel(job=job)
    return redirect("partnership:job-detail", pk)


def follow(request: HttpRequest, job: Job) -> HttpResponse:
    """To the page of a job just asked for. One that somebody else has started already is only hers to follow."""
    if Job.objects.visible_to(request.user).filter(pk=job.pk).exists():
        return redirect("partnership:job-detail", job.pk)
    messages.info(request, _("Somebody else has started this already. It is in progress."))
    return redirect(STORIES[job.kind].back(job)[1])
