"""How machines log in: a token of a person or an integration, hashed at rest, that expires and can be revoked."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

from partnership.access import Permission, reach
from partnership.history import tracked
from partnership.models.people import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, and those of the people and systems one manages; all, where one manages the whole partnership."""
        if reach(user, Permission.MANAGE_PEOPLE) is None:
            return self.all()
        managed = User.objects.managed_by(user).values("pk") if user.is_authenticated else []
        return self.filter(models.Q(user=user.pk) | models.Q(user__in=managed))

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
