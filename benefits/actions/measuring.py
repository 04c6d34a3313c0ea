"""Measurements are registered, and corrected by others that say why. Both wait their turn at the share's row."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from benefits.models import BenefitShare, Measurement
from kit import formats
from partnership.history import recorded
from partnership.models import User

SAME = ("day", "value", "source", "note")
"""What two sendings of one form have in common."""


@recorded
def register_measurement(
    *, share: BenefitShare, value: Decimal, day: date, source: str, note: str = "", by: User | None
) -> Measurement:
    """What was measured on a day. Sent twice it is registered once; another value for the same day is refused."""
    share = _taken(share)
    new = Measurement(share=share, day=day, value=value, source=source, note=note, by=by)
    standing = share.measurements.holding().filter(day=day).first()
    if standing and _alike(standing, new):
        return standing
    return _saved(new)


@recorded
def correct_measurement(
    *, measurement: Measurement, value: Decimal, day: date, source: str, note: str, by: User | None
) -> Measurement:
    """A new version that holds instead; the note says why. Of two who correct one, the first wins."""
    share = _taken(measurement.share)
    measurement.refresh_from_db()
    new = Measurement(share=share, day=day, value=value, source=source, note=note, by=by)
    if not measurement.is_current:
        return _already(measurement, new)
    if not note:
        raise ValidationError({"note": _("Write why it is corrected.")})
    Measurement.objects.filter(pk=measurement.pk).update(is_current=False)
    new.corrects = measurement
    return _saved(new)


def _taken(share: BenefitShare) -> BenefitShare:
    """Whoever measures the same share at the same time waits here."""
    return BenefitShare.objects.select_for_update().get(pk=share.pk)


def _alike(one: Measurement, other: Measurement) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAME)


def _already(measurement: Measurement, new: Measurement) -> Measurement:
    """The same correction sent twice is one."""
    newer = measurement.corrected_by
    if _alike(newer, new) and newer.by_id == new.by_id:
        return newer
    words = _("%(person)s has corrected this measurement in the meantime. Look, and correct the new one if need be.")
    raise ValidationError(words % {"person": newer.by or "–"})


def _saved(measurement: Measurement) -> Measurement:
    _refuse_impossible_day(measurement)
    measurement.full_clean()
    measurement.save()
    return measurement


def _refuse_impossible_day(measurement: Measurement) -> None:
    baseline_on = measurement.share.baseline_on
    if measurement.day > timezone.localdate():
        raise ValidationError({"day": _("Choose today or an earlier day: a measurement has been made.")})
    if baseline_on and measurement.day < baseline_on:
        words = _("Choose %(day)s or a later day: that is when the baseline was measured.")
        raise ValidationError({"day": words % {"day": formats.day(baseline_on, get_language() or "nb")}})
