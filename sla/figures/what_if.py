"""A version tried on the past: what each owner would have met, beside what it met."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from partnership.models import Organisation, User
from services.models import CalendarVersion
from sla.hours import calendars_of
from sla.levels import Level
from sla.models import AgreementVersion, Coverage, Incident, Metric
from sla.recalculation.supposed import Months, Supposed, Verdict, supposed
from sla.spans import month_of

LENGTHS = (3, 12, 36)
METRICS = (Metric.RESOLUTION, Metric.RESPONSE, Metric.AVAILABILITY)


@dataclass(frozen=True)
class Pairing:
    """A level as it was, and as it would have been."""

    before: Level
    after: Level


@dataclass(frozen=True)
class CreditSum:
    """How many credits, each of a service in a month, and percentage points in all: each is of a price of its own."""

    credits: int
    percent: Decimal

    @classmethod
    def of(cls, percents: Iterable[Decimal]) -> "CreditSum":
        known = list(percents)
        return cls(len(known), sum(known, Decimal(0)))


@dataclass(frozen=True)
class WhatIf:
    """A version over the last months that are over, for the owners that the reader may see."""

    version: AgreementVersion
    months: Months
    owners: Sequence[Organisation]
    found: Supposed

    def of(self, owner: Organisation, metric: Metric) -> Pairing:
        before, after = (levels.get((owner.pk, metric), Level()) for levels in (self.found.before, self.found.after))
        return Pairing(before, after)

    def credits_of(self, owner: Organisation) -> tuple[CreditSum, CreditSum]:
        """As the figures that are kept give them, and as the version would have."""
        before, after = (
            CreditSum.of(percent for (_service, place, _month), percent in kept.items() if place == owner.pk)
            for kept in (self.found.credits_before, self.found.credits_after)
        )
        return before, after

    @property
    def has_credits(self) -> bool:
        return bool(self.found.credits_before or self.found.credits_after)

    def total(self, metric: Metric) -> Pairing:
        pairings = [self.of(owner, metric) for owner in self.owners]
        return Pairing(sum((one.before for one in pairings), Level()), sum((one.after for one in pairings), Level()))

    @property
    def promises_deliveries(self) -> bool:
        """Lead times of orders, which are not tried."""
        return self.version.targets.filter(metric=Metric.LEAD_TIME).exists()

    @property
    def late_hours(self) -> list[CalendarVersion]:
        """The first hours of its calendars that began after the first day of these months: they are tried before."""
        known = CalendarVersion.objects.filter(calendar__in=calendars_of(self.version)).select_related("calendar")
        firsts = known.order_by("calendar_id", "period").distinct("calendar_id")
        return [one for one in firsts if one.first_day and one.first_day > self.months[0].first]

    @cached_property
    def metrics(self) -> list[Metric]:
        """Those that were measured, or would have been."""
        totals = {metric: self.total(metric) for metric in METRICS}
        return [metric for metric, total in totals.items() if total.before.counted or total.after.counted]


@dataclass(frozen=True)
class Otherwise:
    """A deadline that would have been judged otherwise."""

    incident: Incident
    metric: Metric
    before: Verdict
    after: Verdict


def judged_otherwise(rows: Collection[tuple[int, Metric, Verdict, Verdict]]) -> Iterator[Otherwise]:
    """With their incidents, in one query."""
    incidents = Incident.objects.select_related("service", "organisation").in_bulk({row[0] for row in rows})
    for number, metric, before, after in rows:
        yield Otherwise(incidents[number], metric, before, after)


def what_if(user: User, version: AgreementVersion, length: int, now: datetime | None = None) -> WhatIf:
    """Over the `length` months before this one, for all whom the version covers or the one before it did."""
    now = now or timezone.now()
    last = month_of(now).shifted(-1)
    months = last.shifted(1 - length), last
    tried = Q(version=version) | Q(version=_followed(version))
    rows = list(Coverage.objects.visible_to(user).filter(tried).select_related("organisation"))
    pairs = sorted({(row.service_id, row.organisation_id) for row in rows})
    owners = sorted({row.organisation for row in rows}, key=lambda one: (one.sort_key, one.pk))
    return WhatIf(version, months, owners, supposed(version, pairs, months, now))


def _followed(version: AgreementVersion) -> AgreementVersion | None:
    """The one that it follows, or is to: whom that covers and this does not would have had no promise."""
    if version.first_day is None:
        return None
    others = version.agreement.versions.approved().exclude(pk=version.pk)
    return others.filter(period__startswith__lte=version.first_day).order_by("period").last()
