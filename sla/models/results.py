"""What is calculated: clocks, monthly compliance, and the runs that wrote them.

Derived tables, without history and without foreign keys in the database: their rows name the target, the calendar
version, a digest of their input and the run, and any of them can be calculated again (ADR 0040).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.models import Organisation, User
from services.models import CalendarVersion, Service
from sla.levels import Level, Status
from sla.models.incidents import Incident
from sla.models.targets import GOOD_ENOUGH, UP_GOOD_ENOUGH, UP_WANTED, WANTED, Metric, Target, share_field
from sla.querysets import AvailabilityQuerySet, CalculationRunQuerySet, ClockQuerySet, ComplianceQuerySet


def derived_from(to: type[models.Model], on_delete: Any = models.PROTECT, **options: Any) -> models.ForeignKey:
    return models.ForeignKey(to, on_delete, db_constraint=False, db_index=False, **options)


class CalculationRun(models.Model):
    """One calculation of service levels: everything, a set of incidents, or the availability of some."""

    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("started by"))
    is_full = models.BooleanField(_("everything"))
    has_incidents = models.BooleanField(
        _("of incidents"), default=True, help_text=_("No: only availability, after a change of outages.")
    )
    cause = models.CharField(_("cause"), max_length=200, blank=True)
    as_of = models.DateTimeField(_("as of"), help_text=_("A clock that falls due later is undecided."))
    started = models.DateTimeField(_("started"), default=timezone.now)
    finished = models.DateTimeField(_("finished"), null=True)
    incident_count = models.PositiveBigIntegerField(_("incidents"), default=0)
    clock_count = models.PositiveBigIntegerField(_("clocks"), default=0)

    objects = CalculationRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("calculation")
        verbose_name_plural = _("calculations")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return _("Calculation %(number)s") % {"number": self.pk}


class Clock(models.Model):
    """An incident under a target: how much working time went by, when it was due, and whether it held.

    Work is counted in whole seconds since 1970 under the calendar version, so that a difference is working time.
    """

    pk = models.CompositePrimaryKey("incident_id", "target_id")
    incident = derived_from(Incident, models.CASCADE, related_name="clocks", verbose_name=_("incident"))
    target = derived_from(Target, models.CASCADE, related_name="clocks", verbose_name=_("target"))
    service = derived_from(Service, related_name="clocks", verbose_name=_("service"))
    organisation = derived_from(Organisation, related_name="clocks", verbose_name=_("organisation"))
    calendar_version = derived_from(CalendarVersion, related_name="clocks", verbose_name=_("version of the calendar"))
    run = derived_from(CalculationRun, related_name="clocks", verbose_name=_("calculation"))
    work_at_start = models.BigIntegerField()
    work_at_stop = models.BigIntegerField(null=True)
    paused_seconds = models.BigIntegerField()
    due = models.DateTimeField(_("due"), null=True, help_text=_("Empty while an unfinished pause holds the clock."))
    month = models.DateField(_("decided in"), null=True, help_text=_("The first of the month; empty while undecided."))
    met = models.BooleanField(_("held"), null=True)
    at_risk_from = models.DateTimeField(
        _("at risk from"),
        null=True,
        help_text=_("While undecided: from when one is warned of it."),
    )
    digest = models.BigIntegerField()

    objects = ClockQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        indexes = [
            models.Index(fields=["service", "organisation", "month"], name="clock_by_cell"),
            models.Index(fields=["at_risk_from"], condition=models.Q(month=None), name="clock_undecided"),
        ]

    def __str__(self) -> str:
        return f"{self.incident}: {self.target}"

    @property
    def stopped(self) -> datetime | None:
        return self.incident.responded if self.target.metric == Metric.RESPONSE else self.incident.resolved

    @property
    def decided(self) -> datetime | None:
        """The earlier of stopping and falling due, once it has come."""
        if self.month is None:
            return None
        return min(instant for instant in (self.stopped, self.due) if instant)

    @property
    def worked(self) -> timedelta | None:
        """Working time from start to stop without the pauses; None while it runs."""
        if self.work_at_stop is None:
            return None
        return timedelta(seconds=max(self.work_at_stop - self.work_at_start, 0) - self.paused_seconds)


class Compliance(models.Model):
    """A target for one service and organisation in the month its clocks were decided. Not measured: no row."""

    pk = models.CompositePrimaryKey("service_id", "organisation_id", "month", "target_id")
    target = derived_from(Target, models.CASCADE, related_name="compliance", verbose_name=_("target"))
    service = derived_from(Service, related_name="compliance", verbose_name=_("service"))
    organisation = derived_from(Organisation, related_name="compliance", verbose_name=_("organisation"))
    month = models.DateField(_("month"))
    counted = models.PositiveIntegerField(_("counted"))
    met = models.PositiveIntegerField(_("held"))
    wanted = share_field(_("wanted share"), WANTED)
    good_enough = share_field(_("good enough share"), GOOD_ENOUGH)
    calendar_versions = ArrayField(models.BigIntegerField(), verbose_name=_("versions of the calendar"))
    digest = models.CharField(_("digest of the input"), max_length=64)
    run = derived_from(CalculationRun, related_name="compliance", verbose_name=_("calculation"))

    objects = ComplianceQuerySet.as_manager()

    class Meta:
        verbose_name = _("compliance")
        verbose_name_plural = _("compliance")
        indexes = [models.Index(fields=["month"], name="compliance_by_month")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(counted__gte=1, met__lte=models.F("counted")),
                name="only_what_is_counted_can_be_met",
                violation_error_message=_("At least one is counted, and at most those counted are met."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.target}, {self.service}, {self.organisation}, {self.month:%Y-%m}"

    @property
    def level(self) -> Level:
        return Level(self.counted, self.met, self.wanted * self.counted, self.good_enough * self.counted)

    @property
    def status(self) -> Status:
        return self.level.status


def total(rows: Iterable[Compliance]) -> Level:
    return sum((row.level for row in rows), Level())


class Availability(models.Model):
    """How long a service was up for one organisation in a month, of the time agreed. Not measured: no row.

    Whole seconds. Agreed is the opening time of the whole month while the version was in force, also of a month that
    is not over; planned is the union of planned work within it; down the union of unplanned outages within it and
    outside planned work. `weighted_microseconds` weighs each second by the share of the users that were hit. Wall is
    the same by the clock on the wall, open or not.
    """

    pk = models.CompositePrimaryKey("service_id", "organisation_id", "month", "target_id")
    target = derived_from(Target, models.CASCADE, related_name="availability", verbose_name=_("target"))
    service = derived_from(Service, related_name="availability", verbose_name=_("service"))
    organisation = derived_from(Organisation, related_name="availability", verbose_name=_("organisation"))
    month = models.DateField(_("month"))
    agreed_seconds = models.BigIntegerField(_("agreed seconds"))
    planned_seconds = models.BigIntegerField(_("planned seconds"))
    down_seconds = models.BigIntegerField(_("seconds down"))
    weighted_microseconds = models.BigIntegerField(_("microseconds down, weighted by users"))
    wall_seconds = models.BigIntegerField(_("seconds by the wall clock"))
    wall_planned_seconds = models.BigIntegerField(_("planned seconds by the wall clock"))
    wall_down_seconds = models.BigIntegerField(_("seconds down by the wall clock"))
    wanted = share_field(_("wanted share"), UP_WANTED)
    good_enough = share_field(_("good enough share"), UP_GOOD_ENOUGH)
    calendar_versions = ArrayField(models.BigIntegerField(), verbose_name=_("versions of the calendar"))
    digest = models.CharField(_("digest of the input"), max_length=64)
    run = derived_from(CalculationRun, related_name="availability", verbose_name=_("calculation"))

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("availability")
        verbose_name_plural = _("availability")
        indexes = [models.Index(fields=["month"], name="availability_by_month")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_seconds__gt=models.F("planned_seconds"), planned_seconds__gte=0)
                & models.Q(down_seconds__gte=0)
                & models.Q(down_seconds__lte=models.F("agreed_seconds") - models.F("planned_seconds")),
                name="what_is_agreed_and_not_planned_away_is_measured",
                violation_error_message=_("A service is down within the agreed time that was not planned away."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.target}, {self.service}, {self.organisation}, {self.month:%Y-%m}"

    @property
    def measured_seconds(self) -> int:
        """What is promised: agreed time without planned work."""
        return self.agreed_seconds - self.planned_seconds

    @property
    def level(self) -> Level:
        counted = self.measured_seconds
        return Level(counted, counted - self.down_seconds, self.wanted * counted, self.good_enough * counted)

    @property
    def percent(self) -> Decimal | None:
        """Floored to two decimals."""
        return self.level.percent(2)

    @property
    def status(self) -> Status:
        return self.level.status
