"""A municipality's share of a benefit: its own way from baseline to target, and what was measured on it."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from benefits.arithmetic import Way
from benefits.models.register import Benefit
from benefits.querysets import MeasurementQuerySet, ShareQuerySet
from partnership.history import tracked
from partnership.models import Organisation, User


class ValueField(models.DecimalField):
    """A value in the unit of the indicator."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **({"max_digits": 15, "decimal_places": 3} | kwargs))  # type: ignore[arg-type]


GOOD_ENOUGH_LIES_BETWEEN = (
    Q(good_enough__isnull=True)
    | Q(baseline__isnull=True)
    | Q(good_enough__gt=F("baseline"), good_enough__lte=F("target"))
    | Q(good_enough__lt=F("baseline"), good_enough__gte=F("target"))
)


@tracked()
class BenefitShare(models.Model):
    """What a benefit is to give in one organisation, and who in its line sees to it."""

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="shares", verbose_name=_("benefit"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="benefit_shares", verbose_name=_("organisation")
    )
    owner = models.ForeignKey(User, models.PROTECT, related_name="benefit_shares", verbose_name=_("benefit owner"))
    baseline = ValueField(_("baseline"), null=True, blank=True)
    baseline_on = models.DateField(_("baseline measured on"), null=True, blank=True)
    baseline_source = models.CharField(_("source of the baseline"), max_length=200, blank=True)
    good_enough = ValueField(_("good enough"), null=True, blank=True)
    target = ValueField(_("target"))
    target_on = models.DateField(_("target to be reached on"))

    objects = ShareQuerySet.as_manager()

    newest_value: Decimal | None
    newest_on: date | None
    standing: str
    due_on: date | None

    class Meta:
        verbose_name = _("share of a benefit")
        verbose_name_plural = _("shares of benefits")
        ordering = ["benefit__code", "organisation__sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "organisation"],
                name="share_once_per_organisation",
                violation_error_message=_("The organisation has a share of this benefit already."),
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True, baseline_on__isnull=True)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
                name="baseline_has_a_value_and_a_day",
                violation_error_message=_("A baseline has both a value and the day it was measured."),
            ),
            models.CheckConstraint(
                condition=Q(baseline__isnull=True) | ~Q(baseline=F("target")),
                name="target_differs_from_the_baseline",
                violation_error_message=_("The target must differ from the baseline."),
            ),
            models.CheckConstraint(
                condition=GOOD_ENOUGH_LIES_BETWEEN,
                name="good_enough_lies_towards_the_target",
                violation_error_message=_("What is good enough lies between the baseline and the target."),
            ),
            models.CheckConstraint(
                condition=Q(baseline_on__isnull=True) | Q(baseline_on__lt=F("target_on")),
                name="baseline_is_measured_before_the_target_day",
                violation_error_message=_("The baseline is measured before the day of the target."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit}, {self.organisation}"

    @property
    def way(self) -> Way | None:
        """None until a baseline is measured."""
        return None if self.baseline is None else Way(self.baseline, self.target, self.good_enough)


@tracked()
class Measurement(models.Model):
    """What was measured on a day. A correction is a new row; the one that it corrects stays and is shown."""

    share = models.ForeignKey(BenefitShare, models.PROTECT, related_name="measurements", verbose_name=_("share"))
    day = models.DateField(_("measured on"))
    value = ValueField(_("value"))
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=500, blank=True)
    registered = models.DateTimeField(_("registered"), default=timezone.now, editable=False)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("registered by")
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    is_current = models.BooleanField(_("holds"), default=True)

    objects = MeasurementQuerySet.as_manager()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["share", "day"],
                condition=Q(is_current=True),
                name="one_measurement_that_holds_a_day",
                violation_error_message=_("A measurement of this day is registered already. Correct that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.share}, {self.day}"
