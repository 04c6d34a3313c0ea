"""Page 1: what the board must decide, five figures, three conclusions, what has changed; and all of it for a reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kit.charts import Medium
from reports import voice
from reports.document.key_figures import key_figures
from reports.document.links import Links
from reports.document.parts import KeyFigure, TableRow, heads_rows
from reports.document.reader import Own, Reader, reader_of
from reports.figures import BoardFigures
from reports.findings.conclusions import CONCLUSIONS, Conclusion, conclusions
from reports.findings.decisions import Decision, also_failing, asked_about, decisions
from reports.findings.front import CHANGES, Change, changes, corrected, followed_up, headline
from sla.reporting import ServiceFigures, ServiceLevels

OWNERS_ACROSS = 8
OWNERS_WIDTH, BESIDE_A_READER = 348.0, 266.0
"""Points for the columns of the owners."""
SHORTEST = 6
ROOM_FOR_CHANGES = 3
"""Beside a reader's column the page is narrower, and its sentences longer."""


@dataclass(frozen=True)
class BrokenRow(TableRow):
    """`own` is the reader's, which stands apart from the others'."""

    own: str = ""


@dataclass(frozen=True)
class BrokenTable:
    """Deadlines broken, per owner: the services that the board is asked about, the others, and the sum of these."""

    owners: tuple[str, ...]
    rows: list[BrokenRow]
    widths: tuple[float, ...]

    @property
    def heads_rows(self) -> bool:
        return heads_rows(len(self.rows), len(self.owners) + 2)


@dataclass(frozen=True)
class FigureRow:
    """A key figure, and what it is for the reader."""

    figure: KeyFigure
    own: Own | None


@dataclass(frozen=True)
class Front:
    title: str
    decisions: list[Decision]
    also_failing: str
    broken: BrokenTable | None
    figures: list[FigureRow]
    conclusions: list[Conclusion]
    followed_up: list[Change]
    changes: list[Change]
    more_changes: int
    corrected: str
    reader: Reader | None

    @property
    def are_three(self) -> bool:
        return len(self.conclusions) == CONCLUSIONS


def front(figures: BoardFigures, medium: Medium, links: Links, owner: int | None) -> Front:
    """`owner` is the one whose own edition this is; None for the board's."""
    levels, reader = figures.service_levels, reader_of(figures, owner)
    followed, changed = followed_up(figures), changes(levels)
    room = (ROOM_FOR_CHANGES if reader else CHANGES) - len(followed)
    own = reader.figures if reader else {}
    return Front(
        title=headline(levels),
        decisions=decisions(figures),
        also_failing=also_failing(figures),
        broken=broken(figures, owner),
        figures=[FigureRow(one, own.get(one.key)) for one in key_figures(figures, medium, links)],
        conclusions=conclusions(figures),
        followed_up=followed,
        changes=changed[:room],
        more_changes=max(len(changed) - room, 0),
        corrected=corrected(figures),
        reader=reader,
    )


def broken(figures: BoardFigures, owner: int | None = None) -> BrokenTable | None:
    """None without a decision to support, or when the owners are too many for the width of the page."""
    levels, asked = figures.service_levels, asked_about(figures)
    others = [one for one in levels.owners if one.id != owner]
    if not asked or len(others) > OWNERS_ACROSS:
        return None
    rows = [_row(voice.capital(voice.service(one.name)), _missed(levels, [one]), owner) for one in asked]
    rest = [one for one in levels.services if one not in asked]
    if rest:
        rows.append(_row(_("Other services"), _missed(levels, rest), owner))
    rows.append(_row(_("All services"), _missed(levels, levels.services), owner))
    names = tuple(one.name for one in others)
    return BrokenTable(
        names, rows, widths(names, OWNERS_WIDTH if len(others) == len(levels.owners) else BESIDE_A_READER)
    )


def widths(names: Sequence[str], whole: float) -> tuple[float, ...]:
    """Of the columns on paper, in points: as much more for a long name as it needs."""
    wanted = [max(len(name), SHORTEST) for name in names]
    return tuple(round(whole * one / sum(wanted), 1) for one in wanted)


def _missed(levels: ServiceLevels, services: Sequence[ServiceFigures]) -> dict[int, int]:
    """By owner, over some services."""
    places = [levels.services.index(one) for one in services]
    return {owner.id: sum(owner.services[place].missed for place in places) for owner in levels.owners}


def _row(name: str, counts: dict[int, int], owner: int | None) -> BrokenRow:
    others = [count for pk, count in counts.items() if pk != owner]
    cells = tuple(voice.number(count) for count in (*others, sum(counts.values())))
    return BrokenRow(name, cells, own=voice.number(counts[owner]) if owner in counts else "")
