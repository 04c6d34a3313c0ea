"""Availability for other programs: a row a service, municipality and month, over all that was in force in it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from partnership.models import Organisation
from services.models import Service
from sla.availability.reckoning import Reckoned, reckon
from sla.levels import share_in_percent
from sla.spans import Month

HEADER = ("municipality", "service", "month", "agreed_seconds", "planned_seconds", "down_seconds", "availability")
DECIMALS = 2

type Cell = tuple[int, int, Month]
type Seconds = tuple[int, int, int]
"""Agreed, planned, down."""


def export_rows(first: Month, last: Month, as_of: datetime) -> Iterator[tuple[str, str, str, int, int, int, Decimal]]:
    """In the order of HEADER and of its first three. An organisation without a number in the register has its own.

    Percent are floored to two decimals: 99.496 is 99.49. A month with no time left to be up in has no row.
    """
    services = dict(Service.objects.values_list("pk", "code"))
    numbers = {row.pk: row.any_number for row in Organisation.objects.all()}
    total: dict[Cell, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in reckon(None, first, last, as_of):
        for cell, seconds in _cells(one):
            total[cell] = [known + more for known, more in zip(total[cell], seconds, strict=True)]
    named = sorted((numbers[owner], services[service], month, *sums) for (service, owner, month), sums in total.items())
    for number, code, month, agreed, planned, down in named:
        up = share_in_percent(Decimal(agreed - planned - down), agreed - planned, DECIMALS)
        if up is not None:
            yield number, code, str(month), agreed, planned, down, up


def _cells(one: Reckoned) -> Iterator[tuple[Cell, Seconds]]:
    ground = one.ground
    for place, pair in enumerate(ground.places):
        for number, month in enumerate(ground.months):
            if agreed := int(ground.agreed[number]):
                yield (*pair, month), (agreed, int(one.work.planned[place, number]), int(one.work.down[place, number]))
