"""Incidents (feil) from a service desk, and the spans in which it waited for somebody else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, TenantQuerySet
from partnership.models import Organisation, User
from services.models import Service
from sla.history import tracked_in_bulk
from sla.models.agreements import Coverage, ServiceAgreement
from sla.querysets import Pair, any_of_pairs

OPEN = models.Q(resolved=None, closed=None)
REASON_LENGTH = 80


class IncidentQuerySet(TenantQuerySet["Incident"]):
    seen_with = Permission.SEE_SERVICE_LEVELS

    def of_pairs(self, pairs: Iterable[Pair]) -> Self:
        """Of these services in these organisations."""
        return self.filter(any_of_pairs(pairs))

    def covered_by(self, agreement: ServiceAgreement) -> Self:
        """Of what any version of it covers."""
        pairs = Coverage.objects.filter(version__agreement=agreement).values_list("service_id", "organisation_id")
        return self.of_pairs(set(pairs))

    def without_agreement(self) -> Self:
        """«Uten avtale»: no agreement was in force on the local date they opened, so no clock judges them."""
        in_force = Coverage.objects.filter(
            service=models.OuterRef("service"),
            organisation=models.OuterRef("organisation"),
            period__contains=models.OuterRef("opening_day"),
        )
        opening_day = TruncDate("opened", tzinfo=timezone.get_default_timezone())
        return self.alias(opening_day=opening_day).filter(~models.Exists(in_force))

    def matching(self, text: str) -> Self:
        """Part of the number at the source, or of the title."""
        return self.filter(models.Q(external_id__icontains=text) | models.Q(title__icontains=text))

    def open(self) -> Self:
        """Neither solved nor closed."""
        return self.filter(OPEN)


class Impact(models.IntegerChoices):
    """How many are hit, the most first (`domain/sla-and-cost.md`, priority matrix)."""

    EVERYONE = 1, _("everyone")
    ORGANISATION = 2, _("a whole organisation")
    UNIT = 3, _("a unit")
    USER = 4, _("one user")


@tracked_in_bulk()
class Incident(models.Model):
    """One fault as the service desk knows it. `source` and `external_id` name it for good."""

    source = models.CharField(_("source"), max_length=40)
    external_id = models.CharField(_("number at the source"), max_length=80)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="incidents", verbose_name=_("organisation")
    )
    service = models.ForeignKey(Service, models.PROTECT, related_name="incidents", verbose_name=_("service"))
    priority = models.PositiveSmallIntegerField(_("priority"))
    impact = models.PositiveSmallIntegerField(_("impact"), null=True, blank=True, choices=Impact)
    title = models.CharField(_("title"), max_length=200, blank=True)
    state = models.CharField(_("state at the source"), max_length=40, blank=True)
    opened = models.DateTimeField(_("reported"))
    responded = models.DateTimeField(_("answered"), null=True, blank=True)
    resolved = models.DateTimeField(_("solved"), null=True, blank=True)
    closed = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ["-opened", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                name="incident_once_per_source",
                violation_error_message=_("The source has an incident of this number."),
            ),
            models.CheckConstraint(
                condition=models.Q(resolved__isnull=True) | models.Q(resolved__gte=models.F("opened")),
                name="incident_is_solved_after_it_opened",
                violation_error_message=_("An incident cannot be solved before it was reported."),
            ),
            models.CheckConstraint(
                condition=models.Q(impact=None) | models.Q(impact__range=(Impact.EVERYONE, Impact.USER)),
                name="impact_is_one_of_four",
                violation_error_message=_("Impact is a number from 1, everyone, to 4, one user."),
            ),
        ]
        indexes = [
            models.Index(fields=["service", "organisation", "opened"], name="incident_by_place_and_time"),
            models.Index(fields=["-opened", "-id"], name="incident_newest_first"),
            models.Index(fields=["opened"], condition=OPEN, name="incident_still_open"),
        ]

    def __str__(self) -> str:
        return self.external_id

    @property
    def is_open(self) -> bool:
        return self.resolved is None and self.closed is None


class PauseQuerySet(TenantQuerySet["Pause"]):
    organisation_path = "incident__organisation"
    seen_with = Permission.SEE_SERVICE_LEVELS

    def of_source(self) -> Self:
        """Told by the service desk; reading it again replaces them."""
        return self.filter(by=None)

    def own(self) -> Self:
        """Set here, by a person."""
        return self.filter(by__isnull=False)

    def lasting(self, now: datetime) -> Self:
        return self.filter(models.Q(ended=None) | models.Q(ended__gt=now), started__lte=now)


@tracked_in_bulk()
class Pause(models.Model):
    """A span in which the desk waited for somebody else; without an end it still does.

    Or one in which the incident was held to be solved, until it was opened again: that stops every deadline, whatever
    the agreement says of waiting. `by` set it here, until an end that is known beforehand; the others are the source's.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="pauses")
    started = models.DateTimeField(_("from"))
    ended = models.DateTimeField(_("to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=REASON_LENGTH, blank=True)
    was_solved = models.BooleanField(_("held to be solved, and opened again"), default=False, db_default=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by"))

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["started", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended__isnull=True) | models.Q(ended__gte=models.F("started")),
                name="pause_ends_after_it_began",
                violation_error_message=_("A pause cannot end before it began."),
            ),
            models.CheckConstraint(
                condition=models.Q(by=None) | models.Q(ended__isnull=False) & ~models.Q(reason=""),
                name="who_pauses_says_why_and_until_when",
                violation_error_message=_("Write what is waited for, and until when."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def is_own(self) -> bool:
        return self.by_id is not None

    def lasts_at(self, instant: datetime) -> bool:
        return self.started <= instant and (self.ended is None or instant < self.ended)
