"""What one kind of export looks like, and how its text becomes incidents."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from django.db.backends.utils import CursorWrapper

from sla.imports.reading import Rows

MISSING = "?"


@dataclass(frozen=True)
class Layout:
    """A service desk's export.

    `columns` must stand in the header, in any order; `optional` may. `instants` are those with points in time, and
    `instant` is how one is written in full: a file without a last line break must end with a whole one. `derive`
    makes `events` (a row per update), `incidents`, `pauses` and `problems` out of the staged text in `rows`.
    """

    key: str
    name: str
    columns: tuple[str, ...]
    optional: tuple[str, ...]
    instants: frozenset[str]
    instant: re.Pattern[str]
    derive: Callable[[CursorWrapper], None]

    def fits(self, header: Sequence[str]) -> bool:
        return set(self.columns) <= set(header)

    def picker(self, header: Sequence[str]) -> Callable[[list[str]], tuple[str | None, ...]]:
        """From a row of the file to our columns, in our order; an optional column that is not there is None."""
        places = [header.index(name) if name in header else None for name in self.columns + self.optional]
        if None in places:
            return lambda row: tuple(None if place is None else row[place] for place in places)
        return itemgetter(*places)

    def refuse_a_cut_end(self, rows: Rows) -> None:
        """A file may lack its last line break, but not the end of its last value."""
        if rows.lines.last_is_whole or not rows.last or rows.header[-1] not in self.instants:
            return
        if rows.last[-1] != MISSING and not self.instant.fullmatch(rows.last[-1]):
            rows.refuse_cut()
