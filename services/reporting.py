"""What a report says of orders in a quarter: exact counts, ready to be frozen as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kit.quarters import Quarter
from kit.worktime import WorkTime
from services import promises
from services.models import Order, ProductGroup
from services.treatments import SENT

SERIES = 8


@dataclass(frozen=True)
class OrderFigures:
    """Of some orders in some quarter. `late` came after the date first promised.

    lead_days   the median of working days from sent to delivered; None where nothing was delivered
    """

    placed: int
    delivered: int
    on_time: int
    late: int
    lead_days: Decimal | None


@dataclass(frozen=True)
class OwnerOrders:
    id: int
    name: str
    figures: OrderFigures


@dataclass(frozen=True)
class GroupOrders:
    group: str
    figures: OrderFigures


@dataclass(frozen=True)
class Orders:
    """`quarters` are written «2026Q3», the last is the one reported on; `series` follows them."""

    first: date
    last: date
    quarters: tuple[str, ...]
    series: tuple[OrderFigures, ...]
    by_group: tuple[GroupOrders, ...]
    by_owner: tuple[OwnerOrders, ...]

    @property
    def now(self) -> OrderFigures:
        return self.series[-1]


@dataclass(frozen=True)
class _Row:
    sent: date
    delivered: date | None
    promised: date | None
    group: str
    owner: int
    owner_name: str
    lead: int | None


def orders_of_quarter(quarter: Quarter) -> Orders:
    """Over all owners: what was placed in the quarter by the day it was sent, and delivered by that day."""
    quarters = quarter.ending_here(SERIES)
    rows = _rows(quarters[0].first, quarter.last)
    return Orders(
        quarter.first,
        quarter.last,
        tuple(str(one) for one in quarters),
        tuple(_figures(rows, one) for one in quarters),
        tuple(GroupOrders(group, _figures(_of(rows, group=group), quarter)) for group in ProductGroup.values),
        tuple(OwnerOrders(pk, name, _figures(_of(rows, owner=pk), quarter)) for pk, name in _owners(rows)),
    )


def _rows(first: date, last: date) -> list[_Row]:
    within = Q(sent_at__date__range=(first, last)) | Q(delivered_at__date__range=(first, last))
    orders = Order.objects.filter(within, state__in=SENT).select_related("service__calendar", "organisation")
    hours: dict[Any, WorkTime] = {}
    return [_row(order, hours) for order in orders.order_by("organisation__sort_key", "pk")]


def _row(order: Order, hours: dict[Any, WorkTime]) -> _Row:
    sent = timezone.localdate(order.sent_at)
    delivered = timezone.localdate(order.delivered_at) if order.delivered_at else None
    if delivered and order.service_id not in hours:
        hours[order.service_id] = promises.work_time_of(order.service, delivered)
    lead = promises.working_days(hours[order.service_id], sent, delivered) if delivered else None
    organisation = order.organisation
    return _Row(sent, delivered, order.first_promised_on, order.service.group, organisation.pk, organisation.name, lead)


def _owners(rows: Iterable[_Row]) -> list[tuple[int, str]]:
    return list(dict.fromkeys((row.owner, row.owner_name) for row in rows))


def _of(rows: Iterable[_Row], **wanted: Any) -> list[_Row]:
    return [row for row in rows if all(getattr(row, name) == value for name, value in wanted.items())]


def _figures(rows: Sequence[_Row], quarter: Quarter) -> OrderFigures:
    first, last = quarter.first, quarter.last
    delivered = [row for row in rows if row.delivered and first <= row.delivered <= last]
    on_time = sum(row.promised is not None and row.delivered <= row.promised for row in delivered)  # type: ignore[operator]
    leads = [row.lead for row in delivered if row.lead is not None]
    return OrderFigures(
        placed=sum(first <= row.sent <= last for row in rows),
        delivered=len(delivered),
        on_time=on_time,
        late=len(delivered) - on_time,
        lead_days=Decimal(str(median(leads))) if leads else None,
    )
