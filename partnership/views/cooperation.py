"""The partnership: name, legal form now and over time."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission, Role
from partnership.actions.cooperation import change_legal_form, edit_partnership, found_partnership
from partnership.figures import grant_rows
from partnership.forms.cooperation import FoundingForm, LegalFormForm, PartnershipForm
from partnership.models import LegalForm, LegalFormPeriod, Partnership
from partnership.tables import shown_day, shown_organisation_number
from partnership.views.pages import crumbs, form_page, posted, rooms


def partnership_detail(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    partnership = Partnership.objects.visible_to(request.user).prefetch_related("legal_forms").first()
    periods = list(partnership.legal_forms.all()) if partnership else []
    now = next((period for period in periods if period.holds_on(timezone.localdate())), None)
    context = {
        "partnership": partnership,
        "periods": periods,
        "facts": partnership_facts(partnership, now) if partnership else [],
        "warning": section_27_words() if now and now.form == LegalForm.PARAGRAF_27 else "",
        "can_manage": access.holds(request.user, Permission.MANAGE_PARTNERSHIP),
        "tabs": rooms(request),
        "crumbs": crumbs(),
        "title": partnership.name if partnership else _("The partnership"),
        "state": since_words(now) if now else "",
    }
    return render_page(request, "partnership/partnership_detail.html", context)


def since_words(now: LegalFormPeriod) -> str:
    values = {"form": capfirst(now.get_form_display()), "day": shown_day(now.first_day)}
    return _("%(form)s since %(day)s.") % values


def partnership_facts(partnership: Partnership, now: LegalFormPeriod | None) -> list[tuple[str, Any]]:
    return [
        (_("Name"), partnership.name),
        (_("Organisation number"), shown_organisation_number(partnership.organisation_number)),
        (_("Legal form"), capfirst(now.get_form_display()) if now else "–"),
    ]


def partnership_found(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    if Partnership.objects.exists():
        return redirect("partnership:partnership-detail")
    form = FoundingForm(posted(request))
    if form.perform(found_partnership, by=request.user):
        messages.success(request, _("The partnership is saved."))
        return redirect("partnership:partnership-detail")
    return form_page(request, form, title=_("Write in the partnership"), submit=_("Save"), trail=[])


def partnership_edit(request: HttpRequest) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user))
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    now = {"name": partnership.name, "organisation_number": partnership.organisation_number}
    form = PartnershipForm(posted(request), initial=now).editing(partnership)
    if form.perform(edit_partnership, partnership=partnership, by=request.user):
        messages.success(request, _("The partnership is saved."))
        return redirect("partnership:partnership-detail")
    return form_page(request, form, title=_("Edit the partnership"), submit=_("Save"), trail=[])


def legal_form_change(request: HttpRequest) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user))
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    form = LegalFormForm(posted(request))
    if period := form.perform(change_legal_form, partnership=partnership, by=request.user):
        messages.success(request, _("The new legal form is saved."))
        if period.form == LegalForm.PARAGRAF_27:
            messages.warning(request, section_27_words())
        return redirect("partnership:partnership-detail")
    note = _("The earlier form ends the day before. Name, owners and history stay as they are.")
    return form_page(request, form, title=_("Change the legal form"), submit=_("Save"), trail=[], note=note)


def section_27_words() -> str:
    return _("Section 27 cooperations had to change form by 1 January 2024. Plan a change of form.")


def grant_table(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    context = {
        "rows": grant_rows(),
        "roles": list(Role),
        "tabs": rooms(request),
        "crumbs": crumbs((_("Who may do what"), "")),
        "title": _("Who may do what"),
        "state": _("A role is held in one organisation or in the whole partnership. What is not ticked is refused."),
    }
    return render_page(request, "partnership/grant_table.html", context)
