"""What an agreement promises: deadlines of incidents by priority and impact, availability, and delivery of orders."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit.worktime import WorkTime
from partnership import access
from partnership.history import tracked
from partnership.models import Organisation
from services.models import Service, ServiceCalendar
from sla.models.agreements import AgreementVersion, StagedQuerySet
from sla.models.incidents import Impact

PRIORITIES = range(1, 6)
WANTED, GOOD_ENOUGH = Decimal("0.900000"), Decimal("0.800000")
UP_WANTED, UP_GOOD_ENOUGH = Decimal("0.995000"), Decimal("0.990000")
NOTICE_DAYS = 3
"""Usual where nothing else is agreed; the agreement says its own (`domain/sla-and-cost.md`, tag O)."""


class Metric(models.TextChoices):
    RESPONSE = "response", _("answered in time")
    RESOLUTION = "resolution", _("solved in time")
    AVAILABILITY = "availability", _("availability")
    LEAD_TIME = "lead_time", _("delivered in time")


CLOCKED = (Metric.RESPONSE, Metric.RESOLUTION)
"""What is promised of each incident; availability is promised of the service, a lead time of orders."""
MONTHLY = (*CLOCKED, Metric.AVAILABILITY)
"""What is kept month by month, for a service of an organisation."""


class Commitment(models.TextChoices):
    GUARANTEE = "guarantee", _("guarantee")
    DECLARATION = "declaration", _("declaration")
    REQUIREMENT = "requirement", _("requirement on the municipality")
    GUIDELINE = "guideline", _("guideline")


def share_field(label: object, default: Decimal) -> models.DecimalField:
    """Six decimals, as a percentage such as 99,9999 % has."""
    limits = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))]
    return models.DecimalField(label, max_digits=7, decimal_places=6, default=default, validators=limits)  # type: ignore[arg-type]


class TargetQuerySet(StagedQuerySet["Target"]):
    organisation_path = "version__coverage__organisation"

    def visible_to(self, user: Any) -> Self:
        """Those of versions one may see; what deviates for an organisation is that organisation's."""
        own = access.reach(user, self.seen_with)
        seen = super().visible_to(user).distinct()
        return seen if own is None else seen.filter(Q(organisation=None) | Q(organisation__in=own))

    def common(self) -> Self:
        """For everyone, whatever an incident's impact."""
        return self.filter(organisation=None, impact=None)

    def holding(self) -> Self:
        """Without those of drafts, which hold on no day."""
        return self.filter(version__period__isempty=False)


@tracked()
class Target(models.Model):
    """How fast, for incidents of one priority, and for how large a share of them; or for how large a share of the
    agreed time the service is up; or within how many working days an approved order is delivered.

    One of an impact, or for an organisation, replaces the common one there; that of an impact goes before.
    """

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="targets")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("organisation"),
        help_text=_("Empty: everyone the version covers. Otherwise it replaces the common target for this one."),
    )
    metric = models.CharField(_("metric"), max_length=12, choices=Metric)
    priority = models.PositiveSmallIntegerField(
        _("priority"), null=True, blank=True, choices=[(p, str(p)) for p in PRIORITIES]
    )
    impact = models.PositiveSmallIntegerField(
        _("impact"),
        null=True,
        blank=True,
        choices=Impact,
        help_text=_("Empty: whoever is hit. Otherwise it replaces the other target for incidents of this impact."),
    )
    service = models.ForeignKey(
        Service,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("service"),
        help_text=_("Of a lead time. Empty: every service of the version that has none of its own."),
    )
    minutes = models.PositiveIntegerField(_("working minutes"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(
        _("working days"), null=True, blank=True, help_text=_("In the place of minutes: to the same time of day.")
    )
    until_closing = models.BooleanField(
        _("by the end of the next working day"), default=False, help_text=_("Rather than at the same time of day.")
    )
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice of planned work"),
        null=True,
        blank=True,
        help_text=_("Planned work that was notified later counts as downtime."),
    )
    wanted = share_field(_("wanted share"), WANTED)
    good_enough = share_field(_("good enough share"), GOOD_ENOUGH)
    pauses = models.BooleanField(_("waiting for others stops the time"))
    calendar = models.ForeignKey(
        ServiceCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="targets",
        verbose_name=_("own opening hours"),
        help_text=_("Empty: the agreement's."),
    )
    commitment = models.CharField(_("commitment"), max_length=11, choices=Commitment, default=Commitment.DECLARATION)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = [
            "priority",
            "metric",
            models.F("impact").asc(nulls_first=True),
            models.F("service").asc(nulls_first=True),
            models.F("organisation").asc(nulls_first=True),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "metric", "priority", "impact", "service", "organisation"],
                nulls_distinct=False,
                name="target_once_in_a_version",
                violation_error_message=_("The version has a target for this metric and priority."),
            ),
            models.CheckConstraint(
                condition=Q(
                    metric=Metric.AVAILABILITY, priority=None, minutes=None, days=None, notice_days__isnull=False
                )
                | Q(metric=Metric.LEAD_TIME, priority=None, minutes=None, days__gte=1, notice_days=None)
                | Q(metric__in=["response", "resolution"], priority__isnull=False, notice_days=None)
                & (Q(minutes__isnull=False, days=None) | Q(minutes=None, days__gte=1)),
                name="each_metric_has_what_it_is_measured_by",
                violation_error_message=_(
                    "A deadline has a priority and a time; availability has days of notice, a lead time working days."
                ),
            ),
            models.CheckConstraint(
                condition=Q(priority__isnull=False, service=None) | Q(priority=None, impact=None),
                name="only_a_deadline_has_an_impact_and_no_service",
                violation_error_message=_("A deadline may be of an impact, and holds for every service."),
            ),
            models.CheckConstraint(
                condition=Q(service=None) | Q(metric=Metric.LEAD_TIME),
                name="only_a_lead_time_is_of_one_service",
                violation_error_message=_("Only a lead time is of one service."),
            ),
            models.CheckConstraint(
                condition=Q(until_closing=False) | Q(days__isnull=False, days=1),
                name="only_the_next_working_day_is_until_its_closing",
                violation_error_message=_("A deadline by the end of a working day is one working day."),
            ),
            models.CheckConstraint(
                condition=Q(good_enough__lte=models.F("wanted"), wanted__lte=1, good_enough__gte=0),
                name="good_enough_is_at_most_wanted",
                violation_error_message=_("Good enough is at most the wanted share, both from 0 to 100 %."),
            ),
        ]

    def __str__(self) -> str:
        name = str(self.get_metric_display())
        told = f"P{self.priority} {name}" if self.priority else name
        parts = (told, self.get_impact_display(), self.service, self.organisation)
        return ", ".join(str(part) for part in parts if part)

    def work_from(self, start: datetime, hours: WorkTime) -> timedelta:
        """The working time it allows what was reported at `start`: working days are worth what is open of them."""
        if self.days is None:
            return timedelta(minutes=self.minutes or 0)
        return hours.workdays(start, self.days, by_closing=self.until_closing)


def pauses_by_default(metric: str) -> bool:
    """Waiting for the municipality stops the time to a solution, not the time to a first answer."""
    return metric == Metric.RESOLUTION
