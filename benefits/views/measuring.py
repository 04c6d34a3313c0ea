"""Register a measurement in a minute, and correct one that was wrong."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from benefits import words
from benefits.actions.measuring import correct_measurement, register_measurement
from benefits.forms import CorrectionForm, MeasurementForm
from benefits.models import BenefitShare, Measurement
from benefits.views.pages import way_to_share
from partnership import access
from partnership.access import Permission
from partnership.views.pages import posted
from services.views.pages import form_page


def measurement_add(request: HttpRequest, pk: int) -> HttpResponse:
    shares = BenefitShare.objects.visible_to(request.user).select_related("benefit", "organisation")
    share = get_object_or_404(shares.standing(), pk=pk)
    access.require(request.user, Permission.MEASURE_BENEFITS, share.organisation)
    form = MeasurementForm(posted(request), initial=_as_last_time(share), share=share)
    if made := form.perform(register_measurement, share=share, by=request.user):
        return _said_and_shown(request, made, _("%(value)s on %(day)s is registered."))
    title = _("Register a measurement")
    return form_page(request, form, title=title, trail=way_to_share(share), note=known(share))


def known(share: BenefitShare) -> str:
    """What the new number is held against."""
    values = {
        "indicator": share.benefit.indicator,
        "baseline": words.written(share.baseline, share.benefit.unit),
        "newest": words.written(share.newest_value, share.benefit.unit),
        "target": words.written(share.target, share.benefit.unit),
    }
    return _("%(indicator)s. Baseline %(baseline)s, newest %(newest)s, target %(target)s.") % values


def _as_last_time(share: BenefitShare) -> dict[str, Any]:
    newest = share.measurements.holding().order_by("-day").first()
    return {"source": newest.source} if newest else {}


def measurement_correct(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Measurement.objects.visible_to(request.user).told(), pk=pk)
    access.require(request.user, Permission.MEASURE_BENEFITS, one.share.organisation)
    if request.method != "POST" and not one.is_current:
        messages.warning(request, _("This measurement is corrected already. Here is what holds."))
        return redirect("benefits:share-detail", one.share_id)
    initial = {"value": one.value, "day": one.day, "source": one.source}
    form = CorrectionForm(posted(request), initial=initial, share=one.share)
    if made := form.perform(correct_measurement, measurement=one, by=request.user):
        return _said_and_shown(request, made, _("%(value)s on %(day)s holds from now on."))
    note = _("The old value is kept and shown beside the new one.")
    return form_page(request, form, title=_("Correct the measurement"), trail=way_to_share(one.share), note=note)


def _said_and_shown(request: HttpRequest, made: Measurement, sentence: str) -> HttpResponse:
    values = {"value": words.written(made.value, made.share.benefit.unit), "day": words.day(made.day)}
    messages.success(request, sentence % values)
    return redirect("benefits:share-detail", made.share_id)
