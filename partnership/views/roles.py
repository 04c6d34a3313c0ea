"""Roles are given and ended, never deleted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from partnership import access
from partnership.access import Permission
from partnership.actions.roles import end_role, give_role
from partnership.forms.people import EndRoleForm, GiveRoleForm
from partnership.models import RoleGrant, User
from partnership.tables import grant_words
from partnership.views.pages import form_page, posted
from partnership.views.people import people_crumb, person_crumb


def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the giver may manage people; the form offers no other place."""
    access.require_anywhere(request.user, Permission.MANAGE_PEOPLE)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = GiveRoleForm(posted(request), giver=request.user)
    if form.perform(give_role, person=person, by=request.user):
        messages.success(request, _("The role is given."))
        return redirect("partnership:person-detail", pk)
    title = _("Give %(name)s a role") % {"name": person.name}
    return form_page(
        request, form, title=title, submit=_("Give the role"), trail=[people_crumb(), person_crumb(person)]
    )


def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    access.require_anywhere(request.user, Permission.MANAGE_PEOPLE)
    grant = get_object_or_404(RoleGrant.objects.visible_to(request.user).select_related("user", "organisation"), pk=pk)
    access.require(request.user, Permission.MANAGE_PEOPLE, grant.organisation)
    form = EndRoleForm(posted(request))
    if form.perform(end_role, grant=grant, by=request.user):
        messages.success(request, _("The last day of the role is saved."))
        return redirect("partnership:person-detail", grant.user_id)
    title = _("End the role %(role)s") % {"role": grant_words(grant)}
    trail = [people_crumb(), person_crumb(grant.user)]
    return form_page(request, form, title=title, submit=_("Save"), trail=trail)
