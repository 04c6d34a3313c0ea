"""Who was told, by e-mail, of a deadline that was about to break or had broken."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.history import tracked
from partnership.letters import LetterQuerySet
from partnership.models import User
from sla.models.incidents import Incident
from sla.models.targets import Metric


class Warned(models.TextChoices):
    AT_RISK = "at_risk", _("about to break")
    BROKEN = "broken", _("broken")


class DeadlineNoticeQuerySet(LetterQuerySet["DeadlineNotice"]):
    written_at = "noted_at"
    given_up_after = timedelta(days=3)


@tracked()
class DeadlineNotice(models.Model):
    """A line of an e-mail to one person. A deadline that a pause has moved may be told of anew."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="notices", verbose_name=_("incident"))
    metric = models.CharField(_("metric"), max_length=12, choices=Metric)
    kind = models.CharField(_("told of"), max_length=7, choices=Warned)
    due = models.DateTimeField(_("due"))
    person = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = DeadlineNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a deadline")
        verbose_name_plural = _("notices of deadlines")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "metric", "kind", "due", "person"],
                name="told_of_a_deadline_once",
                violation_error_message=_("The person has been told of this already."),
            )
        ]
        indexes = [
            models.Index(fields=["person"], condition=models.Q(sent_at=None), name="deadline_notice_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.incident}, {self.get_kind_display()} → {self.person}"
