"""An agreement goes from phase to phase, when what the phase needs is there; what is written down of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import User
from sla.models import Evidence, Need, Phase, PhaseChange, ServiceAgreement
from sla.needs import missing_for
from sla.words import plain


@recorded
def change_phase(*, agreement: ServiceAgreement, phase: Phase, day: date, note: str, by: User | None) -> PhaseChange:
    """From `day` on. ValidationError for a phase that this one does not lead to, for what is missing, and for a day
    before the last change or after today.
    """
    fresh = ServiceAgreement.objects.select_for_update().get(pk=agreement.pk)
    _refuse_day(fresh, day)
    if missing := missing_for(fresh, phase):
        words = _("Missing before that: %(needs)s.")
        raise ValidationError({"phase": ValidationError(words, params={"needs": plain.listed(missing)})})
    change = PhaseChange(agreement=fresh, phase=phase, day=day, note=note, by=by)
    change.full_clean()
    change.save()
    fresh.phase = phase
    fresh.full_clean()
    fresh.save()
    return change


def _refuse_day(agreement: ServiceAgreement, day: date) -> None:
    newest = agreement.phase_changes.first()
    if day > timezone.localdate():
        raise ValidationError({"day": _("This day has not come yet.")})
    if newest and day < newest.day:
        words = format_lazy(_("The phase before began on {day}."), day=date_format(newest.day, "SHORT_DATE_FORMAT"))
        raise ValidationError({"day": words})


@recorded
def write_evidence(*, agreement: ServiceAgreement, need: Need, text: str, by: User | None) -> Evidence:
    """Written, or written anew; the history keeps what it said."""
    evidence = agreement.evidence.filter(need=need).first() or Evidence(agreement=agreement, need=need)
    evidence.text, evidence.by, evidence.made = text, by, timezone.now()
    evidence.full_clean()
    evidence.save()
    return evidence
