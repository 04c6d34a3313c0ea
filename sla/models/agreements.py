"""Service agreements in versions, and what they cover."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission, TenantQuerySet
from partnership.history import tracked
from partnership.models import Body, Organisation, Resolution, User
from partnership.models.organisations import sort_key
from partnership.periods import PeriodModel, PeriodQuerySet
from services.models import Service, ServiceCalendar
from sla.querysets import Pair

AT_RISK_PERCENT = 75
"""Usual where nothing else is said: a deadline is at risk when so much of its working time is used."""


class Phase(models.TextChoices):
    PREPARATION = "preparation", _("preparation")
    TRIAL = "trial", _("trial operation")
    OPERATION = "operation", _("operation")
    EVALUATION = "evaluation", _("evaluation")
    RENEGOTIATION = "renegotiation", _("renegotiation")
    ENDED = "ended", _("ended")


class Stage(models.TextChoices):
    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")


class StagedQuerySet[M: models.Model](TenantQuerySet[M]):
    """Rows of versions: drafts exist only for those who may write them. `stage_path` leads to the stage."""

    seen_with = Permission.SEE_SERVICE_LEVELS
    stage_path = "version__stage"

    def visible_to(self, user: Any) -> Self:
        seen = super().visible_to(user)
        if access.holds(user, Permission.MANAGE_AGREEMENTS):
            return seen
        return seen.exclude(**{self.stage_path: Stage.DRAFT})


class ServiceAgreementQuerySet(TenantQuerySet["ServiceAgreement"]):
    def visible_to(self, user: Any) -> Self:
        """Those of which the reader may see a version; all for those who write them."""
        if access.holds(user, Permission.MANAGE_AGREEMENTS):
            return self.all()
        seen = AgreementVersion.objects.visible_to(user).filter(agreement=models.OuterRef("pk"))
        return self.filter(models.Exists(seen))


@tracked()
class ServiceAgreement(models.Model):
    """What the partnership and its owners have agreed on services. The content stands in the versions."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    phase = models.CharField(_("phase"), max_length=13, choices=Phase, default=Phase.PREPARATION)
    responsible = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("responsible for the agreement"),
    )
    at_risk_percent = models.PositiveSmallIntegerField(
        _("warn when so much of the time is used, %"),
        default=AT_RISK_PERCENT,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    sort_key = sort_key("name")

    changed_with = {
        "AgreementVersion": "agreement",
        "Target": "version__agreement",
        "Coverage": "version__agreement",
        "CreditStep": "version__agreement",
    }

    objects = ServiceAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("service agreement")
        verbose_name_plural = _("service agreements")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(at_risk_percent__range=(1, 99)),
                name="one_is_warned_before_the_time_is_used",
                violation_error_message=_("Between 1 and 99 % of the time."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class AgreementVersionQuerySet(PeriodQuerySet["AgreementVersion"], StagedQuerySet["AgreementVersion"]):
    organisation_path = "coverage__organisation"
    stage_path = "stage"

    def visible_to(self, user: Any) -> Self:
        return super().visible_to(user).distinct()

    def approved(self) -> Self:
        return self.filter(stage=Stage.APPROVED)

    def crediting(self) -> Self:
        """Approved, with service credits turned on."""
        return self.approved().filter(credit_cap_percent__isnull=False)

    def open(self) -> Self:
        """Drafted or proposed."""
        return self.exclude(stage=Stage.APPROVED)


@tracked()
class AgreementVersion(PeriodModel):
    """The agreement as it holds for a time. The one in force on the day an incident opened judges it to the end.

    Until it is approved it holds on no day: its period is empty, and `planned_day` says from when it is meant to hold.
    """

    agreement = models.ForeignKey(
        ServiceAgreement, models.CASCADE, related_name="versions", verbose_name=_("agreement")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    stage = models.CharField(_("stage"), max_length=8, choices=Stage, default=Stage.APPROVED)
    planned_day = models.DateField(_("meant to hold from"), null=True, blank=True)
    calendar = models.ForeignKey(
        ServiceCalendar, models.PROTECT, related_name="agreement_versions", verbose_name=_("opening hours")
    )
    credit_cap_percent = models.DecimalField(
        _("service credits, at most per cent of the price"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal(100))],
        help_text=_("Empty: a missed target gives no credit."),
    )
    proposed_to = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed to")
    )
    proposed_on = models.DateField(_("proposed on"), null=True, blank=True)
    resolution = models.CharField(
        _("approved by resolution"), max_length=100, blank=True, help_text=_("Case number and date.")
    )
    decided_in = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("resolution")
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    end_resolution = models.CharField(
        _("ended by resolution"),
        max_length=100,
        blank=True,
        default="",
        help_text=_("Of an end on a day gone by, or of one that was moved."),
    )

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement__sort_key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_version_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=~Q(stage=Stage.APPROVED),
                name="one_draft_of_an_agreement",
                violation_error_message=_("The agreement has a draft already. Go on with that, or discard it."),
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.APPROVED, period__isempty=False, planned_day=None)
                | ~Q(stage=Stage.APPROVED) & Q(period__isempty=True, planned_day__isnull=False),
                name="only_what_is_approved_holds",
                violation_error_message=_("A version holds from the day it is approved for, and on no day before."),
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PROPOSED) | Q(proposed_to__isnull=False, proposed_on__isnull=False),
                name="what_is_proposed_is_proposed_to_a_body",
                violation_error_message=_("Say to which body it is proposed."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(agreement)s, version %(number)s") % {"agreement": self.agreement, "number": self.number}

    @property
    def is_approved(self) -> bool:
        return self.stage == Stage.APPROVED

    @property
    def begins_later(self) -> bool:
        """Approved, for a day to come."""
        return self.is_approved and bool(self.first_day and self.first_day > timezone.localdate())

    @property
    def first_day(self) -> date | None:
        """Of a draft, the day that is meant."""
        return self.planned_day if self.period.isempty else super().first_day


class CoverageQuerySet(StagedQuerySet["Coverage"]):
    def holding(self) -> Self:
        """Without that of drafts, which holds on no day."""
        return self.filter(period__isempty=False)

    def pairs(self) -> set[Pair]:
        return set(self.values_list("service_id", "organisation_id"))


@tracked()
class Coverage(models.Model):
    """One service for one organisation under a version. Its period is the version's, held equal by the database."""

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="coverage")
    service = models.ForeignKey(Service, models.PROTECT, related_name="coverage", verbose_name=_("service"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="coverage", verbose_name=_("organisation")
    )
    period = DateRangeField(_("valid from and to"), editable=False)

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverage")
        constraints = [
            models.UniqueConstraint(fields=["version", "service", "organisation"], name="coverage_once_in_a_version"),
            ExclusionConstraint(
                name="one_agreement_at_a_time",
                expressions=[
                    ("service", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another agreement covers this service and organisation in the period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.organisation}"
