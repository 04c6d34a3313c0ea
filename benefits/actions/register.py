"""Goals are set, benefits are described, and each municipality gets its share. Nothing is deleted: history keeps it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from benefits.models import Benefit, BenefitShare, Goal
from partnership.history import recorded
from partnership.models import Organisation, RoleGrant, User


@recorded
def set_goal(*, by: User | None, **fields: Any) -> Goal:
    """A new goal; `fields` are those of the model."""
    return _saved(Goal(), fields)


@recorded
def change_goal(*, goal: Goal, by: User | None, **fields: Any) -> Goal:
    return _saved(goal, fields)


@recorded
def add_benefit(*, by: User | None, **fields: Any) -> Benefit:
    return _saved(Benefit(), fields)


@recorded
def describe_benefit(*, benefit: Benefit, by: User | None, **fields: Any) -> Benefit:
    """Changes what is said of a benefit, all but its code."""
    return _saved(benefit, fields)


@recorded
def give_share(*, benefit: Benefit, organisation: Organisation, by: User | None, **fields: Any) -> BenefitShare:
    """The organisation is to realise a part of the benefit; `fields` say who owns it, baseline and target."""
    _refuse_outsider(fields["owner"], organisation)
    return _saved(BenefitShare(benefit=benefit, organisation=organisation), fields)


@recorded
def change_share(*, share: BenefitShare, by: User | None, **fields: Any) -> BenefitShare:
    """Another owner, or another way: what was measured stays, and is held against the new one."""
    if fields["owner"] != share.owner:
        _refuse_outsider(fields["owner"], share.organisation)
    _refuse_late_baseline(share, fields)
    return _saved(share, fields)


def _refuse_outsider(owner: User, organisation: Organisation) -> None:
    """A benefit is realised in the line: its owner has a role in the organisation itself."""
    if not RoleGrant.objects.current().filter(user=owner, organisation=organisation).exists():
        words = _("%(person)s has no role in %(organisation)s.") % {"person": owner, "organisation": organisation}
        raise ValidationError({"owner": words})


def _refuse_late_baseline(share: BenefitShare, fields: dict[str, Any]) -> None:
    first = share.measurements.holding().order_by("day").first()
    if first and fields.get("baseline_on") and first.day < fields["baseline_on"]:
        raise ValidationError({"baseline_on": _("There are measurements from before this day.")})


def _saved[M: (Goal, Benefit, BenefitShare)](row: M, fields: dict[str, Any]) -> M:
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row
