"""What the timeline of an incident is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from kit.charts.chart import Table


class Kind(Enum):
    """What a stretch of the bar is."""

    COUNTED = "counted"
    PAUSE = "pause"
    OVERDUE = "overdue"


class Moment(Enum):
    """What happened at an instant: a plain line, a ring, a flag, a tick."""

    REPORTED = "reported"
    RESPONDED = "responded"
    DUE = "due"
    SOLVED = "solved"


@dataclass(frozen=True)
class Opening:
    """A stretch of opening hours within one day; label is written in it where there is room."""

    start: datetime
    end: datetime
    label: str = ""


@dataclass(frozen=True)
class Stretch:
    """A part of the bar within one day: in it its length («2 t 15 min»), above it a caption («Pause 09.10–11.40»)."""

    start: datetime
    end: datetime
    kind: Kind
    label: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Happening:
    """An instant with a line through the lane and its words («Frist 08.30»)."""

    at: datetime
    moment: Moment
    label: str


@dataclass(frozen=True)
class Day:
    """One lane. Every datetime is aware and within the local day, the following midnight included.

    counted and total are the day's counted time and the running sum, in words.
    """

    day: date
    name: str
    dated: str
    openings: tuple[Opening, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    happenings: tuple[Happening, ...] = ()
    counted: str = ""
    total: str = ""

    @property
    def instants(self) -> list[datetime]:
        """Every instant that the lane must have room for."""
        spans = [(part.start, part.end) for part in self.openings] + [(part.start, part.end) for part in self.stretches]
        return [edge for span in spans for edge in span] + [happening.at for happening in self.happenings]


@dataclass(frozen=True)
class TimelineWords:
    """Words in the reader's language.

    closed stands after the last opening of a day («stengt»), sums over the right-hand column («Telt tid»); the other
    four name the colours in the key, which leaves out those without a word.
    """

    closed: str
    sums: str
    counted: str
    pause: str
    overdue: str
    opening: str


@dataclass(frozen=True)
class Timeline:
    """Days in order, in their local time zone.

    ``folded`` says in words what a run of left-out days held («12 dager til, 93 t talt»).
    """

    title: str
    summary: str
    table: Table
    zone: ZoneInfo
    days: tuple[Day, ...]
    words: TimelineWords
    folded: Callable[[Sequence[Day]], str]
