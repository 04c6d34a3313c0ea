"""Owners come, get new shares, and leave. Shares are kept as recorded and never made to fit."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from partnership.actions.organisations import organisation_of, register_organisation
from partnership.actions.versions import checked_days, save_checked, start_version
from partnership.history import recorded
from partnership.models import Municipality, Organisation, Participation, ShareVersion, User
from partnership.periods import days


@recorded
def add_owner(
    *,
    organisation: Organisation,
    first_day: date,
    ownership: Decimal,
    liability: Decimal | None = None,
    by: User | None,
) -> Participation:
    """The organisation becomes an owner on `first_day`, with its first share in per cent."""
    owner = Participation(organisation=organisation, period=days(first_day))
    save_checked(owner)
    save_checked(ShareVersion(participation=owner, ownership=ownership, liability=liability, period=days(first_day)))
    return owner


@recorded
def add_municipality_as_owner(*, municipality: Municipality, by: User | None, **share: Any) -> Participation:
    """`share`: first_day, ownership and liability, as for `add_owner`."""
    return add_owner(organisation=organisation_of(municipality=municipality, by=by), by=by, **share)


@recorded
def add_organisation_as_owner(
    *, kind: str, name: str, organisation_number: str, language_form: str, by: User | None, **share: Any
) -> Participation:
    """An owner that is no municipality. `share`: first_day, ownership and liability, as for `add_owner`."""
    organisation = register_organisation(
        kind=kind, name=name, organisation_number=organisation_number, language_form=language_form, by=by
    )
    return add_owner(organisation=organisation, by=by, **share)


@recorded
def change_share(
    *, owner: Participation, first_day: date, ownership: Decimal, liability: Decimal | None = None, by: User | None
) -> ShareVersion:
    """A new share from `first_day`; the earlier one ends the day before."""
    if not owner.holds_on(first_day):
        raise ValidationError({"first_day": _("The organisation is not an owner on this day.")})
    share = start_version(owner.shares.all(), first_day, participation=owner, ownership=ownership, liability=liability)
    if owner.last_day and share.last_day is None:
        _end(share, owner.last_day)
    return share


@recorded
def end_ownership(*, owner: Participation, last_day: date, by: User | None) -> Participation:
    """The owner leaves after `last_day`, and its share with it."""
    later = owner.shares.filter(period__startswith__gt=last_day).order_by("period").first()
    if later:
        raise _has_later_share(later)
    owner.period = checked_days(owner.period.lower, last_day)
    save_checked(owner)
    for share in owner.shares.on(last_day):
        _end(share, last_day)
    return owner


def _end(share: ShareVersion, last_day: date) -> None:
    share.period = days(share.first_day, last_day)
    save_checked(share)


def _has_later_share(share: ShareVersion) -> ValidationError:
    words = _("A new share is recorded from %(day)s. Choose that day or a later one.")
    return ValidationError({"last_day": ValidationError(words, params={"day": date_format(share.period.lower)})})
