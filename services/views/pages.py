"""What the pages of these rooms share: the way to them and the form page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kit.htmx import render_page
from partnership.views.pages import Crumb, Tab

ROOMS = ("services:service-list", "services:subscription-list", "services:calendar-list")


def rooms(request: HttpRequest) -> list[Tab]:
    labels = (_("Catalogue"), _("Who has what"), _("Opening hours"))
    return [Tab(label, reverse(name), reverse(name) == request.path) for name, label in zip(ROOMS, labels, strict=True)]


def crumbs(*trail: Crumb) -> list[Crumb]:
    """From home by way of the catalogue to the page itself, which is last."""
    return [(_("Home"), reverse("portal:home")), (_("Services"), reverse("services:service-list")), *trail]


def subscription_crumbs(*trail: Crumb) -> list[Crumb]:
    return crumbs((_("Who has what"), reverse("services:subscription-list")), *trail)


def calendar_crumbs(*trail: Crumb) -> list[Crumb]:
    return crumbs((_("Opening hours"), reverse("services:calendar-list")), *trail)


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    title: str,
    trail: Sequence[Crumb],
    note: str = "",
    template: str = "partnership/form_page.html",
) -> HttpResponse:
    """A page that asks; 422 when what was sent came back with words about it. The way back is the crumb before."""
    context = {
        "form": form,
        "title": title,
        "note": note,
        "submit": _("Save"),
        "crumbs": [*trail, (title, "")],
        "back": trail[-1][1],
    }
    return render_page(request, template, context, status=422 if form.is_bound else 200)
