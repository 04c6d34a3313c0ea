"""Opening hours as people write them: «08.00–15.45, 17.00–20.00», «stengt», «hele døgnet», «15.05.».

Read into what `kit.worktime` takes: a day is [["08:00", "15:45"]], empty where it is closed; a season's ends are
"MM-DD", a date is "YYYY-MM-DD". Words are read in all our languages, whoever reads them; written in one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, pairwise

from kit.opening_hours import WEEKDAYS

type Times = list[list[str]]

CLOSED_WORDS = frozenset({"", "stengt", "stengd", "lukket", "closed"})
ALL_DAY_WORDS = frozenset({"hele døgnet", "heile døgnet", "døgnet rundt", "around the clock", "all day", "24/7"})
ALL_DAY: Times = [["00:00", "24:00"]]
MIDNIGHT, END_OF_DAY = "00:00", "24:00"
MINUTES_PER_HOUR, MINUTES_PER_DAY = 60, 1440
A_LEAP_YEAR = 2000

CLOCK = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?")
INTERVAL = re.compile(rf"{CLOCK.pattern}\s*(?:-|–|—|til|to)\s*{CLOCK.pattern}")
BETWEEN_INTERVALS = re.compile(r"\s*(?:[,;]|\bog\b|\band\b)\s*")
BETWEEN_DATES = re.compile(r"[\s,;]+")
MONTH_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")
DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class Problem(StrEnum):
    """What keeps a text from being read."""

    CLOCK = "clock"
    INTERVAL = "interval"
    NO_LENGTH = "no_length"
    OVERLAP = "overlap"
    MONTH_DAY = "month_day"
    DATE = "date"


class UnreadableHours(ValueError):  # noqa: N818 - it is the hours that are unreadable
    """A text that is no opening hours: the problem, and the part of the text where it lies."""

    def __init__(self, problem: Problem, part: str) -> None:
        super().__init__(f"{problem}: {part}")
        self.problem, self.part = problem, part


@dataclass(frozen=True)
class Wording:
    """How one language writes hours."""

    closed: str = "stengt"
    all_day: str = "hele døgnet"
    point: str = "."


BOKMAL = Wording()


def parse_times(text: str) -> Times:
    """The intervals of a day in order; none for a closed day. UnreadableHours where they cannot be read or overlap.

    A close that is not after the opening is on the next day («22.00–06.00»).
    """
    words = " ".join(text.lower().split()).rstrip(".")
    if words in CLOSED_WORDS:
        return []
    if words in ALL_DAY_WORDS:
        return [list(interval) for interval in ALL_DAY]
    intervals = sorted(_interval(part) for part in BETWEEN_INTERVALS.split(words))
    for earlier, later in pairwise(intervals):
        if _minutes_of_close(earlier) > _minutes(later[0]):
            raise UnreadableHours(Problem.OVERLAP, f"{'–'.join(earlier)}, {'–'.join(later)}")
    return intervals


def format_times(times: Sequence[Sequence[str]], wording: Wording = BOKMAL) -> str:
    """What `parse_times` reads back as the same."""
    if not times:
        return wording.closed
    if [list(interval) for interval in times] == ALL_DAY:
        return wording.all_day
    return ", ".join("–".join(interval) for interval in times).replace(":", wording.point)


def parse_clock(text: str) -> str:
    """A time of day, 00:00 to 24:00, as "HH:MM"."""
    found = CLOCK.fullmatch(text.strip())
    if not found:
        raise UnreadableHours(Problem.CLOCK, text.strip())
    return _clock(found[1], found[2], text.strip())


def parse_month_day(text: str) -> str:
    """«15.05.» as "05-15"; 29.02. is a day."""
    found = MONTH_DAY.fullmatch(text.strip())
    try:
        return date(A_LEAP_YEAR, int(found[2]), int(found[1])).strftime("%m-%d")  # type: ignore[index]
    except (TypeError, ValueError) as error:
        raise UnreadableHours(Problem.MONTH_DAY, text.strip()) from error


def format_month_day(month_day: str) -> str:
    month, day = month_day.split("-")
    return f"{day}.{month}."


def parse_dates(text: str) -> list[str]:
    """Dates as dd.mm.yyyy or yyyy-mm-dd, with space, comma or line break between; sorted, each once."""
    return sorted({_date(part).isoformat() for part in BETWEEN_DATES.split(text) if part})


def format_dates(days: Sequence[str]) -> str:
    return "\n".join(date.fromisoformat(day).strftime("%d.%m.%Y") for day in days)


def runs(weekly: Mapping[str, Sequence[Sequence[str]]]) -> list[tuple[str, str, Times]]:
    """The week as runs of days with the same hours: ("mon", "fri", [["08:00", "15:45"]]), ("sat", "sun", [])."""
    days = [(day, [list(interval) for interval in weekly.get(day) or ()]) for day in WEEKDAYS]
    grouped = [(times, [day for day, _times in group]) for times, group in groupby(days, key=lambda pair: pair[1])]
    return [(names[0], names[-1], times) for times, names in grouped]


def _interval(part: str) -> list[str]:
    found = INTERVAL.fullmatch(part)
    if not found:
        raise UnreadableHours(Problem.INTERVAL, part)
    opens, closes = _clock(found[1], found[2], part), _clock(found[3], found[4], part)
    if opens in (closes, END_OF_DAY):
        raise UnreadableHours(Problem.NO_LENGTH, part)
    return [opens, END_OF_DAY if closes == MIDNIGHT else closes]


def _clock(hour: str, minute: str | None, part: str) -> str:
    clock = f"{int(hour):02}:{minute or '00'}"
    if _minutes(clock) > MINUTES_PER_DAY or int(minute or 0) >= MINUTES_PER_HOUR:
        raise UnreadableHours(Problem.CLOCK, part)
    return clock


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * MINUTES_PER_HOUR + int(minute)


def _minutes_of_close(interval: Sequence[str]) -> int:
    opens, closes = map(_minutes, interval)
    return closes if closes > opens else closes + MINUTES_PER_DAY


def _date(text: str) -> date:
    found = DATE.fullmatch(text.rstrip("."))
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableHours(Problem.DATE, text) from error
