"""A version on its way: drafted on a sheet, proposed to a body, approved by its resolution, or taken back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from partnership import access
from partnership.access import Permission
from partnership.forms.base import ActionForm
from partnership.models import Organisation
from partnership.views.pages import posted
from sla.actions.versions import (
    approve_version,
    discard_draft,
    is_still_to_come,
    propose_version,
    take_back,
    withdraw_approval,
    write_credits,
    write_deviation,
    write_draft,
)
from sla.figures.agreements import editions
from sla.forms.agreement_sheet import AgreementSheet
from sla.forms.credits import CreditsForm, typed_credits
from sla.forms.target_sheet import DeviationSheet
from sla.forms.versions import ApproveForm, ProposeForm
from sla.models import AgreementVersion, Impact, Metric, ServiceAgreement, Stage
from sla.views.agreements import form_page, recalculated, sheet_page, way_to
from sla.words import agreements as words


def version_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft, or a copy of the newest version for another day."""
    agreement = get_object_or_404(ServiceAgreement.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    newest = next(iter(editions(request.user, agreement)), None)
    if newest and newest.version.stage == Stage.PROPOSED:
        words = _("%(version)s is proposed. Take it back to change it.")
        messages.warning(request, words % {"version": newest.version})
        return redirect("sla:agreement-detail", pk)
    sheet = AgreementSheet(posted(request), user=request.user, edition=newest).editing(agreement)
    if draft := sheet.perform(write_draft, agreement=agreement, by=request.user):
        return told(request, draft, _("%(version)s is drafted."))
    title = _("Draft of a new version")
    note = _("A draft judges nothing. It holds when it is approved; the version before then ends the day before.")
    return sheet_page(request, sheet, title=title, trail=way_to(agreement), note=note)


def version_deviation(
    request: HttpRequest, pk: int, owner: int | None = None, impact: int | None = None
) -> HttpResponse:
    """What a draft promises one owner, or of incidents of one impact, or both, in the place of what is common."""
    version = staged(request, pk, Stage.DRAFT)
    covered = Organisation.objects.visible_to(request.user).filter(coverage__version=version)
    organisation = get_object_or_404(covered.distinct(), pk=owner) if owner else None
    hit = _impact(impact) if impact is not None else None
    edition = next(one for one in editions(request.user, version.agreement) if one.version == version)
    sheet = DeviationSheet(posted(request), user=request.user, edition=edition, organisation=organisation, impact=hit)
    sheet.editing(version.agreement)

    def act(**_typed: Any) -> AgreementVersion:
        return write_deviation(
            version=version, organisation=organisation, impact=hit, promises=sheet.promises(), by=request.user
        )

    if sheet.perform(act):
        return told(request, version, _("%(version)s is drafted."))
    title, note = words.deviation(organisation, hit)
    more = {"impacts": Impact.choices if hit is None else [], "version": version, "owner": organisation}
    trail = way_to(version.agreement)
    return form_page(request, sheet, "sla/deviation_form.html", title=title, trail=trail, note=note, **more)


def version_credits(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft gives for guarantees that are missed."""
    version = staged(request, pk, Stage.DRAFT)
    edition = next(one for one in editions(request.user, version.agreement) if one.version == version)
    initial, guaranteed = typed_credits(edition.credits), edition.guaranteed
    form = CreditsForm(posted(request), initial=initial, guaranteed=guaranteed).editing(version.agreement)

    def act(cap: Decimal | None, **ladders: Any) -> AgreementVersion:
        typed = {Metric(name): ladder for name, ladder in ladders.items()}
        return write_credits(version=version, cap=cap, ladders=typed, by=request.user)

    if form.perform(act):
        return told(request, version, _("%(version)s is drafted."))
    title = _("Service credits of %(version)s") % {"version": version}
    note = _("Only targets that are guarantees give credits. They are proposed each month, and a person decides.")
    return form_page(request, form, title=title, trail=way_to(version.agreement), note=note)


def _impact(number: int) -> Impact:
    try:
        return Impact(number)
    except ValueError as error:
        raise Http404 from error


def version_propose(request: HttpRequest, pk: int) -> HttpResponse:
    version = staged(request, pk, Stage.DRAFT)
    form = ProposeForm(posted(request), user=request.user).editing(version.agreement)
    title, submit = _("Propose %(version)s"), _("Propose")
    note = _("Those whom it covers can read it then, and it stands still until it is approved or taken back.")
    done = _("%(version)s is proposed.")
    return step(request, version, form, propose_version, title=title, note=note, submit=submit, done=done)


def version_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    version = staged(request, pk, Stage.PROPOSED)
    form = ActionForm(posted(request)).editing(version.agreement)
    title, submit = _("Take back %(version)s"), _("Take back")
    note = _("It becomes a draft again, which can be changed.")
    done = _("%(version)s is a draft again.")
    return step(request, version, form, take_back, title=title, note=note, submit=submit, done=done)


def version_discard(request: HttpRequest, pk: int) -> HttpResponse:
    version = staged(request, pk, Stage.DRAFT)
    form = ActionForm(posted(request)).editing(version.agreement)
    title, submit = _("Discard %(version)s"), _("Discard the draft")
    note = _("What is written in it goes away. The versions that are approved stay as they are.")
    done = _("%(version)s is discarded.")
    return step(request, version, form, discard_draft, title=title, note=note, submit=submit, done=done)


def version_approve(request: HttpRequest, pk: int) -> HttpResponse:
    version = staged(request, pk, Stage.PROPOSED)
    initial = {"first_day": version.planned_day}
    form = ApproveForm(posted(request), user=request.user, initial=initial).editing(version.agreement)
    if written := form.perform(approve_version, version=version, by=request.user):
        return recalculated(request, written, _("%(version)s is approved.") % {"version": written.version})
    title = _("Approve %(version)s") % {"version": version}
    note = _("From its first day it judges, and it can never be edited, only followed by another.")
    trail = way_to(version.agreement)
    return form_page(request, form, title=title, trail=trail, note=note, submit=_("Approve and calculate again"))


def version_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """What is approved and has not begun becomes a proposal again."""
    version = staged(request, pk, Stage.APPROVED)
    if not is_still_to_come(version):
        words = _("%(version)s holds already, and stands. Make a new version.")
        messages.warning(request, words % {"version": version})
        return redirect("sla:agreement-detail", version.agreement_id)
    form = ActionForm(posted(request)).editing(version.agreement)
    if written := form.perform(withdraw_approval, version=version, by=request.user):
        said = _("The approval of %(version)s is withdrawn.") % {"version": written.version}
        return recalculated(request, written, said)
    title = _("Withdraw the approval of %(version)s") % {"version": version}
    note = _("It becomes a proposal again, and the version before goes on in its place.")
    trail = way_to(version.agreement)
    return form_page(request, form, title=title, trail=trail, note=note, submit=_("Withdraw the approval"))


def staged(request: HttpRequest, pk: int, stage: Stage) -> AgreementVersion:
    """The version at this stage, for those who may write it."""
    versions = AgreementVersion.objects.visible_to(request.user).select_related("agreement")
    version = get_object_or_404(versions, pk=pk)
    access.require(request.user, Permission.MANAGE_AGREEMENTS)
    return get_object_or_404(versions, pk=version.pk, stage=stage)


def step(
    request: HttpRequest,
    version: AgreementVersion,
    form: ActionForm,
    action: Callable[..., Any],
    *,
    title: str,
    note: str,
    submit: str,
    done: str,
) -> HttpResponse:
    """A page with a question, and the way back to the agreement when it is answered."""

    def act(**typed: Any) -> bool:
        action(version=version, by=request.user, **typed)
        return True

    if form.perform(act):
        return told(request, version, done)
    named = title % {"version": version}
    return form_page(request, form, title=named, trail=way_to(version.agreement), note=note, submit=submit)


def told(request: HttpRequest, version: AgreementVersion, words: str) -> HttpResponse:
    messages.success(request, words % {"version": version})
    return redirect("sla:agreement-detail", version.agreement_id)
