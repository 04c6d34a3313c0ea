"""«Avtaler»: what is agreed, for whom, and how it has changed; and the sheet on which a version is written."""

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
from services.forms.subscriptions import EndForm
from sla.actions.recalculate import open_recalculation
from sla.actions.versions import Written, end_agreement, rename_agreement, write_agreement, write_version
from sla.figures.agreements import agreements, editions
from sla.forms.agreement_sheet import AgreementSheet
from sla.forms.agreements import NameForm, NewAgreementForm
from sla.models import AgreementVersion, ServiceAgreement
from sla.tables import AgreementTable
from sla.words import agreements as words


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
    context = {
        "agreement": agreement,
        "versions": words.told_versions(known, in_force),
        "rows": words.target_rows(known),
        "shown": shown,
        "reach": words.reach(shown) if shown else [],
        "can_manage": access.holds(request.user, Permission.MANAGE_AGREEMENTS),
        "crumbs": crumbs((agreement.name, "")),
        "above": words.phase(agreement),
        "title": agreement.name,
        "state": words.state(known, in_force),
    }
    return render_page(request, "sla/agreement_detail.html", context)


def agreement_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    sheet = AgreementSheet(posted(request), user=request.user, form_class=NewAgreementForm)
    if written := sheet.perform(write_agreement, by=request.user):
        return recalculated(request, written)
    return sheet_page(request, sheet, title=_("New agreement"), trail=crumbs())


def agreement_rename(request: HttpRequest, pk: int) -> HttpResponse:
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    form = NameForm(posted(request), initial={"name": agreement.name, "phase": agreement.phase}).editing(agreement)
    if form.perform(rename_agreement, agreement=agreement, by=request.user):
        messages.success(request, _("%(agreement)s is saved.") % {"agreement": agreement})
        return redirect("sla:agreement-detail", pk)
    title = _("Change name and phase")
    return form_page(request, form, "partnership/form_page.html", title=title, trail=way_to(agreement))


def agreement_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Its newest version gets a last day."""
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    newest = next(iter(editions(request.user, agreement)), None)
    if newest is None:
        raise Http404
    initial = {"last_day": newest.version.last_day or timezone.localdate()}
    form = EndForm(posted(request), initial=initial).editing(agreement)
    if ended := form.perform(end_agreement, agreement=agreement, by=request.user):
        day = formats.day(ended.version.last_day, get_language() or "nb")
        return recalculated(request, ended, _("%(agreement)s ends on %(day)s.") % {"agreement": agreement, "day": day})
    title = _("End %(agreement)s") % {"agreement": agreement}
    note = _("Incidents that open later are listed as without an agreement, and nothing is promised for them.")
    return form_page(request, form, "partnership/form_page.html", title=title, trail=way_to(agreement), note=note)


def version_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of the newest version, from another day."""
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    newest = next(iter(editions(request.user, agreement)), None)
    sheet = AgreementSheet(posted(request), user=request.user, edition=newest).editing(agreement)
    if written := sheet.perform(write_version, agreement=agreement, by=request.user):
        return recalculated(request, written)
    note = _("The version before ends the day before this one begins.")
    return sheet_page(request, sheet, title=_("New version"), trail=way_to(agreement), note=note)


def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    versions = AgreementVersion.objects.visible_to(request.user).select_related("agreement")
    version = get_object_or_404(versions, pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    edition = next(one for one in editions(request.user, version.agreement) if one.version == version)
    if edition.has_judged:
        messages.warning(
            request, _("%(version)s has judged incidents and stands. Make a new one.") % {"version": version}
        )
        return redirect("sla:agreement-detail", version.agreement_id)
    sheet = AgreementSheet(posted(request), user=request.user, edition=edition, keeps_day=True)
    sheet.editing(version.agreement)
    if written := sheet.perform(write_version, agreement=version.agreement, by=request.user):
        return recalculated(request, written)
    title = _("Edit version %(number)s") % {"number": version.number}
    return sheet_page(request, sheet, title=title, trail=way_to(version.agreement))


def recalculated(request: HttpRequest, written: Written, said: str = "") -> HttpResponse:
    """What the version touches is calculated again by a worker; the person follows that."""
    messages.success(request, said or _("%(version)s is saved.") % {"version": written.version})
    job = open_recalculation(pairs=written.touched, by=request.user)
    perform_job.delay_on_commit(job.pk)
    return follow(request, job)


def sheet_page(
    request: HttpRequest, sheet: AgreementSheet, *, title: str, trail: list[Crumb], note: str = ""
) -> HttpResponse:
    return form_page(request, sheet, "sla/agreement_form.html", title=title, trail=trail, note=note)


def form_page(
    request: HttpRequest, form: Any, template: str, *, title: str, trail: list[Crumb], note: str = ""
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "note": note,
        "submit": _("Save"),
        "crumbs": [*trail, (title, "")],
        "back": trail[-1][1],
    }
    return render_page(request, template, context, status=422 if form.is_bound else 200)


def crumbs(*trail: Crumb) -> list[Crumb]:
    above = [(_("Home"), reverse("portal:home")), (_("Service levels"), reverse("sla:grid"))]
    return [*above, (_("Agreements"), reverse("sla:agreement-list")), *trail]


def way_to(agreement: ServiceAgreement) -> list[Crumb]:
    return crumbs((agreement.name, reverse("sla:agreement-detail", args=[agreement.pk])))
