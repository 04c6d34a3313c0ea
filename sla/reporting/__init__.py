"""Service levels for a report: everything of a quarter and the seven before it, read at one instant."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction

from kit.quarters import Quarter
from partnership.models import Organisation, Participation
from partnership.translated import in_language
from services.models import Service
from sla.models import Compliance, Metric
from sla.recalculation.run import LOCK
from sla.reporting import incidents
from sla.reporting.cube import Cube
from sla.reporting.shapes import (
    IncidentCounts,
    Names,
    OwnerFigures,
    PriorityFigures,
    Promises,
    ServiceFigures,
    ServiceLevels,
    Source,
    VersionUsed,
)

QUARTERS_SHOWN = 8

__all__ = [
    "QUARTERS_SHOWN",
    "IncidentCounts",
    "Names",
    "OwnerFigures",
    "PriorityFigures",
    "Promises",
    "ServiceFigures",
    "ServiceLevels",
    "Source",
    "VersionUsed",
    "service_levels",
]


@transaction.atomic
def service_levels(quarter: Quarter, cut_off: datetime) -> ServiceLevels:
    """The figures of a quarter as they stand now. No calculation commits while they are read."""
    _let_no_calculation_end()
    quarters = quarter.ending_here(QUARTERS_SHOWN)
    months = tuple(month for one in quarters for month in one.months)
    cube = Cube(quarters)
    services = _services(cube, quarters, months)
    return ServiceLevels(
        quarters=tuple(map(str, quarters)),
        months=months,
        total=tuple(cube.promises(one.months) for one in quarters),
        monthly=tuple(cube.promises([month]) for month in months),
        services=services,
        owners=_owners(cube, quarters, services),
        incidents=tuple(incidents.counts_of(one) for one in quarters),
        open_at_cut_off=incidents.open_at(cut_off),
        overdue_at_cut_off=incidents.overdue_at(cut_off),
        priorities=incidents.priorities_of(quarter, _by_priority(quarter)),
        versions=incidents.versions_used(quarter),
        sources=incidents.sources_at(cut_off),
    )


def _let_no_calculation_end() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [LOCK])


def _services(cube: Cube, quarters: Iterable[Quarter], months: Iterable[date]) -> tuple[ServiceFigures, ...]:
    """Those on offer and those that were measured, the critical first, then in Norwegian order."""
    rows = Service.objects.offered() | Service.objects.filter(pk__in=cube.services)
    return tuple(
        ServiceFigures(
            id=row.pk,
            code=row.code,
            name=Names(*(in_language(row, "name", language) for language in ("nb", "nn", "en"))),
            is_critical=row.is_critical,
            quarters=tuple(cube.promises(one.months, service=row.pk) for one in quarters),
            months=tuple(cube.promises([month], service=row.pk) for month in months),
        )
        for row in rows.order_by("-is_critical", "sort_key", "pk")
    )


def _owners(
    cube: Cube, quarters: tuple[Quarter, ...], services: tuple[ServiceFigures, ...]
) -> tuple[OwnerFigures, ...]:
    """The owners of the quarter and others that were measured, the most inhabitants first."""
    participations = Participation.objects.filter(period__overlap=(quarters[-1].first, quarters[-1].shifted(1).first))
    rows = Organisation.objects.filter(pk__in={*cube.owners, *participations.values_list("organisation", flat=True)})
    owners = [_owner(cube, row, quarters, services) for row in rows.select_related("municipality")]
    return tuple(sorted(owners, key=lambda owner: -owner.population))


def _owner(
    cube: Cube, row: Organisation, quarters: tuple[Quarter, ...], services: tuple[ServiceFigures, ...]
) -> OwnerFigures:
    return OwnerFigures(
        id=row.pk,
        name=row.name,
        population=row.municipality.population if row.municipality else 0,
        quarters=tuple(cube.promises(one.months, owner=row.pk) for one in quarters),
        services=tuple(cube.promises(quarters[-1].months, owner=row.pk, service=one.id) for one in services),
    )


def _by_priority(quarter: Quarter) -> dict[int, Promises]:
    rows = Compliance.objects.in_months(quarter.first, quarter.last)
    levels = rows.levels("target__priority", "target__metric")
    kinds = {Metric.RESPONSE: "response", Metric.RESOLUTION: "resolution"}
    found: dict[int, Promises] = {}
    for (priority, metric), level in levels.items():
        found[priority] = found.get(priority, Promises()) + Promises(**{kinds[Metric(metric)]: level})
    return found
