"""How a metric went month by month: a service over all owners, or an owner over all services."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from partnership.models import Organisation, User
from services.models import Service
from sla.figures.grid import results_of
from sla.levels import Level
from sla.models import Metric
from sla.spans import Month, Months

MONTHS = 36
A_YEAR = 12


@dataclass(frozen=True)
class Part:
    """One service of one owner; `levels` follow the months of the course."""

    service: Service
    organisation: Organisation
    levels: Sequence[Level]
    name: str

    @property
    def lately(self) -> Level:
        return sum(self.levels[-A_YEAR:], Level())


@dataclass(frozen=True)
class Course:
    """`levels` are those of all parts together, month by month; a month that is not over is not among them. It is of
    one service, or of one organisation.
    """

    name: str
    metric: Metric
    months: Sequence[date]
    levels: Sequence[Level]
    parts: Sequence[Part]
    service: Service | None = None
    organisation: Organisation | None = None

    @property
    def year(self) -> Months:
        """The months of `lately`, here and of each part."""
        begins, ends = (Month(day.year, day.month) for day in (self.months[-A_YEAR], self.months[-1]))
        return Months(begins, ends)

    @property
    def lately(self) -> Level:
        return sum(self.levels[-A_YEAR:], Level())


def course_of_service(user: User, service: Service, metric: Metric, today: date) -> Course:
    return _course(user, str(service), metric, today, service=service)


def course_of_owner(user: User, organisation: Organisation, metric: Metric, today: date) -> Course:
    return _course(user, str(organisation), metric, today, organisation=organisation)


def _course(user: User, name: str, metric: Metric, today: date, **place: Any) -> Course:
    """In three queries."""
    last = Month(today.year, today.month).shifted(-1)
    months = [last.shifted(number - MONTHS + 1).first for number in range(MONTHS)]
    rows = results_of(metric).visible_to(user).in_months(months[0], last.last).filter(**place)
    found = rows.levels("service", "organisation", "month")
    services = Service.objects.in_bulk({service for service, _owner, _month in found})
    owners = Organisation.objects.in_bulk({owner for _service, owner, _month in found})
    parts = [
        Part(
            services[service],
            owners[owner],
            [found.get((service, owner, month), Level()) for month in months],
            str(owners[owner] if "service" in place else services[service]),
        )
        for service, owner in {key[:2] for key in found}
    ]
    ordered = sorted(parts, key=lambda part: (part.service.sort_key, part.organisation.sort_key))
    total = [sum((part.levels[number] for part in parts), Level()) for number in range(MONTHS)]
    return Course(name, metric, months, total, ordered, **place)
