"""The quarters that a report shows: those that have figures, of the eight that are frozen."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from reports import voice
from reports.figures import BoardFigures
from sla.levels import Status
from sla.reporting import QUARTERS_SHOWN, ServiceLevels

FEWEST = 2
"""The one reported on and the one before it, which it is compared with."""


def shown(figures: BoardFigures) -> BoardFigures:
    """From the first quarter in which something was measured or reported."""
    return replace(figures, sections=figures.sections | {"service_levels": since(figures.service_levels)})


def since(levels: ServiceLevels) -> ServiceLevels:
    first = min(_first_known(levels), len(levels.quarters) - FEWEST)
    return replace(
        levels,
        quarters=levels.quarters[first:],
        total=levels.total[first:],
        incidents=levels.incidents[first:],
        services=tuple(replace(one, quarters=one.quarters[first:]) for one in levels.services),
        owners=tuple(replace(one, quarters=one.quarters[first:]) for one in levels.owners),
    )


def _first_known(levels: ServiceLevels) -> int:
    told = enumerate(zip(levels.total, levels.incidents, strict=True))
    known = (index for index, (kept, counts) in told if kept.status != Status.NOT_MEASURED or counts.reported)
    return next(known, len(levels.quarters))


def span(quarters: Sequence[str]) -> str:
    """«åtte kvartaler»."""
    return _("%(count)s quarters") % {"count": voice.count(len(quarters))}


def missing(quarters: Sequence[str]) -> str:
    """That there is no longer history, where there is none."""
    return "" if len(quarters) >= QUARTERS_SHOWN else _("There are figures for %(span)s.") % {"span": span(quarters)}
