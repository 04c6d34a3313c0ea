"""A benefit over all its municipalities: how far it has come, who owns which share, and what it is."""

from typing import Any

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits import drawing, words
from benefits.actions.register import add_benefit, describe_benefit
from benefits.arithmetic import Status
from benefits.figures import BenefitFigures, figures_of
from benefits.forms import BenefitForm, NewBenefitForm
from benefits.models import Benefit, BenefitShare
from benefits.views.files import share_cells, share_head
from benefits.views.pages import crumbs, way_to_benefit
from kit.htmx import render_page
from partnership import access
from partnership.access import Permission
from partnership.views.pages import csv_file, file_url, posted, wants_file
from services.views.pages import form_page

FORM = "benefits/wording_form.html"


def benefit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    benefit = _benefit(request, pk)
    figures = figures_of(request.user, benefit)
    if wants_file(request):
        return csv_file(f"gevinst-{benefit.code}", share_head(), (share_cells(share) for share in figures.shares))
    context = {
        "benefit": benefit,
        "bullet": drawing.drawn(drawing.benefit_bullet(figures)),
        "series": drawing.drawn_series(drawing.total_series(figures)),
        "facts": benefit_facts(benefit),
        "lines": [told_share(share) for share in figures.shares],
        "total": told_total(figures),
        "counts": words.status_counts(figures.counts),
        "about_sum": about_sum(figures),
        "csv_url": file_url(request),
        "can_manage": access.holds(request.user, Permission.MANAGE_BENEFITS),
        "crumbs": way_to_benefit(benefit),
        "title": benefit.name,
        "above": f"{benefit.code} · {capfirst(benefit.get_type_display())} · {owners_counted(len(figures.shares))}",
        "state": state(figures),
    }
    return render_page(request, "benefits/benefit_detail.html", context)


def owners_counted(count: int) -> str:
    return ngettext("%(count)s municipality", "%(count)s municipalities", count) % {"count": count}


def state(figures: BenefitFigures) -> str:
    if not figures.shares:
        return _("No municipality that you may see has a share in it.")
    if figures.total is None:
        return f"{figures.benefit.indicator}."
    return drawing.total_words(figures.total, figures.benefit.unit)


def about_sum(figures: BenefitFigures) -> str:
    """How the sum treats those that have not measured."""
    count = figures.counts[Status.NOT_MEASURED]
    if figures.total is None:
        return _("Measurements of this kind are not added together.")
    if not count:
        return ""
    words = ngettext(
        "%(count)s municipality is not measured. What it plans is counted, and nothing as realised.",
        "%(count)s municipalities are not measured. What they plan is counted, and nothing as realised.",
        count,
    )
    return words % {"count": count}


def told_share(share: BenefitShare) -> dict[str, Any]:
    """A line of the table of owners."""
    status, unit = Status(share.standing), share.benefit.unit
    return {
        "share": share,
        "baseline": words.written(share.baseline, unit),
        "newest": words.written(share.newest_value, unit),
        "target": words.written(share.target, unit),
        "achievement": words.achieved(share.way.achievement(share.newest_value) if share.way else None),
        "chart": drawing.row(share),
        "status": words.SHAPES[status],
        "word": words.STATUS_WORDS[status],
    }


def told_total(figures: BenefitFigures) -> dict[str, Any] | None:
    effect, unit = figures.total, figures.benefit.unit
    if effect is None or len(figures.shares) < 2:
        return None
    return {
        "planned": words.written(effect.planned, unit),
        "realised": words.written(effect.realised if effect.measured else None, unit),
        "achievement": words.achieved(effect.achievement),
        "status": words.SHAPES[effect.status],
        "word": words.STATUS_WORDS[effect.status],
    }


def benefit_facts(benefit: Benefit) -> list[tuple[str, Any]]:
    return [
        (_("Accountable"), benefit.accountable or "–"),
        (_("Goal"), benefit.goal),
        (_("Good for"), capfirst(benefit.get_layer_display())),
        (_("What is measured"), benefit.indicator),
        (_("How it is measured"), benefit.method or "–"),
        (_("Unit"), capfirst(benefit.get_unit_display())),
        (_("How often"), capfirst(benefit.get_frequency_display())),
    ]


def benefit_add(request: HttpRequest) -> HttpResponse:
    access.require(request.user, Permission.MANAGE_BENEFITS)
    form = NewBenefitForm(posted(request))
    if benefit := form.perform(add_benefit, by=request.user):
        messages.success(request, _("%(benefit)s is saved. Give each municipality its share.") % {"benefit": benefit})
        return redirect("benefits:benefit-detail", benefit.pk)
    return form_page(request, form, title=_("New benefit"), trail=crumbs(), template=FORM)


def benefit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    benefit = _benefit(request, pk)
    access.require(request.user, Permission.MANAGE_BENEFITS)
    form = BenefitForm(posted(request), initial=model_to_dict(benefit), benefit=benefit).editing(benefit)
    if form.perform(describe_benefit, benefit=benefit, by=request.user):
        messages.success(request, _("%(benefit)s is saved.") % {"benefit": benefit})
        return redirect("benefits:benefit-detail", pk)
    note = _("The code is %(code)s and never changes.") % {"code": benefit.code}
    return form_page(
        request, form, title=_("Edit the benefit"), trail=way_to_benefit(benefit), note=note, template=FORM
    )


def _benefit(request: HttpRequest, pk: int) -> Benefit:
    return get_object_or_404(Benefit.objects.visible_to(request.user).select_related("goal", "accountable"), pk=pk)
