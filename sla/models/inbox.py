"""What monitoring sends, kept as it came, and which of our services each thing it monitors belongs to."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission
from partnership.history import tracked
from partnership.models import Organisation, User
from services.models import Service
from sla.models.outages import CLOCKS_DIFFER


class Sender(models.TextChoices):
    ALERTMANAGER = "alertmanager", "Prometheus Alertmanager"
    UPTIME_KUMA = "uptime-kuma", "Uptime Kuma"
    ZABBIX = "zabbix", "Zabbix"


TOLD_FOR = timedelta(days=14)
"""So long is it news that a message was refused."""


class InboxState(models.TextChoices):
    RECEIVED = "received", _("received")
    DONE = "done", _("done")
    WAITING = "waiting", _("waits for a match")
    REFUSED = "refused", _("refused")


class OperatorsQuerySet[M: models.Model](models.QuerySet[M]):
    """For those who import for all owners: what stands in a message belongs to no single one."""

    def visible_to(self, user: Any) -> Self:
        return self.all() if access.holds(user, Permission.IMPORT_INCIDENTS) else self.none()


class InboxMessageQuerySet(OperatorsQuerySet["InboxMessage"]):
    def waiting_for(self, source: str, thing: str) -> Self:
        """In the order they came."""
        return self.filter(state=InboxState.WAITING, source=source, things__contains=[thing]).order_by("pk")

    def beside(self, message: "InboxMessage", since: datetime) -> Self:
        """The others of its sender and source that could be read, and may tell of something after `since`."""
        readable = self.filter(
            state__in=(InboxState.DONE, InboxState.WAITING), last_received_at__gte=since - CLOCKS_DIFFER
        )
        return readable.filter(source=message.source, sender=message.sender).exclude(pk=message.pk)

    def unread(self) -> Self:
        """Of which something is not registered: refused of late, or kept while the reading itself failed."""
        lately = timezone.now() - TOLD_FOR
        return self.filter(Q(state=InboxState.RECEIVED) | Q(state=InboxState.REFUSED, last_received_at__gte=lately))


class InboxMessage(models.Model):
    """A message as it was sent. The same one sent again is counted, not kept twice; any may be read anew."""

    sender = models.CharField(_("sender"), max_length=12, choices=Sender)
    source = models.CharField(_("source"), max_length=40)
    body = models.TextField(_("message"))
    digest = models.CharField(_("digest"), max_length=64)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    last_received_at = models.DateTimeField(_("last received"), default=timezone.now)
    times = models.PositiveIntegerField(_("times"), default=1)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    state = models.CharField(_("status"), max_length=8, choices=InboxState, default=InboxState.RECEIVED)
    things = ArrayField(models.CharField(max_length=80), default=list, verbose_name=_("waits for"))
    fault = models.TextField(_("why"), blank=True)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = InboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message from monitoring")
        verbose_name_plural = _("messages from monitoring")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sender", "digest"],
                name="message_of_a_source_once",
                violation_error_message=_("The message is here already."),
            )
        ]
        indexes = [
            models.Index(fields=["source"], condition=Q(state=InboxState.WAITING), name="inbox_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"


class MonitoredThingQuerySet(OperatorsQuerySet["MonitoredThing"]):
    def unmatched(self) -> Self:
        return self.filter(service=None, is_ignored=False)


@tracked()
class MonitoredThing(models.Model):
    """What a source monitors, by its name there: a service of ours for one owner or all who have it, or none of ours.

    Until a person has said which, its messages wait.
    """

    source = models.CharField(_("source"), max_length=40)
    name = models.CharField(_("name at the source"), max_length=80)
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="monitored", verbose_name=_("service")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
        help_text=_("Empty: everyone who has the service."),
    )
    is_ignored = models.BooleanField(_("none of our services"), default=False)
    first_seen = models.DateTimeField(_("first seen"), default=timezone.now)

    objects = MonitoredThingQuerySet.as_manager()

    class Meta:
        verbose_name = _("monitored thing")
        verbose_name_plural = _("monitored things")
        ordering = [models.F("service").asc(nulls_first=True), "is_ignored", "source", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "name"],
                name="thing_of_a_source_once",
                violation_error_message=_("The source has this already."),
            ),
            models.CheckConstraint(
                condition=Q(is_ignored=False) | Q(service=None, organisation=None),
                name="what_is_ignored_is_no_service",
                violation_error_message=_("Choose a service, or say that it is none of ours."),
            ),
            models.CheckConstraint(
                condition=Q(organisation=None) | Q(service__isnull=False),
                name="thing_of_an_organisation_has_a_service",
                violation_error_message=_("Choose a service, or say that it is none of ours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.name}"

    @property
    def is_matched(self) -> bool:
        return self.is_ignored or self.service_id is not None
