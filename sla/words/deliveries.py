"""How agreed lead times were kept, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from kit import charts
from services.models import Service
from sla.lead_times import Judged, Kept
from sla.levels import Level
from sla.words import plain


@dataclass(frozen=True)
class DeliveryRow:
    """A service, over all owners that the reader may see."""

    service: Service
    share: str
    counted: str
    wanted: str
    status: charts.Status
    word: str


def delivery_rows(found: Sequence[Kept]) -> list[DeliveryRow]:
    by_service = groupby(found, key=lambda one: one.service)
    return [_row(service, sum((one.level for one in many), Level())) for service, many in by_service]


def _row(service: Service, level: Level) -> DeliveryRow:
    return DeliveryRow(
        service=service,
        share=plain.percentage(level),
        counted=_("%(met)s of %(counted)s") % {"met": level.met, "counted": level.counted},
        wanted=plain.share(level.wanted_share),
        status=plain.SHAPES[level.status],
        word=str(level.status.label),
    )


def list_state(found: Sequence[Judged], others: int) -> str:
    """«34 av 140 ble levert i tide de siste 12 månedene.» And how many `others` the figure that led here counts."""
    told = {"met": sum(one.is_met for one in found), "counted": len(found)}
    said = _("%(met)s of %(counted)s were delivered in time in the last 12 months.") % told
    more = _("The figure counts %(n)s more, of owners whose orders you may not open.") % {"n": others}
    return f"{said} {more}" if others else said


def file_head() -> list[Any]:
    return [
        _("Order"), _("Service"), _("Owner"), _("Approved"), _("Agreed"), _("Last day"), _("Delivered"), _("In time"),
        _("Agreement"),
    ]  # fmt: skip


def file_rows(found: Iterable[Judged]) -> Iterator[list[Any]]:
    for one in found:
        order = one.order
        yield [
            order.number, order.service, order.organisation, order.approved_at, plain.allowed(one.target), one.due,
            order.delivered_at, _("yes") if one.is_met else _("no"), one.target.version,
        ]  # fmt: skip
