"""Which tables find no room on their sheet of paper and stand in the appendix instead."""

from collections.abc import Iterable, Iterator, Mapping

from kit.charts import Medium
from reports.document import room
from reports.document.benefits import Benefits
from reports.document.corrections import Corrections
from reports.document.incidents import Incidents
from reports.document.orders import Orders
from reports.document.resolutions import MOST, Resolutions
from reports.document.room import Sheet

type Claim = tuple[str, float]
"""A part's key in the templates, and its height."""

HALF_WIDTH, AROUND_THE_HALVES, AROUND_CORRECTIONS = 44, 40.0, 40.0


def moved(
    incidents: Incidents, orders: Orders | None, benefits: Benefits | None, comments: Mapping[str, str], medium: Medium
) -> frozenset[str]:
    """The keys of the parts that have moved to the appendix, of the sheet of operations and of that of benefits."""
    return frozenset(
        [
            *_without_room(_operations(incidents, orders, comments, medium), _of_operations(incidents, orders)),
            *(_without_room(_benefits(benefits, comments, medium), _of_benefits(benefits)) if benefits else ()),
        ]
    )


def _without_room(sheet: Sheet, claims: Iterable[Claim]) -> Iterator[str]:
    return (key for key, height in claims if not sheet.holds(height))


def _operations(incidents: Incidents, orders: Orders | None, comments: Mapping[str, str], medium: Medium) -> Sheet:
    sheet = Sheet(medium)
    sheet.take(room.head(incidents.title, incidents.lede))
    if orders:
        sheet.take(room.GAP + room.head(orders.title, orders.lede))
    sheet.take(room.comments(comments.get(key, "") for key in ("incidents", "orders")))
    return sheet


def _of_operations(incidents: Incidents, orders: Orders | None) -> Iterator[Claim]:
    yield "incident-counts", room.table(len(incidents.counts), room.WIDE_ROW)
    if orders:
        yield "order-counts", room.table(len(orders.counts), room.WIDE_ROW)
        yield "order-groups", room.GAP + room.table(len(orders.groups))
    yield "priorities", room.GAP + room.table(len(incidents.priorities))


def _benefits(benefits: Benefits, comments: Mapping[str, str], medium: Medium) -> Sheet:
    sheet = Sheet(medium)
    sheet.take(room.head(benefits.title, benefits.lede) + room.comments([comments.get("benefits", "")]))
    return sheet


def _of_benefits(benefits: Benefits) -> Iterator[Claim]:
    yield "benefit-kinds", room.table(len(benefits.types))
    yield "benefit-deviations", room.GAP + room.table(len(benefits.deviations), room.TWO_LINES)
    yield "benefit-series", room.DETAIL if benefits.detail else 0.0
    yield "benefit-owners", room.GAP + room.table(len(benefits.owners))


def resolutions_shown(
    resolutions: Resolutions, corrections: Corrections, comments: Mapping[str, str], medium: Medium
) -> int:
    """How many rows of resolutions find room above what the report cannot say and what it corrects."""
    sheet = Sheet(medium)
    sheet.take(room.head(resolutions.title, resolutions.lede) + room.comments([comments.get("resolutions", "")]))
    halves = max(room.lines(text, HALF_WIDTH) for text in (corrections.unknown, corrections.may_change))
    sheet.take(AROUND_THE_HALVES + halves * room.LEDE_LINE)
    sheet.take(AROUND_CORRECTIONS + room.table(len(corrections.rows), room.TWO_LINES) + room.TABLE)
    return sheet.rows(room.TWO_LINES, min(MOST, len(resolutions.rows)))
