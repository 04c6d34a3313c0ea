"""The grid of service levels in words: what it shows, its cells, its file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts
from sla.figures.grid import Cell, Grid, Row
from sla.levels import Level, Status
from sla.models import Metric
from sla.querysets import Pair
from sla.spans import span_name
from sla.words import plain

NAMED_AT_MOST = 3

type Address = Callable[[Cell], str]


@dataclass(frozen=True)
class ToldCell:
    """A cell as `components/sla_cell.html` shows it."""

    id: str
    status: charts.Status
    share: str
    count: str
    said: str
    word: str
    url: str
    current: bool
    swaps: bool


@dataclass(frozen=True)
class ToldRow:
    name: str
    cells: list[ToldCell]
    url: str = ""


def told_row(row: Row, name: str, grid: Grid, address: Address, opened: Pair | None = None, url: str = "") -> ToldRow:
    """The owners' cells, and the sum where there are several owners."""
    cells = [*row.cells, row.total] if len(grid.owners) > 1 else row.cells
    return ToldRow(name, [told_cell(cell, grid.metric, address, opened) for cell in cells], url)


def told_cell(cell: Cell, metric: Metric, address: Address, opened: Pair | None) -> ToldCell:
    level, place = cell.level, cell.place
    count, said = counts(level, metric)
    return ToldCell(
        id=f"celle-{place[0]}-{place[1]}" if place else "",
        status=plain.SHAPES[level.status],
        share=plain.in_percent(level, metric),
        count=count,
        said=said,
        word=str(level.status.label),
        url=address(cell) if level.counted else "",
        current=place is not None and place == opened,
        swaps=place is not None,
    )


def counts(level: Level, metric: Metric) -> tuple[str, str]:
    """Briefly and in words: «2/3» and «2 av 3»; of availability how long the service was down."""
    if metric == Metric.AVAILABILITY:
        down = plain.duration(timedelta(seconds=level.counted - level.met))
        return down, _("down %(time)s") % {"time": down}
    return f"{level.met}/{level.counted}", _("%(met)s of %(count)s") % {"met": level.met, "count": level.counted}


def column_note(metric: Metric) -> str:
    """What a cell shows, under the heading of the services."""
    match metric:
        case Metric.AVAILABILITY:
            return _("%, and how long it was down")
        case Metric.RESPONSE:
            return _("%, answered in time/all")
    return _("%, solved in time/all")


def dash(metric: Metric) -> str:
    if metric == Metric.AVAILABILITY:
        return _("A dash means not measured: nothing is promised of availability, or no time was left to be up in.")
    return _("A dash means not measured: no agreement, or no incident.")


def rounding(metric: Metric) -> str:
    if metric == Metric.AVAILABILITY:
        return _("Shares are rounded down: 99.996 is 99.99%. Planned work notified in time is taken out.")
    return _("Shares are rounded down: two of three is 66.6%.")


def key_of(grid: Grid) -> list[tuple[charts.Status, str, int]]:
    return [(plain.SHAPES[status], str(status.label), count) for status, count in grid.statuses.items()]


def promise(grid: Grid) -> str:
    """«Mål 90 %, godt nok 80 %», where all that was measured is held against the same."""
    match grid.promises:
        case []:
            return ""
        case [(wanted, good_enough)]:
            shares = {"wanted": plain.share(wanted), "good_enough": plain.share(good_enough)}
            return _("Target %(wanted)s, good enough %(good_enough)s") % shares
    return _("Targets differ; each cell is held against its own.")


def state(grid: Grid) -> str:
    """The finding: which services are not good enough, and how it stands with all else."""
    statuses = grid.statuses
    if len(grid.rows) * len(grid.owners) == statuses[Status.NOT_MEASURED]:
        return _("Nothing is measured in %(span)s.") % {"span": span_name(grid.span, plain.language())}
    failing = [row for row in grid.rows if row.with_status(Status.NOT_GOOD_ENOUGH)]
    if failing:
        return f"{_failures(failing, grid)} {_rest(grid)}"
    if statuses[Status.GOOD_ENOUGH]:
        return _("All that is measured is on target or good enough.")
    return _("All that is measured is on target.")


def _failures(failing: list[Row], grid: Grid) -> str:
    worst = max(failing, key=lambda row: row.with_status(Status.NOT_GOOD_ENOUGH))
    owners = {
        "count": plain.count_word(worst.with_status(Status.NOT_GOOD_ENOUGH)),
        "owners": plain.count_word(len(grid.owners)),
        "services": plain.listed([row.service for row in failing]),
        "service": worst.service,
        "many": plain.sentence(plain.count_word(len(failing))),
    }
    if len(grid.owners) == 1:
        return _("%(services)s: not good enough.") % owners
    if len(failing) == 1:
        return _("%(service)s is not good enough for %(count)s of %(owners)s owners.") % owners
    if len(failing) <= NAMED_AT_MOST:
        return _("%(services)s are not good enough for one or more owners.") % owners
    words = _(
        "%(many)s services are not good enough for one or more owners. Worst is %(service)s: %(count)s of %(owners)s."
    )
    return words % owners


def _rest(grid: Grid) -> str:
    statuses = grid.statuses
    if statuses[Status.GOOD_ENOUGH]:
        return _("All else that is measured is on target or good enough.")
    return _("All else that is measured is on target.") if statuses[Status.ON_TARGET] else ""


def left_out(grid: Grid) -> str:
    words = ngettext(
        "%(count)s incident was reported without an agreement",
        "%(count)s incidents were reported without an agreement",
        grid.without_agreement,
    )
    if not grid.without_agreement:
        return ""
    return plain.sentence(words % {"count": plain.count_word(grid.without_agreement)})


def title(grid: Grid) -> str:
    return _("Service levels, %(span)s") % {"span": span_name(grid.span, plain.language())}


def owners_head(grid: Grid) -> str:
    return _("All owners") if grid.is_whole else _("Your owners")


def file_head(metric: Metric) -> list[str]:
    held, counted = (_("Held"), _("Counted"))
    if metric == Metric.AVAILABILITY:
        held, counted = _("Seconds up"), _("Seconds agreed and not planned away")
    return [
        _("Code"),
        _("Service"),
        _("Number"),
        _("Owner"),
        _("Metric"),
        _("Period"),
        held,
        counted,
        _("Held, %"),
        _("Target, %"),
        _("Status"),
    ]


def file_rows(grid: Grid) -> Iterator[list[Any]]:
    """Every cell, the measured and the others, but no sums."""
    for cell in grid.cells:
        yield [
            cell.service.code,
            cell.service.name,
            cell.organisation.number,
            cell.organisation.name,
            plain.METRIC_NAMES[grid.metric],
            span_name(grid.span, plain.language()),
            cell.level.met,
            cell.level.counted,
            cell.level.percent(plain.decimals_of(grid.metric)),
            cell.level.wanted_percent(plain.decimals_of(grid.metric)),
            cell.level.status.label,
        ]
