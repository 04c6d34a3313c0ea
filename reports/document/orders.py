"""Orders: how many were placed and delivered, and whether they came by the date that was promised."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kit.charts import PRINT, WEB, Medium
from reports import drawing, voice
from reports.document.links import Links
from reports.document.parts import TableRow, heads_rows
from reports.findings.orders import group_name, groups_title, orders_lede, orders_title
from services.reporting import OrderFigures
from services.reporting import Orders as Figures

COLUMNS = 6
LAST_FIVE = 5
"""The quarter, and back to the same one a year before."""
LINE = {PRINT: (66.0, 15.0), WEB: (96.0, 28.0)}


@dataclass(frozen=True)
class Orders:
    title: str
    lede: str
    quarters: tuple[str, ...]
    counts: list[TableRow]
    groups_title: str
    groups: list[TableRow]
    url: str

    @property
    def heads_groups(self) -> bool:
        return heads_rows(len(self.groups), COLUMNS)


def orders(figures: Figures | None, medium: Medium, links: Links) -> Orders | None:
    if figures is None:
        return None
    return Orders(
        title=orders_title(figures),
        lede=orders_lede(figures),
        quarters=tuple(voice.short_quarter(one) for one in figures.quarters[-LAST_FIVE:]),
        counts=_counts(figures, medium),
        groups_title=groups_title(figures),
        groups=[*(_row(group_name(one), one.figures) for one in figures.by_group), _row(_("All"), figures.now)],
        url=links.orders(),
    )


def _counts(figures: Figures, medium: Medium) -> list[TableRow]:
    rows: list[tuple[str, Callable[[OrderFigures], int]]] = [
        (_("Placed"), lambda one: one.placed),
        (_("Delivered"), lambda one: one.delivered),
        (_("By the promised date"), lambda one: one.on_time),
        (_("Too late"), lambda one: one.late),
    ]
    return [_count_row(name, of, figures, medium) for name, of in rows]


def _count_row(name: str, of: Callable[[OrderFigures], int], figures: Figures, medium: Medium) -> TableRow:
    known = [of(one) if one.placed or one.delivered else None for one in figures.series]
    cells = tuple("–" if count is None else voice.number(count) for count in known[-LAST_FIVE:])
    return TableRow(name, cells, drawing.count_line(name, figures.quarters, known, medium, size=LINE[medium]))


def _row(name: str, one: OrderFigures) -> TableRow:
    counts = tuple(voice.number(count) for count in (one.placed, one.delivered, one.on_time, one.late))
    days = "–" if one.lead_days is None else voice.number(one.lead_days.normalize())
    return TableRow(name, (*counts, days))
