"""What a service needs of other services to work."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.access import SharedQuerySet
from partnership.history import tracked
from services.models.catalogue import Service


class DependencyQuerySet(SharedQuerySet["Dependency"]):
    pass


@tracked()
class Dependency(models.Model):
    """When `needed` is down, so is `service`. Nothing needs itself, by way of others either (`set_dependencies`)."""

    service = models.ForeignKey(
        Service, models.CASCADE, related_name="dependencies", verbose_name=_("service that needs another")
    )
    needed = models.ForeignKey(
        Service, models.PROTECT, related_name="dependants", verbose_name=_("service that is needed")
    )

    objects = DependencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["service__sort_key", "needed__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "needed"],
                name="needed_once",
                violation_error_message=_("The service needs this already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(service=models.F("needed")),
                name="nothing_needs_itself",
                violation_error_message=_("A service cannot need itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} → {self.needed}"
