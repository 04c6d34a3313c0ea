"""What comes of an agreement: evaluations, and improvements with an owner and a date."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import User
from sla.models import Evaluation, Improvement, ServiceAgreement


@recorded
def write_evaluation(
    *,
    agreement: ServiceAgreement,
    party: str,
    held_on: date,
    findings: str,
    conclusion: str,
    resolution: str,
    by: User | None,
) -> Evaluation:
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": _("This day has not come yet.")})
    evaluation = Evaluation(
        agreement=agreement,
        party=party,
        held_on=held_on,
        findings=findings,
        conclusion=conclusion,
        resolution=resolution,
        by=by,
    )
    evaluation.full_clean()
    evaluation.save()
    return evaluation


@recorded
def add_improvement(
    *, agreement: ServiceAgreement, text: str, owner: User, due: date, by: User | None, **missed: Any
) -> Improvement:
    """`missed` is what of `target`, `service`, `organisation`, `missed_from` and `missed_to` is known."""
    improvement = Improvement(agreement=agreement, text=text, owner=owner, due=due, by=by, **missed)
    improvement.full_clean()
    improvement.save()
    return improvement


@recorded
def change_improvement(*, improvement: Improvement, text: str, owner: User, due: date, by: User | None) -> Improvement:
    """As long as it is open."""
    fresh = _still_open(improvement)
    fresh.text, fresh.owner, fresh.due = text, owner, due
    fresh.full_clean()
    fresh.save()
    return fresh


@recorded
def close_improvement(*, improvement: Improvement, note: str, by: User | None) -> Improvement:
    """Done today, with what came of it. Somebody who comes second is told so."""
    fresh = _still_open(improvement)
    fresh.done_on, fresh.note = timezone.localdate(), note
    fresh.full_clean()
    fresh.save()
    return fresh


def _still_open(improvement: Improvement) -> Improvement:
    fresh = Improvement.objects.select_for_update().get(pk=improvement.pk)
    if not fresh.is_open:
        raise ValidationError(_("This is marked as done already."))
    return fresh
