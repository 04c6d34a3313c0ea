"""Roles are given from a day and ended on a day; what was held stays in the history."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.actions.versions import checked_days, save_checked
from partnership.history import recorded
from partnership.models import Organisation, RoleGrant, User
from partnership.periods import ONE_DAY


@recorded
def give_role(
    *,
    person: User,
    role: str,
    organisation: Organisation | None,
    first_day: date,
    last_day: date | None = None,
    by: User | None,
) -> RoleGrant:
    """Without an organisation the role is held in the whole partnership."""
    grant = RoleGrant(user=person, role=role, organisation=organisation, period=checked_days(first_day, last_day))
    save_checked(grant)
    return grant


@recorded
def end_role(*, grant: RoleGrant, last_day: date, by: User | None) -> RoleGrant:
    """The role is held up to and including `last_day`."""
    if grant.is_administrator:
        keep_an_administrator(without=[grant], on=max(last_day + ONE_DAY, timezone.localdate()))
    grant.period = checked_days(grant.period.lower, last_day)
    save_checked(grant)
    return grant


def keep_an_administrator(*, without: Iterable[RoleGrant], on: date) -> None:
    """Refuses what would leave the partnership without an administrator; two who leave at once wait for each other."""
    lost = {grant.pk for grant in without}
    administrators = (
        RoleGrant.objects.administrators().filter(user__is_active=True).on(on).select_for_update(of=("self",))
    )
    if all(grant.pk in lost for grant in administrators):
        raise ValidationError(
            _("The partnership needs an administrator. Give another person the role in the whole partnership first.")
        )
