"""What a calculation made of months that were over: figures as they were, and as they are."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, TenantQuerySet
from partnership.models import Organisation
from services.models import Service
from sla.levels import Level
from sla.models.results import CalculationRun, derived_from
from sla.models.targets import PRIORITIES, Metric

COUNTS = ("counted", "met", "wanted", "good_enough")
"""What a level is made of."""


def sum_field(label: Any) -> models.DecimalField:
    """How many had to be held: shares times what was counted, added up."""
    return models.DecimalField(label, max_digits=20, decimal_places=6, null=True)


class ChangedFigureQuerySet(TenantQuerySet["ChangedFigure"]):
    seen_with = Permission.SEE_SERVICE_LEVELS


class ChangedFigure(models.Model):
    """A figure of a month gone by that a calculation changed, or what it was held against. Empty before or after:
    it was or is not measured.
    """

    run = models.ForeignKey(CalculationRun, models.CASCADE, related_name="changes", verbose_name=_("calculation"))
    service = derived_from(Service, related_name="+", verbose_name=_("service"))
    organisation = derived_from(Organisation, related_name="+", verbose_name=_("organisation"))
    month = models.DateField(_("month"))
    metric = models.CharField(_("metric"), max_length=12, choices=Metric)
    priority = models.PositiveSmallIntegerField(
        _("priority"), null=True, blank=True, choices=[(number, str(number)) for number in PRIORITIES]
    )
    counted_before = models.BigIntegerField(_("counted before"), null=True)
    met_before = models.BigIntegerField(_("held before"), null=True)
    wanted_before = sum_field(_("wanted before"))
    good_enough_before = sum_field(_("good enough before"))
    counted_after = models.BigIntegerField(_("counted after"), null=True)
    met_after = models.BigIntegerField(_("held after"), null=True)
    wanted_after = sum_field(_("wanted after"))
    good_enough_after = sum_field(_("good enough after"))

    objects = ChangedFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("changed figure")
        verbose_name_plural = _("changed figures")
        ordering = ["-run", "-month", "pk"]

    def __str__(self) -> str:
        return f"{self.service}, {self.organisation}, {self.month:%Y-%m}"

    @property
    def before(self) -> Level:
        return self._level("before")

    @property
    def after(self) -> Level:
        return self._level("after")

    def _level(self, when: str) -> Level:
        counts = {name: getattr(self, f"{name}_{when}") for name in COUNTS}
        return Level() if counts["counted"] is None else Level(**counts)
