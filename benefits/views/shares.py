"""The register, and a municipality's share: how far it has come, how that was reckoned, and what was measured."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from benefits import drawing, figures, words
from benefits.actions.register import change_share, give_share
from benefits.filters import ShareFilter
from benefits.forms import NewShareForm, ShareForm
from benefits.models import Benefit, BenefitShare
from benefits.querysets import ShareQuerySet
from benefits.tables import ShareTable
from benefits.views.files import measurement_cells, measurement_head, share_cells, share_head
from benefits.views.pages import crumbs, rooms, way_to_benefit, way_to_share
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import csv_file, file_url, in_pages, posted, wants_file
from services.views.pages import form_page

PAGE_SIZE = 25


def share_list(request: HttpRequest) -> HttpResponse:
    access.require_anywhere(request.user, Permission.SEE_BENEFITS)
    chosen = ShareFilter(request.GET, _shares(request).standing().worst_first(), request=request)
    table = ShareTable(chosen.qs)
    in_pages(request, table, PAGE_SIZE)
    if wants_file(request):
        return csv_file("gevinster", share_head(), (share_cells(share) for share in table.data))
    context = {
        "filter": chosen,
        "table": table,
        "count": words.shares_counted(table.paginator.count),
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_BENEFITS),
        "tabs": rooms(request),
        "crumbs": crumbs(),
        "title": _("Benefits"),
        "state": _("What is not measured stands first. Each line is a municipality's share of a benefit."),
    }
    return render_page(request, "benefits/share_list.html", context, partial="rows")


def share_detail(request: HttpRequest, pk: int) -> HttpResponse:
    share = get_object_or_404(_shares(request).standing().with_due_day(), pk=pk)
    measurements = figures.measurements_of(share)
    if wants_file(request):
        return csv_file(f"malinger-{share.benefit.code}", measurement_head(), map(measurement_cells, measurements))
    context = {
        "share": share,
        "bullet": drawing.drawn(drawing.share_bullet(share)),
        "series": drawing.drawn_series(drawing.share_series(share, measurements)),
        "facts": share_facts(share),
        "reckoning": words.reckoning(share),
        "measurements": [(one, words.written(one.value, share.benefit.unit)) for one in measurements],
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_BENEFITS),
        "can_measure": access.holds(request.user, Permission.MEASURE_BENEFITS, share.organisation),
        "crumbs": way_to_share(share),
        "title": _("%(benefit)s in %(municipality)s")
        % {"benefit": share.benefit.name, "municipality": share.organisation},
        "above": f"{share.benefit.code} · {share.benefit.indicator}",
        "state": words.state(share),
    }
    return render_page(request, "benefits/share_detail.html", context)


def share_facts(share: BenefitShare) -> list[tuple[str, Any]]:
    unit = share.benefit.unit
    baseline = [words.written(share.baseline, unit), words.day(share.baseline_on), share.baseline_source]
    return [
        (_("Benefit owner"), share.owner),
        (_("Baseline"), "\n".join(filter(None, baseline)) if share.baseline is not None else _("not measured")),
        (_("Target"), f"{words.written(share.target, unit)}\n{words.day(share.target_on)}"),
        (_("Good enough"), words.written(share.good_enough, unit)),
        (_("How it is measured"), share.benefit.method or "–"),
        (_("How often"), capfirst(share.benefit.get_frequency_display())),
        (_("Next measurement"), words.day(share.due_on) if share.due_on else capfirst(_("now"))),
    ]


def share_add(request: HttpRequest, pk: int) -> HttpResponse:
    benefit = get_object_or_404(Benefit.objects.visible_to(request.user), pk=pk)
    access.require(request.user, Permission.MANAGE_BENEFITS)
    form = NewShareForm(posted(request), benefit=benefit, user=request.user)
    if share := form.perform(give_share, benefit=benefit, by=request.user):
        return _said_and_shown(request, share)
    note = _("Each municipality has its own baseline, target and owner.")
    return form_page(request, form, title=_("Give a municipality its share"), trail=way_to_benefit(benefit), note=note)


def share_edit(request: HttpRequest, pk: int) -> HttpResponse:
    share = get_object_or_404(_shares(request), pk=pk)
    access.require(request.user, Permission.MANAGE_BENEFITS)
    form = ShareForm(posted(request), initial=model_to_dict(share), benefit=share.benefit, share=share)
    form.editing(share)
    if form.perform(change_share, share=share, by=request.user):
        return _said_and_shown(request, share)
    note = _("What was measured stays, and is held against the new baseline and target.")
    return form_page(request, form, title=_("Edit the share"), trail=way_to_share(share), note=note)


def _shares(request: HttpRequest) -> ShareQuerySet:
    rows = BenefitShare.objects.visible_to(request.user)
    return rows.select_related("benefit__goal", "organisation", "owner")  # type: ignore[return-value]


def _said_and_shown(request: HttpRequest, share: BenefitShare) -> HttpResponse:
    messages.success(request, _("%(share)s is saved.") % {"share": share})
    return redirect("benefits:share-detail", share.pk)
