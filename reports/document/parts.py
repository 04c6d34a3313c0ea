"""The pieces a report is laid out from: finished words and drawn charts, for paper and page alike."""

from dataclasses import dataclass

from benefits.arithmetic import Effect, percent
from benefits.arithmetic import Status as BenefitStatus
from benefits.words import SHAPES, STATUS_WORDS
from kit import charts
from kit.charts import Chart
from reports import voice
from sla.levels import Level, Status


def heads_rows(rows: int, columns: int) -> bool:
    """Whether the rows of a table on paper get heads: only where data still outnumber the heads."""
    return rows * (columns - 1) >= rows + columns


@dataclass(frozen=True)
class Mark:
    """A status as the templates want it: the name of its symbol, and its word."""

    status: charts.Status
    word: str

    @classmethod
    def of(cls, status: Status) -> "Mark":
        return cls(voice.MARKS[status], str(status.label))

    @classmethod
    def of_effect(cls, status: BenefitStatus) -> "Mark":
        return cls(SHAPES[status], str(STATUS_WORDS[status]))

    @property
    def image(self) -> str:
        """The symbol as the src of an <img> on paper, whose alt is the word."""
        return charts.status_image(self.status)


@dataclass(frozen=True)
class Share:
    """A share kept, in a cell: «57 ▲». `counts` is «4 av 7»; `url` opens what is behind it."""

    value: str
    mark: Mark
    counts: str = ""
    url: str = ""

    @classmethod
    def of(cls, level: Level, decimals: int = 0, url: str = "") -> "Share":
        mark = Mark.of(level.status)
        counts = voice.of_all(level.met, level.counted) if level.counted else ""
        return cls(voice.bare_percent(level, decimals), mark, counts, url if level.counted else "")

    @classmethod
    def of_effect(cls, effect: Effect, counts: str = "") -> "Share":
        """How much of what was wanted has been realised, rounded as benefits are."""
        reached = effect.achievement
        value = "–" if reached is None else voice.number(percent(reached), 1)
        return cls(value, Mark.of_effect(effect.status), counts)


@dataclass(frozen=True)
class KeyFigure:
    """One of the five figures of page 1."""

    key: str
    label: str
    detail: str
    value: str
    unit: str
    line: Chart
    mark: Mark | None = None
    target: str = ""
    good_enough: str = ""
    url: str = ""


@dataclass(frozen=True)
class Detail:
    """A finding with its chart beside it. `narrow` is the chart drawn for a phone."""

    title: str
    text: str
    chart: Chart
    narrow: Chart | None
    key: str


@dataclass(frozen=True)
class ServiceRow:
    name: str
    resolution: Share
    response: Share
    line: Chart
    incidents: str
    finding: str
    poor: bool


@dataclass(frozen=True)
class ServiceGroup:
    """Services under one heading; no heading where all are alike."""

    label: str
    rows: tuple[ServiceRow, ...]


@dataclass(frozen=True)
class OwnerPanel:
    """One owner as a small multiple."""

    name: str
    line: Chart
    resolution: Share
    response: Share
    orders: str


@dataclass(frozen=True)
class Grid:
    """Services down, owners across."""

    owners: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Share, ...]], ...]

    @property
    def heads_rows(self) -> bool:
        return heads_rows(len(self.rows), len(self.owners) + 1)


@dataclass(frozen=True)
class Definition:
    """A term in words; `key` is where figures point to."""

    term: str
    text: str
    key: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row of finished words."""

    name: str
    cells: tuple[str, ...]
    line: Chart | None = None
    url: str = ""


@dataclass(frozen=True)
class CorrectionRow:
    quarter: str
    figure: str
    was: str
    now: str
    effect: str


@dataclass(frozen=True)
class MarkedRow:
    """A row of finished words that ends in a status."""

    name: str
    cells: tuple[str, ...]
    mark: Mark
