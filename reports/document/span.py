"""The quarters that a report shows: those that have figures, of the eight that are frozen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from benefits.reporting import Benefits
from reports import voice
from reports.figures import BoardFigures
from services.reporting import Orders
from sla.levels import Status
from sla.reporting import QUARTERS_SHOWN, ServiceLevels
from sla.reporting.uptime import UptimeFigures

FEWEST = 2
"""The one reported on and the one before it, which it is compared with."""


def shown(figures: BoardFigures) -> BoardFigures:
    """From the first quarter in which something was known in some room; a room where nothing ever was is left out."""
    levels, orders, benefits = (
        figures.service_levels,
        _if_any_orders(figures.orders),
        _if_any_benefits(figures.benefits),
    )
    firsts = [_first_known(levels), *([_first_placed(orders)] if orders else [])]
    first = min(*firsts, len(levels.quarters) - FEWEST)
    told: dict[str, Any] = {"service_levels": since(levels, first), "orders": None, "benefits": None}
    told["uptime"] = _uptime_since(figures.uptime, first) if figures.uptime else None
    if orders:
        told["orders"] = replace(orders, quarters=orders.quarters[first:], series=orders.series[first:])
    if benefits:
        told["benefits"] = _benefits_since(benefits, first)
    return replace(figures, sections=figures.sections | told)


def since(levels: ServiceLevels, first: int) -> ServiceLevels:
    return replace(
        levels,
        quarters=levels.quarters[first:],
        total=levels.total[first:],
        incidents=levels.incidents[first:],
        services=tuple(replace(one, quarters=one.quarters[first:]) for one in levels.services),
        owners=tuple(replace(one, quarters=one.quarters[first:]) for one in levels.owners),
    )


def _uptime_since(uptime: UptimeFigures, first: int) -> UptimeFigures:
    services = tuple(replace(one, quarters=one.quarters[first:]) for one in uptime.services)
    return replace(uptime, quarters=uptime.quarters[first:], total=uptime.total[first:], services=services)


def _benefits_since(benefits: Benefits, first: int) -> Benefits:
    types = tuple(replace(one, counts=one.counts[first:], effects=one.effects[first:]) for one in benefits.types)
    return replace(benefits, quarters=benefits.quarters[first:], types=types)


def _if_any_orders(orders: Orders | None) -> Orders | None:
    return orders if orders and _first_placed(orders) < len(orders.quarters) else None


def _if_any_benefits(benefits: Benefits | None) -> Benefits | None:
    return benefits if benefits and benefits.types else None


def _first_known(levels: ServiceLevels) -> int:
    told = enumerate(zip(levels.total, levels.incidents, strict=True))
    known = (index for index, (kept, counts) in told if kept.status != Status.NOT_MEASURED or counts.reported)
    return next(known, len(levels.quarters))


def _first_placed(orders: Orders) -> int:
    known = (index for index, one in enumerate(orders.series) if one.placed or one.delivered)
    return next(known, len(orders.quarters))


def span(quarters: Sequence[str]) -> str:
    """«åtte kvartaler»."""
    return _("%(count)s quarters") % {"count": voice.count(len(quarters))}


def missing(quarters: Sequence[str]) -> str:
    """That there is no longer history, where there is none."""
    return "" if len(quarters) >= QUARTERS_SHOWN else _("There are figures for %(span)s.") % {"span": span(quarters)}
