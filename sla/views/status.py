"""«Driftsstatus»: how the services of an organisation stand now, what comes, and what has been."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.models import Organisation
from partnership.views.pages import Crumb
from services.models import Subscription
from sla.figures.notices import down_by_owner, status_of
from sla.words import notices as words


def status_start(request: HttpRequest) -> HttpResponse:
    """One organisation's is its own page; of several one chooses."""
    access.require_anywhere(request.user, Permission.SEE_PARTNERSHIP)
    owners = list(with_services(request))
    if len(owners) == 1:
        return redirect("sla:status-detail", owners[0].pk)
    down = down_by_owner([owner.pk for owner in owners], timezone.now())
    context = {
        "rows": [(owner, words.summary(down[owner.pk])) for owner in owners],
        "title": _("Status of the services"),
        "state": _("Choose whose services."),
        "crumbs": crumbs(),
    }
    return render_page(request, "sla/status_start.html", context)


def status_detail(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(with_services(request), pk=pk)
    now = timezone.now()
    found = status_of(organisation, now)
    context = {
        "services": [(one.service, *words.standing(one)) for one in found.services],
        "sections": [
            (_("Now"), [words.told(one, now) for one in found.current]),
            (_("To come"), [words.told(one, now) for one in found.coming]),
            (_("The last 14 days"), [words.told(one, now) for one in found.past]),
        ],
        "title": _("Status for %(owner)s") % {"owner": organisation},
        "state": words.summary(found.down),
        "crumbs": crumbs((organisation.name, "")),
    }
    return render_page(request, "sla/status_detail.html", context)


def with_services(request: HttpRequest) -> QuerySet[Organisation]:
    held = Subscription.objects.visible_to(request.user).current()
    return Organisation.objects.visible_to(request.user).filter(pk__in=held.values("organisation"))


def crumbs(*trail: Crumb) -> list[Crumb]:
    above = [(_("Home"), reverse("portal:home"))]
    return [*above, (_("Status of the services"), reverse("sla:status-start")), *trail]
