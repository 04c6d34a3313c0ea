"""What was decided and is to be followed up: who, by when, and how it stands."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts, formats
from partnership.reporting import FollowUpLine
from partnership.reporting import Resolutions as Figures
from reports import voice
from reports.document.links import Links
from reports.document.parts import Mark, MarkedRow, heads_rows
from reports.findings.resolutions import resolutions_lede, resolutions_title

MOST = 12
"""As many are read; a sheet may hold fewer."""
COLUMNS = 6


@dataclass(frozen=True)
class Resolutions:
    title: str
    lede: str
    rows: list[MarkedRow]
    url: str
    shown: int = 0

    @property
    def rows_shown(self) -> list[MarkedRow]:
        return self.rows[: self.shown]

    @property
    def more(self) -> int:
        return len(self.rows) - self.shown

    @property
    def heads_rows(self) -> bool:
        return heads_rows(self.shown, COLUMNS)


def resolutions(figures: Figures | None, read_on: date, links: Links) -> Resolutions | None:
    """`read_on` is the day as of which lines are overdue."""
    if figures is None:
        return None
    return Resolutions(
        title=resolutions_title(figures),
        lede=resolutions_lede(figures),
        rows=[_row(line, read_on) for line in (*figures.open_lines, *figures.done_lines)],
        url=links.resolutions(),
    )


def _row(line: FollowUpLine, read_on: date) -> MarkedRow:
    body = dict(zip(("nb", "nn", "en"), line.body, strict=True)).get(voice.language()[:2], line.body[0])
    cells = (f"{line.title}: {voice.inside(line.text)}", body, line.owner, formats.day(line.due, voice.language()))
    return MarkedRow(line.number, cells, _standing(line, read_on))


def _standing(line: FollowUpLine, read_on: date) -> Mark:
    if line.done_on:
        day = formats.day(line.done_on, voice.language())
        return Mark(charts.Status.ON_TARGET, _("done %(day)s") % {"day": day})
    if line.is_overdue:
        days = (read_on - line.due).days
        late = ngettext("%(days)s day too late", "%(days)s days too late", days)
        return Mark(charts.Status.NOT_GOOD_ENOUGH, late % {"days": voice.number(days)})
    return Mark(charts.Status.ONGOING, _("in progress"))
