"""Availability for a report: exact seconds of a quarter and the seven before it, by service."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from kit.quarters import Quarter
from partnership.translated import Names, in_language
from services.models import Service
from sla.levels import Level, Status
from sla.models import Availability

QUARTERS_SHOWN = 8


@dataclass(frozen=True)
class ServiceUptime:
    """One service over all owners that it is promised to. Levels count seconds that were agreed and not planned away,
    and those of them that it was up; `quarters` follow those of UptimeFigures.
    """

    id: int
    name: Names
    quarters: tuple[Level, ...]
    months: tuple[Level, ...] = ()

    @property
    def now(self) -> Level:
        return self.quarters[-1]


@dataclass(frozen=True)
class UptimeFigures:
    """The services for which availability was promised, in Norwegian order; `total` is all of them together. Reports
    from before lack the months.
    """

    quarters: tuple[str, ...]
    total: tuple[Level, ...]
    services: tuple[ServiceUptime, ...]
    months: tuple[date, ...] = ()

    @property
    def now(self) -> Level:
        return self.total[-1]

    @property
    def missed(self) -> tuple[ServiceUptime, ...]:
        """Those below what is good enough, the one furthest below first."""
        poor = [one for one in self.services if one.now.status == Status.NOT_GOOD_ENOUGH]
        return tuple(sorted(poor, key=lambda one: one.now.met / one.now.counted))


def uptime_figures(quarter: Quarter, _cut_off: datetime) -> UptimeFigures:
    """As they stand now, in two queries."""
    quarters = quarter.ending_here(QUARTERS_SHOWN)
    of_month = {month: str(one) for one in quarters for month in one.months}
    sums: dict[tuple[int | None, str | date], Level] = defaultdict(Level)
    rows = Availability.objects.in_months(quarters[0].first, quarters[-1].last).levels("service", "month")
    for (service, month), level in rows.items():
        for place in (service, None):
            sums[place, of_month[month]] += level
            sums[place, month] += level
    names = tuple(map(str, quarters))
    services = Service.objects.filter(pk__in={service for service, _quarter in sums if service})
    return UptimeFigures(
        quarters=names,
        total=tuple(sums[None, name] for name in names),
        services=tuple(
            ServiceUptime(
                id=row.pk,
                name=Names(*(in_language(row, "name", language) for language in ("nb", "nn", "en"))),
                quarters=tuple(sums[row.pk, name] for name in names),
                months=tuple(sums[row.pk, month] for month in of_month),
            )
            for row in services.order_by("sort_key", "pk")
        ),
        months=tuple(of_month),
    )
