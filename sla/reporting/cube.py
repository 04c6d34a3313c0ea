"""Compliance added up along service, owner and month, from one query."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from kit.quarters import Quarter
from sla.levels import Level
from sla.models import Compliance, Metric
from sla.reporting.shapes import Promises

type Place = tuple[int | None, int | None, date]
"""A service, an owner and a month; None is all of them."""


class Cube:
    """Every sum over services, owners or both, a month at a time."""

    def __init__(self, quarters: tuple[Quarter, ...]) -> None:
        self._sums: dict[tuple[Place, str], Level] = defaultdict(Level)
        rows = Compliance.objects.in_months(quarters[0].first, quarters[-1].last)
        for (service, owner, month, metric), level in rows.levels(
            "service", "organisation", "month", "target__metric"
        ).items():
            for place in ((service, owner), (service, None), (None, owner), (None, None)):
                self._sums[(*place, month), metric] += level
        self.services = {service for (service, _owner, _month), _metric in self._sums if service}
        self.owners = {owner for (_service, owner, _month), _metric in self._sums if owner}

    def promises(self, months: Iterable[date], *, service: int | None = None, owner: int | None = None) -> Promises:
        return sum((self._month(service, owner, month) for month in months), Promises())

    def _month(self, service: int | None, owner: int | None, month: date) -> Promises:
        place = (service, owner, month)
        response, resolution = (
            self._sums.get((place, metric), Level()) for metric in (Metric.RESPONSE, Metric.RESOLUTION)
        )
        return Promises(response, resolution)
