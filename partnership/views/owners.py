"""Owners: who they are on a day, what they own, and how they come, change and leave."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from kit import formats
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.actions.organisations import edit_organisation
from partnership.actions.owners import (
    add_municipality_as_owner,
    add_organisation_as_owner,
    change_share,
    end_ownership,
)
from partnership.figures import share_total
from partnership.forms.cooperation import DayForm, LeaveForm, OrganisationForm, OtherOwnerForm, ShareForm
from partnership.models import Municipality, Organisation, Participation, RoleGrant
from partnership.owner_words import (
    organisation_facts,
    owner_cells,
    owner_head,
    owner_state,
    owning_words,
    share_line,
)
from partnership.tables import OwnerTable
from partnership.views.pages import Crumb, crumbs, csv_file, file_url, form_page, posted, rooms, wants_file

FOUND_AT_MOST = 12


def owner_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    days = DayForm(request.GET if "day" in request.GET else None)
    day = days.chosen()
    table = owners_on(request, day)
    if wants_file(request):
        return csv_file("eiere", owner_head(), (owner_cells(owner) for owner in table.data))
    context = {
        "days": days,
        "table": table,
        "gaps": table.total.sentences(get_language() or "nb"),
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_PARTNERSHIP),
        "tabs": rooms(request),
        "crumbs": crumbs((_("Owners"), "")),
        "title": _("Owners"),
        "state": owner_state(table.total, formats.day(day, get_language() or "nb")),
    }
    return render_page(request, "partnership/owner_list.html", context)


def owners_on(request: HttpRequest, day: date) -> OwnerTable:
    owners = owners_of(request).on(day).with_shares_on(day)
    table = OwnerTable(owners, total=share_total(owners))
    RequestConfig(request, paginate=False).configure(table)
    return table


def owners_of(request: HttpRequest) -> QuerySet[Participation]:
    return Participation.objects.visible_to(request.user).select_related("organisation__municipality")


def owner_detail(request: HttpRequest, pk: int) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    owner = get_object_or_404(owners_of(request).prefetch_related("shares"), pk=pk)
    roles = RoleGrant.objects.visible_to(request.user).current().filter(organisation=owner.organisation)
    context = {
        "owner": owner,
        "organisation": owner.organisation,
        "shares": [share_line(share) for share in owner.shares.all()],
        "facts": organisation_facts(
            owner.organisation, is_insider=access.holds(request.user, Permission.SEE_PARTNERSHIP, owner.organisation)
        ),
        "roles": roles.select_related("user").order_by("user__sort_key", "role"),
        "sees_people": access.holds(request.user, Permission.SEE_PEOPLE, owner.organisation),
        "can_manage": access.holds(request.user, Permission.MANAGE_PARTNERSHIP),
        "crumbs": crumbs(owners_crumb(), (owner.organisation.name, "")),
        "title": owner.organisation.name,
        "state": owning_words(owner),
    }
    return render_page(request, "partnership/owner_detail.html", context)


def owners_crumb() -> Crumb:
    return _("Owners"), reverse("partnership:owner-list")


def owner_crumb(owner: Participation) -> Crumb:
    return owner.organisation.name, reverse("partnership:owner-detail", args=[owner.pk])


def owner_add(request: HttpRequest) -> HttpResponse:
    """Which municipality? Found in the register by name or number."""
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    query = request.GET.get("q", "").replace("\0", "").strip()
    found = Municipality.objects.matching(query)[:FOUND_AT_MOST] if query else []
    context = {
        "query": query,
        "found": found,
        "title": _("Add an owner"),
        "crumbs": crumbs(owners_crumb(), (_("Add an owner"), "")),
    }
    return render_page(request, "partnership/owner_add.html", context, partial="rows")


def owner_add_municipality(request: HttpRequest, number: str) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    municipality = get_object_or_404(Municipality, number=number)
    form = ShareForm(posted(request))
    if owner := form.perform(add_municipality_as_owner, municipality=municipality, by=request.user):
        return said_and_shown(request, _("The owner is added."), owner)
    title = _("Add %(name)s as an owner") % {"name": municipality.name}
    return form_page(request, form, title=title, submit=_("Add"), trail=[owners_crumb()])


def owner_add_other(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    form = OtherOwnerForm(posted(request))
    if owner := form.perform(add_organisation_as_owner, by=request.user):
        return said_and_shown(request, _("The owner is added."), owner)
    title = _("Add an owner that is not a municipality")
    return form_page(request, form, title=title, submit=_("Add"), trail=[owners_crumb()])


def share_change(request: HttpRequest, pk: int) -> HttpResponse:
    owner = get_object_or_404(owners_of(request), pk=pk)
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    form = ShareForm(posted(request)).editing(owner)
    if form.perform(change_share, owner=owner, by=request.user):
        return said_and_shown(request, _("The new share is saved."), owner)
    note = _("The earlier share ends the day before.")
    trail = [owners_crumb(), owner_crumb(owner)]
    return form_page(request, form, title=_("Change the share"), submit=_("Save"), trail=trail, note=note)


def owner_leave(request: HttpRequest, pk: int) -> HttpResponse:
    owner = get_object_or_404(owners_of(request), pk=pk)
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    form = LeaveForm(posted(request))
    if form.perform(end_ownership, owner=owner, by=request.user):
        return said_and_shown(request, _("The last day is saved."), owner)
    note = _("The share ends on the same day. Everything recorded until then stays.")
    title = _("End the ownership of %(name)s") % {"name": owner.organisation.name}
    return form_page(
        request, form, title=title, submit=_("Save"), trail=[owners_crumb(), owner_crumb(owner)], note=note
    )


def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_PARTNERSHIP)
    form = OrganisationForm(posted(request), initial=vars(organisation)).editing(organisation)
    owner = organisation.participations.select_related("organisation").order_by("-period").first()
    if form.perform(edit_organisation, organisation=organisation, by=request.user):
        messages.success(request, _("The organisation is saved."))
        return redirect(owner_crumb(owner)[1] if owner else "partnership:owner-list")
    trail = [owners_crumb(), owner_crumb(owner)] if owner else [owners_crumb()]
    return form_page(request, form, title=_("Edit the organisation"), submit=_("Save"), trail=trail)


def said_and_shown(request: HttpRequest, words: str, owner: Participation) -> HttpResponse:
    messages.success(request, words)
    return redirect("partnership:owner-detail", owner.pk)
