"""The life cycle of an agreement: to the next phase, what the phase needs, evaluations and improvements."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kit import formats
from kit.htmx import render_page
from kit.quarters import Quarter
from partnership import access
from partnership.access import Permission
from partnership.forms.meetings import CloseForm, FollowUpForm
from partnership.views.pages import in_pages, posted
from sla.actions.improvements import add_improvement, change_improvement, close_improvement, write_evaluation
from sla.actions.phases import change_phase, write_evidence
from sla.figures.misses import misses
from sla.forms.phases import EvaluationForm, EvidenceForm, MissedForm, PhaseForm
from sla.models import Improvement, Need, Phase, ServiceAgreement
from sla.models.phases import WRITTEN
from sla.tables import ImprovementTable
from sla.views.addresses import improving
from sla.views.agreements import crumbs, form_page, way_to
from sla.words import life as words
from sla.words import plain
from sla.words.course import shares

PAGE_SIZE = 50


def managed(request: HttpRequest, pk: int) -> ServiceAgreement:
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    return agreement


def phase_change(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = managed(request, pk)
    if agreement.phase == Phase.ENDED:
        raise Http404
    form = PhaseForm(posted(request), agreement=agreement).editing(agreement)
    if change := form.perform(change_phase, agreement=agreement, by=request.user):
        return told(request, agreement, _("The agreement is in %(phase)s now.") % {"phase": change.get_phase_display()})
    return form_page(request, form, title=_("Go to another phase"), trail=way_to(agreement), submit=_("Change phase"))


def evidence_edit(request: HttpRequest, pk: int, need: str) -> HttpResponse:
    agreement = managed(request, pk)
    if need not in WRITTEN:
        raise Http404
    known = agreement.evidence.filter(need=need).first()
    form = EvidenceForm(posted(request), initial={"text": known.text if known else ""}).editing(agreement)
    if form.perform(write_evidence, agreement=agreement, need=Need(need), by=request.user):
        return told(request, agreement, _("It is written down."))
    return form_page(request, form, title=words.need(Need(need)), trail=way_to(agreement))


def evaluation_add(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = managed(request, pk)
    form = EvaluationForm(posted(request))
    if form.perform(write_evaluation, agreement=agreement, by=request.user):
        return told(request, agreement, _("The evaluation is written down."))
    note = _("Order-placers and board each look back at the agreement every year.")
    return form_page(request, form, title=_("Write down an evaluation"), trail=way_to(agreement), note=note)


def improvement_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the target that the address names, where a person comes from a figure."""
    agreement = managed(request, pk)
    missed = MissedForm(request.GET, agreement=agreement, user=request.user)
    if not missed.is_valid():
        raise Http404
    form = FollowUpForm(posted(request))
    if form.perform(add_improvement, agreement=agreement, by=request.user, **missed.cleaned_data):
        return told(request, agreement, _("The improvement is written down."))
    note = words.missed(**missed.cleaned_data)
    return form_page(request, form, title=_("Write down an improvement"), trail=way_to(agreement), note=note)


def improvement_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    seen = Improvement.objects.visible_to(request.user)
    rows = seen.select_related("agreement", "owner", "service", "organisation", "target__organisation")
    closable = Improvement.objects.open().closable_by(request.user)
    table = ImprovementTable(
        rows,
        closable=set(closable.values_list("pk", flat=True)),
        can_manage=access.holds(request.user, Permission.MANAGE_AGREEMENTS),
    )
    in_pages(request, table, PAGE_SIZE)
    context: dict[str, Any] = {
        "table": table,
        **(left_alone(request) if table.can_manage else {}),
        "crumbs": crumbs((_("Improvements"), "")),
        "title": _("Improvements"),
        "state": words.improvements_state(seen),
    }
    return render_page(request, "sla/improvement_list.html", context)


def left_alone(request: HttpRequest) -> dict[str, Any]:
    quarter = Quarter.last_closed(timezone.localdate())
    told = [
        {
            "service": one.service,
            "measured": plain.METRIC_NAMES[one.metric],
            "agreement": one.agreement,
            "status": plain.SHAPES[one.level.status],
            "word": one.level.status.label,
            "url": improving(one.target, quarter, one.service),
            **shares(one.level, one.metric),
        }
        for one in misses(request.user, quarter)
    ]
    return {"misses": told, "quarter": formats.quarter(quarter.first, plain.language())}


def improvement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, another person or another day."""
    improvement = get_object_or_404(Improvement.objects.visible_to(request.user).select_related("agreement"), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    if not improvement.is_open:
        raise Http404
    typed = {"text": improvement.text, "owner": improvement.owner_id, "due": improvement.due}
    form = FollowUpForm(posted(request), initial=typed).editing(improvement)
    if form.perform(change_improvement, improvement=improvement, by=request.user):
        return told(request, improvement.agreement, _("The improvement is written down."))
    trail = way_to(improvement.agreement)
    return form_page(request, form, title=_("Change the improvement"), trail=trail, note=words.missed_by(improvement))


def improvement_close(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Improvement.objects.visible_to(request.user).select_related("agreement")
    improvement = get_object_or_404(seen, pk=pk)
    if not Improvement.objects.closable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    form = CloseForm(posted(request)).editing(improvement)
    if form.perform(close_improvement, improvement=improvement, by=request.user):
        messages.success(request, _("It is marked as done."))
        return redirect("sla:improvement-list")
    trail = crumbs((_("Improvements"), reverse("sla:improvement-list")))
    return form_page(request, form, title=improvement.text, trail=trail, submit=_("Mark as done"))


def told(request: HttpRequest, agreement: ServiceAgreement, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("sla:agreement-detail", agreement.pk)
