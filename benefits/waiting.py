"""What waits for a person: shares that were never measured, or not for as long as their benefit says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, F, IntegerField, Value, When
from django.utils import timezone

from benefits.models import BenefitShare
from partnership import access
from partnership.access import Permission
from partnership.models import User


@dataclass(frozen=True)
class Due:
    """A measurement that is to be made. `since` is None where none was ever made."""

    share: BenefitShare
    since: date | None
    is_own: bool
    """Is the person herself the owner of the share?"""


def measurements_due(user: User, today: date | None = None) -> Sequence[Due]:
    """Those the person may register: her own first, then the never measured, then the longest overdue. One query."""
    day = today or timezone.localdate()
    organisations = access.reach(user, Permission.MEASURE_BENEFITS)
    shares = BenefitShare.objects.standing(day).due(day).select_related("benefit", "organisation", "owner")
    mine = shares if organisations is None else shares.filter(organisation__in=organisations)
    own_first = Case(When(owner=user, then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = mine.order_by(own_first, F("due_on").asc(nulls_first=True), "benefit__code", "organisation__sort_key")
    return [Due(share, share.due_on, share.owner_id == user.pk) for share in ordered]
