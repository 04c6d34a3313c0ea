"""Who was sent a report, and who has opened it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.history import tracked
from partnership.models import User
from reports.models.editions import Edition
from reports.querysets import OfPersonQuerySet


@tracked()
class Distribution(models.Model):
    """A person who is to be told of a published report. Written as it is published; `sent_at` when the e-mail left."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="distributions")
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("distribution")
        verbose_name_plural = _("distribution")
        ordering = ["edition", "person"]
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="report_is_sent_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.person}"


@tracked()
class Reading(models.Model):
    """The first time a person opened a published report. Seen by the person; by others as a total."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="readings")
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    read_at = models.DateTimeField(_("read"), default=timezone.now)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["edition", "person"]
        constraints = [models.UniqueConstraint(fields=["edition", "person"], name="report_is_read_once")]

    def __str__(self) -> str:
        return f"{self.edition}: {self.person}"
