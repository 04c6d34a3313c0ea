"""Who has what: a subscription begins and ends; it is never deleted, since somebody relied on it."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from partnership.actions.versions import checked_days, save_checked
from partnership.history import recorded
from partnership.models import Organisation, User
from services.models import Service, Subscription


@recorded
def subscribe(
    *, organisation: Organisation, service: Service, first_day: date, last_day: date | None = None, by: User | None
) -> Subscription:
    """The organisation has the service from `first_day`, to and with `last_day` where one is given."""
    period = checked_days(first_day, last_day)
    subscription = Subscription(organisation=organisation, service=service, period=period)
    save_checked(subscription)
    return subscription


@recorded
def subscribe_to_many(
    *,
    organisation: Organisation,
    services: Iterable[Service],
    first_day: date,
    last_day: date | None = None,
    by: User | None,
) -> list[Subscription]:
    """All of the services or none; each that cannot be had is named."""
    made, refused = [], []
    for service in services:
        try:
            made.append(
                subscribe(organisation=organisation, service=service, first_day=first_day, last_day=last_day, by=by)
            )
        except ValidationError as error:
            refused.append((service, error))
    if refused:
        raise ValidationError([f"{service}: {' '.join(error.messages)}" for service, error in refused])
    return made


@recorded
def end_subscription(*, subscription: Subscription, last_day: date, by: User | None) -> Subscription:
    """The last day may be moved, until the service is had anew."""
    subscription.period = checked_days(subscription.first_day, last_day)  # type: ignore[arg-type]
    save_checked(subscription)
    return subscription
