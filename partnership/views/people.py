"""People: found, added and invited, changed, closed out and let in again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.accounts.invitations import invite
from partnership.actions.people import add_person_with_role, deactivate_person, edit_person, reactivate_person
from partnership.changes import changes_of
from partnership.filters import PersonFilter
from partnership.forms.people import ConfirmForm, NewPersonForm, PersonForm
from partnership.models import RoleGrant, User
from partnership.reading import log_file, log_reading
from partnership.tables import PersonTable, grant_words
from partnership.views.pages import Crumb, crumbs, csv_file, file_url, form_page, in_pages, posted, rooms, wants_file

ROWS_ON_A_PAGE = 50


def person_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_PEOPLE)
    chosen = PersonFilter(request.GET, people_of(request), request=request)
    table = PersonTable(chosen.qs)
    in_pages(request, table, ROWS_ON_A_PAGE)
    if wants_file(request):
        log_file(request.user, "person-list-csv", len(table.rows))
        return csv_file("folk", person_head(), (person_cells(person) for person in table.data))
    count = table.paginator.count
    context = {
        "filter": chosen,
        "table": table,
        "csv_url": file_url(request),
        "can_manage": access.holds_anywhere(request.user, Permission.MANAGE_PEOPLE),
        "tabs": rooms(request),
        "crumbs": crumbs((_("People and roles"), "")),
        "title": _("People and roles"),
        "count": ngettext("%(count)s person.", "%(count)s people.", count) % {"count": count},
    }
    return render_page(request, "partnership/person_list.html", context, partial="rows")


def people_of(request: HttpRequest) -> QuerySet[User]:
    """Those the reader may see, each with the roles of today that she may see in `held`."""
    roles = RoleGrant.objects.visible_to(request.user).current().select_related("organisation")
    return User.objects.visible_to(request.user).prefetch_related(Prefetch("grants", roles, to_attr="held"))


def person_head() -> list[Any]:
    return [_("Name"), _("Title"), _("E-mail"), _("Work phone"), _("Roles today"), _("May log in")]


def person_cells(person: User) -> list[Any]:
    roles = "; ".join(grant_words(grant) for grant in person.held)
    return [person.name, person.title, person.email, person.phone, roles, _("yes") if person.is_active else _("no")]


def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    log_reading(request.user, "person-detail", person)
    roles = roles_shown(request, person)
    context = {
        "person": person,
        "roles": roles,
        "facts": person_facts(person),
        "changes": changes_of(person, roles, get_language() or "nb"),
        "can_manage": managed(request).filter(pk=pk).exists(),
        "crumbs": crumbs(people_crumb(), (person.name, "")),
        "title": person.name,
        "state": role_words(roles),
    }
    return render_page(request, "partnership/person_detail.html", context)


def role_words(roles: list[RoleGrant]) -> str:
    """What the person is today: «Bestiller, Arendal. Godkjenner, Arendal.»"""
    held = [grant_words(role) for role in roles if role.holds_on(timezone.localdate())]
    return " ".join(f"{words}." for words in held) or _("Holds no role today.")


def person_facts(person: User) -> list[tuple[str, Any]]:
    return [
        (_("Title"), person.title or "–"),
        (_("E-mail"), person.email),
        (_("Work phone"), person.phone or "–"),
        (_("Language"), person.get_language_display() or _("As the municipality")),
    ]


def roles_shown(request: HttpRequest, person: User) -> list[RoleGrant]:
    """All of one's own; of others those that lie where the reader may see people."""
    seen = RoleGrant.objects.all() if person == request.user else RoleGrant.objects.visible_to(request.user)
    return list(seen.filter(user=person).select_related("organisation").order_by("-period"))


def managed(request: HttpRequest) -> QuerySet[User]:
    return User.objects.managed_by(request.user)


def managed_person(request: HttpRequest, pk: int) -> User:
    """403 for a reader who may manage nobody or not this one, 404 when the person does not exist for her."""
    access.require_anywhere(request.user, Permission.MANAGE_PEOPLE)
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not managed(request).filter(pk=pk).exists():
        raise PermissionDenied
    return person


def people_crumb() -> Crumb:
    return _("People and roles"), reverse("partnership:person-list")


def person_crumb(person: User) -> Crumb:
    return person.name, reverse("partnership:person-detail", args=[person.pk])


def person_add(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.MANAGE_PEOPLE)
    form = NewPersonForm(posted(request), giver=request.user)
    if person := form.perform(add_person_with_role, by=request.user):
        send_invitation(request, person)
        return redirect("partnership:person-detail", person.pk)
    note = _("The person gets an e-mail with a link to set a password.")
    return form_page(
        request, form, title=_("Add a person"), submit=_("Add and send e-mail"), trail=[people_crumb()], note=note
    )


def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    form = PersonForm(posted(request), initial=vars(person)).editing(person)
    if form.perform(edit_person, person=person, by=request.user):
        messages.success(request, _("The person is saved."))
        return redirect("partnership:person-detail", pk)
    trail = [people_crumb(), person_crumb(person)]
    return form_page(request, form, title=_("Edit the person"), submit=_("Save"), trail=trail)


def person_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    form = ConfirmForm(posted(request))
    if form.perform(deactivate_person, person=person, by=request.user):
        messages.success(request, _("%(name)s can no longer log in.") % {"name": person.name})
        return redirect("partnership:person-detail", pk)
    title = _("Close the login of %(name)s") % {"name": person.name}
    note = _("Roles and history stay. You can open the login again.")
    trail = [people_crumb(), person_crumb(person)]
    return form_page(request, form, title=title, submit=_("Close the login"), trail=trail, note=note)


@require_POST
def person_reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    person = managed_person(request, pk)
    reactivate_person(person=person, by=request.user)
    messages.success(request, _("%(name)s can log in again.") % {"name": person.name})
    return redirect("partnership:person-detail", pk)


@require_POST
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    send_invitation(request, managed_person(request, pk))
    return redirect("partnership:person-detail", pk)


def send_invitation(request: HttpRequest, person: User) -> None:
    if invite(person, by=request.user):
        messages.success(request, _("An e-mail with a link to set a password is sent to %s.") % person.email)
    else:
        messages.error(request, _("The person is saved, but the e-mail could not be sent. Try again in a while."))
