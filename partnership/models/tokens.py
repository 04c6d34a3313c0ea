"""How machines log in: a token of a person or an integration, hashed at rest, that expires and can be revoked."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from partnership.access import Permission, reach
from partnership.history import tracked


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; whoever manages people in the whole partnership sees them all."""
        if reach(user, Permission.MANAGE_PEOPLE) is None:
            return self.all()
        return self.filter(user=user) if user.is_authenticated else self.none()

    def valid(self) -> Self:
        return self.filter(models.Q(expiry__isnull=True) | models.Q(expiry__gt=timezone.now()))


@tracked(exclude=("digest", "token_key"))
class ApiToken(AbstractAuthToken):  # type: ignore[misc]
    """What a machine shows at the REST door. The token itself is shown once; its hash is what we keep."""

    name = models.CharField(_("used by"), max_length=100, help_text=_("Which system holds it."))

    objects = AuthTokenManager.from_queryset(ApiTokenQuerySet)()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        return self.expiry is not None and self.expiry <= timezone.now()
