"""The adjectives of what is calculated."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.db.models import CharField, F, Model, Q, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from partnership.access import Permission, SharedQuerySet, TenantQuerySet
from sla.levels import Level

type Key = tuple[Any, ...]
type Pair = tuple[int, int]
"""The ids of a service and of an organisation."""


def any_of_pairs(pairs: Iterable[Pair]) -> Q:
    """For models with a service and an organisation; of no pairs, nothing."""
    by_service: dict[int, list[int]] = {}
    for service, organisation in pairs:
        by_service.setdefault(service, []).append(organisation)
    anyone = (Q(service=service, organisation__in=many) for service, many in by_service.items())
    return reduce(or_, anyone, Q(pk__in=[]))


class CalculationRunQuerySet(SharedQuerySet["CalculationRun"]):
    seen_with = Permission.SEE_SERVICE_LEVELS


class ClockQuerySet(TenantQuerySet["Clock"]):
    seen_with = Permission.SEE_SERVICE_LEVELS

    def decided(self) -> Self:
        return self.filter(month__isnull=False)

    def undecided(self) -> Self:
        return self.filter(month__isnull=True)

    def running(self) -> Self:
        """Not stopped, on incidents that are still open."""
        return self.filter(work_at_stop=None, incident__resolved=None, incident__closed=None)

    def breached(self) -> Self:
        return self.filter(met=False)

    def in_months(self, first: date, last: date) -> Self:
        """Decided from the month of `first` to the month of `last`, both included."""
        return self.filter(month__range=(first.replace(day=1), last))


class LevelQuerySet[M: Model](TenantQuerySet[M]):
    """Monthly results that add up: `counted` and `met` say in what, clocks or seconds."""

    seen_with = Permission.SEE_SERVICE_LEVELS
    counted: ClassVar[Combinable]
    met: ClassVar[Combinable]

    def in_months(self, first: date, last: date) -> Self:
        """From the month of `first` to the month of `last`, both included."""
        return self.filter(month__range=(first.replace(day=1), last))

    def totals(self, *by: str) -> Self:
        """One row of counts per combination of the fields `by`, such as "service", "target__priority", "month"."""
        return (
            self.order_by()
            .values(*by)
            .annotate(
                sum_counted=Sum(self.counted),
                sum_met=Sum(self.met),
                sum_wanted=Sum(F("wanted") * self.counted),
                sum_good_enough=Sum(F("good_enough") * self.counted),
            )
        )

    def levels(self, *by: str) -> dict[Key, Level]:
        """The level of each combination of the fields `by`, in one query; combinations not measured are left out."""
        return dict(self._levels(*by))

    def level(self) -> Level:
        """All rows as one level."""
        return sum((level for _key, level in self._levels("service")), Level())

    def _levels(self, *by: str) -> Iterator[tuple[Key, Level]]:
        for row in self.totals(*by):
            counts = (row["sum_counted"], row["sum_met"], row["sum_wanted"], row["sum_good_enough"])
            yield tuple(row[field] for field in by), Level(*counts)


class ComplianceQuerySet(LevelQuerySet["Compliance"]):
    counted, met = F("counted"), F("met")

    def export_rows(self) -> Iterator[tuple[Any, ...]]:
        """Municipality number, service code, priority, metric, month YYYY-MM, counted and met, in that order.

        An organisation that is no municipality is named by its organisation number.
        """
        number = Coalesce("organisation__municipality", "organisation__organisation_number", output_field=CharField())
        by = ("number", "service__code", "target__priority", "target__metric", "month")
        rows = self.annotate(number=number).totals(*by).order_by(*by)
        for *cell, month, counted, met in rows.values_list(*by, "sum_counted", "sum_met"):
            yield *cell, f"{month:%Y-%m}", counted, met


class AvailabilityQuerySet(LevelQuerySet["Availability"]):
    """Counted and met in seconds: what was agreed and not planned away, and what of it the service was up."""

    counted = F("agreed_seconds") - F("planned_seconds")
    met = F("agreed_seconds") - F("planned_seconds") - F("down_seconds")
