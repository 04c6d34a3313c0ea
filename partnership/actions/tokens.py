"""Tokens for machines: made for a person or an integration, shown once, revoked by whoever may."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import ApiToken, User
from partnership.periods import ONE_DAY

LONGEST_LIFE = timedelta(days=2 * 366)
"""A token that nobody misses lives no longer than this."""


@recorded
def make_token(*, holder: User, name: str, last_day: date, by: User) -> tuple[ApiToken, str]:
    """The token and its text, which is kept nowhere. It works until midnight after `last_day`."""
    expiry = timezone.make_aware(datetime.combine(last_day + ONE_DAY, time.min))
    lasts = expiry - timezone.now()
    if lasts.total_seconds() <= 0:
        raise ValidationError({"last_day": _("Choose a day that has not passed.")})
    if lasts > LONGEST_LIFE:
        raise ValidationError({"last_day": _("Choose a day within two years. A new token is made in a minute.")})
    return ApiToken.objects.create(user=holder, name=name, expiry=lasts)


@recorded
def revoke_token(*, token: ApiToken, by: User) -> None:
    """From now on it opens nothing. What it did stands in the history."""
    token.delete()
