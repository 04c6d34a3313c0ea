"""«Avtaler»: what is agreed, for whom, how it has changed, and which phase it is in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from kit import formats
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.tasks import perform_job
from partnership.views.jobs import follow
from partnership.views.pages import Crumb, posted
from sla.actions.ending import end_agreement
from sla.actions.recalculate import open_recalculation
from sla.actions.versions import Written, rename_agreement, write_agreement
from sla.figures.agreements import agreements, editions, opened_resolutions
from sla.figures.life import Life, life_of
from sla.forms.agreement_sheet import AgreementSheet
from sla.forms.agreements import NameForm, NewAgreementForm
from sla.forms.versions import EndForm
from sla.lead_times import kept
from sla.models import Impact, Incident, ServiceAgreement
from sla.tables import AgreementTable
from sla.tasks import recalculate_incidents
from sla.words import agreements as words
from sla.words import life as life_words
from sla.words.deliveries import DeliveryRow, delivery_rows


def agreement_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_SERVICE_LEVELS)
    table = AgreementTable(agreements(request.user, timezone.localdate()))
    RequestConfig(request, paginate=False).configure(table)
    count = len(table.rows)
    state = ngettext("%(count)s agreement.", "%(count)s agreements.", count) % {"count": count}
    context = {
        "table": table,
        "can_manage": access.holds(request.user, Permission.MANAGE_AGREEMENTS),
        "can_calculate": access.holds(request.user, Permission.IMPORT_INCIDENTS),
        "crumbs": crumbs(),
        "title": _("Agreements"),
        "state": state,
    }
    return render_page(request, "sla/agreement_list.html", context)


def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    known = editions(request.user, agreement)
    in_force = next((one for one in known if one.version.holds_on(timezone.localdate())), None)
    shown = in_force or next(iter(known), None)
    can_manage = access.holds(request.user, Permission.MANAGE_AGREEMENTS)
    context = {
        "agreement": agreement,
        "open_version": next((one.version for one in known if not one.version.is_approved), None),
        "draft_owners": next((one.organisations for one in known if not one.version.is_approved), []),
        "impacts": Impact.choices,
        **life_page(life_of(request.user, agreement, can_manage=can_manage)),
        "versions": words.told_versions(known, in_force, opened_resolutions(request.user, known)),
        "rows": words.target_rows(known),
        "shown": shown,
        "reach": words.reach(shown) if shown else [],
        "deliveries": deliveries(request, agreement) if any(one.has_lead_times for one in known) else [],
        "opens_orders": access.holds_anywhere(request.user, Permission.SEE_ORDERS),
        "can_manage": can_manage,
        "crumbs": crumbs((agreement.name, "")),
        "above": words.phase(agreement),
        "title": agreement.name,
        "state": words.state(known, in_force),
    }
    return render_page(request, "sla/agreement_detail.html", context)


def deliveries(request: HttpRequest, agreement: ServiceAgreement) -> list[DeliveryRow]:
    return delivery_rows(kept(request.user, agreement, timezone.localdate()))


def life_page(life: Life) -> dict[str, Any]:
    return {
        "life": life,
        "steps": list(life_words.steps(life)),
        "needs": life_words.needs(life),
        "needs_state": life_words.needs_state(life),
        "due": [(life_words.due(one), one.is_overdue) for one in life.due],
        "evaluations": [(life_words.evaluated(one), one) for one in life.evaluations],
        "improvements": [(one, life_words.missed_by(one), *life_words.standing_of(one)) for one in life.improvements],
    }


def agreement_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    sheet = AgreementSheet(posted(request), user=request.user, form_class=NewAgreementForm)
    if draft := sheet.perform(write_agreement, by=request.user):
        messages.success(request, _("%(version)s is drafted.") % {"version": draft})
        return redirect("sla:agreement-detail", draft.agreement_id)
    return sheet_page(request, sheet, title=_("New agreement"), trail=crumbs())


def agreement_rename(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    initial = {name: getattr(agreement, name) for name in ("name", "responsible", "at_risk_percent")}
    form = NameForm(posted(request), initial=initial, agreement=agreement).editing(agreement)
    if form.perform(rename_agreement, agreement=agreement, by=request.user):
        if "at_risk_percent" in form.changed_data:
            ids = Incident.objects.covered_by(agreement).open().values_list("pk", flat=True)
            recalculate_incidents.delay_on_commit(list(ids), request.user.pk, str(agreement))
        messages.success(request, _("%(agreement)s is saved.") % {"agreement": agreement})
        return redirect("sla:agreement-detail", pk)
    title = _("Change name, who is responsible and when to warn")
    return form_page(request, form, title=title, trail=way_to(agreement))


def agreement_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Its newest version gets a last day."""
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    newest = agreement.versions.approved().order_by("-period").first()
    if newest is None:
        raise Http404
    initial = {"last_day": newest.last_day or timezone.localdate()}
    form = EndForm(posted(request), user=request.user, initial=initial).editing(agreement)
    if ended := form.perform(end_agreement, agreement=agreement, by=request.user):
        day = formats.day(ended.version.last_day, get_language() or "nb")
        return recalculated(request, ended, _("%(agreement)s ends on %(day)s.") % {"agreement": agreement, "day": day})
    title = _("End %(agreement)s") % {"agreement": agreement}
    note = _("Incidents that open later are listed as without an agreement, and nothing is promised for them.")
    needs = _("An end on a day gone by, or another day than one that is stated, needs a resolution.")
    return form_page(request, form, title=title, trail=way_to(agreement), note=f"{note} {needs}")


def recalculated(request: HttpRequest, written: Written, said: str = "") -> HttpResponse:
    """What the version touches is calculated again by a worker; the person follows that."""
    messages.success(request, said or _("%(version)s is saved.") % {"version": written.version})
    job = open_recalculation(pairs=written.touched, by=request.user, cause=str(written.version))
    perform_job.delay_on_commit(job.pk)
    return follow(request, job)


def sheet_page(
    request: HttpRequest, sheet: AgreementSheet, *, title: str, trail: list[Crumb], note: str = ""
) -> HttpResponse:
    return form_page(request, sheet, "sla/agreement_form.html", title=title, trail=trail, note=note)


def form_page(
    request: HttpRequest,
    form: Any,
    template: str = "partnership/form_page.html",
    *,
    title: str,
    trail: list[Crumb],
    note: str = "",
    submit: str = "",
    **more: Any,
) -> HttpResponse:
    context = more | {
        "form": form,
        "title": title,
        "note": note,
        "submit": submit or _("Save"),
        "crumbs": [*trail, (title, "")],
        "back": trail[-1][1],
    }
    return render_page(request, template, context, status=422 if form.is_bound else 200)


def crumbs(*trail: Crumb) -> list[Crumb]:
    above = [(_("Home"), reverse("portal:home")), (_("Service levels"), reverse("sla:grid"))]
    return [*above, (_("Agreements"), reverse("sla:agreement-list")), *trail]


def way_to(agreement: ServiceAgreement) -> list[Crumb]:
    return crumbs((agreement.name, reverse("sla:agreement-detail", args=[agreement.pk])))
