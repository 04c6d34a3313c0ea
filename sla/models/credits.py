"""Service credits: the ladder that a version turns on, and what each month gives until somebody has decided."""

from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, TenantQuerySet
from partnership.history import tracked
from partnership.models import Organisation, User
from services.models import Service
from sla.credits.ladder import Step
from sla.levels import Level
from sla.models.agreements import AgreementVersion, StagedQuerySet
from sla.models.targets import MONTHLY, Metric

CREDITED = [(metric.value, metric.label) for metric in MONTHLY]


def percent_field(label: object, **options: object) -> models.DecimalField:
    limits = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]
    return models.DecimalField(label, max_digits=5, decimal_places=2, validators=limits, **options)  # type: ignore[arg-type]


class CreditStepQuerySet(StagedQuerySet["CreditStep"]):
    organisation_path = "version__coverage__organisation"

    def visible_to(self, user: object) -> Self:
        return super().visible_to(user).distinct()


@tracked()
class CreditStep(models.Model):
    """From so many percentage points below the target on, so many per cent of the price of the month."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="credit_steps")
    metric = models.CharField(_("metric"), max_length=12, choices=CREDITED)
    points = percent_field(_("percentage points below the target"))
    percent = percent_field(_("per cent of the price"))

    objects = CreditStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a credit ladder")
        verbose_name_plural = _("steps of credit ladders")
        ordering = ["metric", "points"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "metric", "points"],
                name="credit_step_once_in_a_ladder",
                violation_error_message=_("The ladder has this step already."),
            ),
            models.CheckConstraint(
                condition=Q(points__range=(0, 100), percent__gt=0, percent__lte=100),
                name="a_credit_step_is_within_the_price",
                violation_error_message=_("A step gives more than 0 and at most 100 % of the price."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_metric_display()} {self.points}: {self.percent} %"

    @property
    def step(self) -> Step:
        return Step(self.points, self.percent)


class CreditState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    CONFIRMED = "confirmed", _("confirmed")
    WAIVED = "waived", _("waived")


class CreditQuerySet(TenantQuerySet["Credit"]):
    seen_with = Permission.SEE_SERVICE_LEVELS

    def proposed(self) -> Self:
        return self.filter(state=CreditState.PROPOSED)

    def beside(self, credit: "Credit") -> Self:
        """The others that wait, of the same service in the same month."""
        same = {"service": credit.service_id, "month": credit.month}
        return self.proposed().filter(**same).exclude(pk=credit.pk)

    def of_state(self, state: str) -> Self:
        """All of them for a word that is no state."""
        return self.filter(state=state) if state in CreditState.values else self.all()


@tracked()
class Credit(models.Model):
    """What a service gives an organisation off the price of a month.

    `percent` is what the figures say, and follows them; `decided` is what a person decided, and stays: what was
    confirmed is ready for the settlement, and what was waived is 0.
    """

    version = models.ForeignKey(
        AgreementVersion, models.PROTECT, related_name="credits", verbose_name=_("version of the agreement")
    )
    service = models.ForeignKey(Service, models.PROTECT, related_name="credits", verbose_name=_("service"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="credits", verbose_name=_("organisation")
    )
    month = models.DateField(_("month"))
    percent = percent_field(_("per cent of the price"))
    state = models.CharField(_("status"), max_length=9, choices=CreditState, default=CreditState.PROPOSED)
    decided = percent_field(_("decided, per cent"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)

    changed_with = {"CreditLine": "credit"}

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("service credit")
        verbose_name_plural = _("service credits")
        ordering = ["-month", "service__sort_key", "organisation__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "organisation", "month"],
                name="credit_once_a_month",
                violation_error_message=_("The month has a credit for this service already."),
            ),
            models.CheckConstraint(
                condition=Q(state=CreditState.PROPOSED, decided=None, decided_by=None, decided_at=None)
                | ~Q(state=CreditState.PROPOSED) & Q(decided__isnull=False, decided_at__isnull=False) & ~Q(reason=""),
                name="who_decides_a_credit_says_why",
                violation_error_message=_("Write why."),
            ),
            models.CheckConstraint(
                condition=~Q(state=CreditState.WAIVED) | Q(decided=0),
                name="what_is_waived_is_nothing",
                violation_error_message=_("What is waived gives nothing."),
            ),
        ]
        indexes = [models.Index(fields=["-month"], name="credit_by_month")]

    def __str__(self) -> str:
        return f"{self.service}, {self.organisation}, {self.month:%Y-%m}"

    @property
    def is_decided(self) -> bool:
        return self.state != CreditState.PROPOSED

    @property
    def is_confirmed(self) -> bool:
        return self.state == CreditState.CONFIRMED

    @property
    def has_moved(self) -> bool:
        """The figures say otherwise than when it was confirmed."""
        return self.is_confirmed and self.decided != self.percent


class CreditLineQuerySet(TenantQuerySet["CreditLine"]):
    organisation_path = "credit__organisation"
    seen_with = Permission.SEE_SERVICE_LEVELS


@tracked()
class CreditLine(models.Model):
    """What one metric of the month gives: counted and met of what was guaranteed, as a level has them."""

    credit = models.ForeignKey(Credit, models.CASCADE, related_name="lines", verbose_name=_("service credit"))
    metric = models.CharField(_("metric"), max_length=12, choices=CREDITED)
    counted = models.BigIntegerField(_("counted"))
    met = models.BigIntegerField(_("held"))
    wanted = models.DecimalField(_("wanted"), max_digits=24, decimal_places=6)
    percent = percent_field(_("per cent of the price"))

    objects = CreditLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a service credit")
        verbose_name_plural = _("lines of service credits")
        ordering = ["metric"]
        constraints = [
            models.UniqueConstraint(
                fields=["credit", "metric"],
                name="credit_line_once_a_metric",
                violation_error_message=_("The credit has this line already."),
            ),
            models.CheckConstraint(
                condition=Q(counted__gt=0, met__lte=F("counted"), percent__gt=0),
                name="a_credit_line_gives_something",
                violation_error_message=_("A line gives something for what was counted and not met."),
            ),
        ]

    def __str__(self) -> str:
        return f"{Metric(self.metric).label}: {self.percent} %"

    @property
    def level(self) -> Level:
        return Level(self.counted, self.met, self.wanted, self.wanted)
