"""The grid of service levels: how each service did for each owner in a month or a quarter."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Max, Min, Q

from kit.quarters import Quarter
from partnership import access
from partnership.access import Permission
from partnership.models import Organisation, User
from partnership.periods import days
from services.models import Service
from sla.levels import Level, Status
from sla.models import Availability, CalculationRun, Compliance, Coverage, Incident, Metric
from sla.querysets import LevelQuerySet, Pair
from sla.spans import Span, instants

NOTHING = Level()


@dataclass(frozen=True)
class Measured:
    """The months for which the reader has figures; None before the first calculation."""

    first: date | None
    last: date | None

    def newest_closed_quarter(self, today: date) -> Quarter:
        """The newest quarter that is over and has figures, else the one that ended last."""
        closed = Quarter.of(today).shifted(-1)
        return min(closed, Quarter.of(self.last)) if self.last else closed


def measured(user: User, metric: Metric = Metric.RESOLUTION) -> Measured:
    rows = results_of(metric).visible_to(user)
    return Measured(**rows.aggregate(first=Min("month"), last=Max("month")))


def results_of(metric: Metric) -> LevelQuerySet[Any]:
    """Monthly results of a metric: counted in clocks, or in seconds of availability."""
    if metric == Metric.AVAILABILITY:
        return Availability.objects.all()
    return Compliance.objects.filter(target__metric=metric)


@dataclass(frozen=True)
class Cell:
    """A service for an organisation, or a sum: None stands for all of those in the grid."""

    service: Any
    organisation: Any
    level: Level

    @property
    def place(self) -> Pair | None:
        return (self.service.pk, self.organisation.pk) if self.service and self.organisation else None


@dataclass(frozen=True)
class Row:
    """One service, or all of them, for each owner and for all owners together."""

    service: Service | None
    cells: Sequence[Cell]
    total: Cell

    def with_status(self, status: Status) -> int:
        return sum(cell.level.status == status for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    """Rows of services against columns of owners, as far as the reader may see them.

    is_whole says that the reader sees every owner, so that the sums are the whole partnership's. promises are the
    pairs of wanted and good-enough share that the cells are held against.
    """

    metric: Metric
    span: Span
    owners: Sequence[Organisation]
    rows: Sequence[Row]
    total: Row
    is_whole: bool
    promises: Sequence[tuple[Decimal, Decimal]]
    without_agreement: int
    calculated: datetime | None

    @property
    def statuses(self) -> Mapping[Status, int]:
        """How many cells there are of each status; the sums are not among them."""
        counted = Counter(cell.level.status for row in self.rows for cell in row.cells)
        return {status: counted[status] for status in Status}

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells)


def grid(user: User, metric: Metric, span: Span) -> Grid:
    """What the reader may see of a month or quarter, in seven queries."""
    results = results_of(metric).visible_to(user).in_months(span.first, span.last)
    levels: dict[Pair, Level] = results.levels("service", "organisation")
    services, owners = _services_and_owners(user, span, set(levels))
    rows = [_row(service, owners, levels) for service in services]
    return Grid(
        metric=metric,
        span=span,
        owners=owners,
        rows=rows,
        total=_total(rows, owners),
        is_whole=access.reach(user, Permission.SEE_SERVICE_LEVELS) is None,
        promises=sorted(results.order_by().values_list("wanted", "good_enough").distinct()),
        without_agreement=0 if metric == Metric.AVAILABILITY else without_agreement(user, span),
        calculated=last_calculated(user),
    )


def _services_and_owners(user: User, span: Span, pairs: set[Pair]) -> tuple[list[Service], list[Organisation]]:
    """Those that an agreement covers in the span or that were measured, and the owners of the partnership."""
    period = days(span.first, span.last)
    covered = Coverage.objects.visible_to(user).filter(period__overlap=period)
    known = pairs.union(covered.values_list("service_id", "organisation_id"))
    services = Service.objects.visible_to(user).filter(pk__in={service for service, _organisation in known})
    owners = Organisation.objects.visible_to(user).filter(
        Q(participations__period__overlap=period) | Q(pk__in={organisation for _service, organisation in known})
    )
    return list(services), list(owners.distinct())


def _row(service: Service, owners: Sequence[Organisation], levels: Mapping[Pair, Level]) -> Row:
    cells = [Cell(service, owner, levels.get((service.pk, owner.pk), NOTHING)) for owner in owners]
    return Row(service, cells, Cell(service, None, _sum(cells)))


def _total(rows: Sequence[Row], owners: Sequence[Organisation]) -> Row:
    columns = [[row.cells[place] for row in rows] for place in range(len(owners))]
    cells = [Cell(None, owner, _sum(column)) for owner, column in zip(owners, columns, strict=True)]
    return Row(None, cells, Cell(None, None, _sum(cells)))


def _sum(cells: Sequence[Cell]) -> Level:
    return sum((cell.level for cell in cells), NOTHING)


def without_agreement(user: User, span: Span) -> int:
    """Incidents reported in the span that no agreement judges."""
    start, end = instants(span)
    return Incident.objects.visible_to(user).without_agreement().filter(opened__gte=start, opened__lt=end).count()


def last_calculated(user: User) -> datetime | None:
    """When the last finished calculation of incidents began to read: what came later is not in the figures."""
    runs = CalculationRun.objects.visible_to(user).filter(finished__isnull=False, has_incidents=True)
    return runs.order_by("-pk").values_list("as_of", flat=True).first()
