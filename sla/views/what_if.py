"""«Hva om»: a version tried on what has happened, before anybody approves it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import Tab, csv_file, file_url, wants_file
from sla.figures.what_if import LENGTHS, WhatIf, what_if
from sla.forms.versions import LengthForm
from sla.models import AgreementVersion, Incident
from sla.views.agreements import way_to
from sla.words import plain
from sla.words import what_if as words

SHOWN = 20


def version_what_if(request: HttpRequest, pk: int) -> HttpResponse:
    versions = AgreementVersion.objects.visible_to(request.user).select_related("agreement", "calendar")
    version = get_object_or_404(versions, pk=pk)
    form = LengthForm(request.GET)
    found = what_if(request.user, version, form.length)
    if wants_file(request):
        return csv_file(f"hva-om-{version.pk}-{form.length}", words.file_head(), words.file_rows(found))
    return render_page(request, "sla/what_if.html", page(request, form, found))


def page(request: HttpRequest, form: LengthForm, found: WhatIf) -> dict[str, Any]:
    version, path = found.version, request.path
    shown = list(found.found.changes.rows(SHOWN))
    incidents = Incident.objects.select_related("service", "organisation").in_bulk({row[0] for row in shown})
    return {
        "form": form,
        "version": version,
        "tabs": [Tab(_("%(n)s months") % {"n": n}, f"{path}?months={n}", n == form.length) for n in LENGTHS],
        "heads": words.heads(found),
        "owners": words.owners(found),
        "credits": words.credit_rows(found),
        "changes": words.changes(found),
        "shown": [
            (incidents[number], plain.STOPS[metric], words.VERDICTS[before], words.VERDICTS[after])
            for number, metric, before, after in shown
        ],
        "left": len(found.found.changes) - len(shown),
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_AGREEMENTS),
        "crumbs": [*way_to(version.agreement), (_("What if"), "")],
        "title": words.title(found),
        "state": words.state(found),
        "back": reverse("sla:agreement-detail", args=[version.agreement_id]),
    }
