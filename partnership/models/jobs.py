"""The row of a long task: who asked, how far it is, whether it still breathes."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.models.people import User

SILENT_AFTER = timedelta(seconds=30)


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("in progress")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; what others started is theirs to follow."""
        return self.filter(by=user) if user.is_authenticated else self.none()

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def silent(self) -> Self:
        """Unfinished without a sign of life: the worker was killed, or the message was lost."""
        return self.unfinished().filter(heartbeat__lt=timezone.now() - SILENT_AFTER)


class Job(models.Model):
    """One long task. Its handler is found by `kind`, does its work in steps and can be run again after a crash."""

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("key"), max_length=200, help_text=_("One unfinished job per kind and key."))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="jobs", verbose_name=_("started by"))
    arguments = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=9, choices=JobState, default=JobState.WAITING)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)
    step = models.CharField(_("step"), max_length=200, blank=True)
    heartbeat = models.DateTimeField(default=timezone.now)
    created = models.DateTimeField(_("started"), default=timezone.now)
    finished = models.DateTimeField(_("finished"), null=True)
    cancel_wanted = models.BooleanField(default=False)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state__in=UNFINISHED),
                name="one_unfinished_job_per_key",
                violation_error_message=_("This is in progress already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_finished(self) -> bool:
        return self.state not in UNFINISHED
