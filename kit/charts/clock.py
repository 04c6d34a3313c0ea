"""The clock axis that the lanes of an incident's timeline share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from zoneinfo import ZoneInfo

HOUR = timedelta(hours=1)
MARGIN_HOURS = 1

type Slot = tuple[int, int]
"""An hour of the wall clock and its fold: (2, 1) is the second 02–03 of the night the clock is set back."""


@dataclass(frozen=True)
class ClockAxis:
    """Hours side by side, one column each, from the first that any lane needs to the last.

    When the clock is set back the repeated hour has a column of its own, which is empty in every other lane; when
    it is set forward the hour that was skipped is empty in that lane. So a day of 25 hours is 25 columns wide.
    """

    zone: ZoneInfo
    slots: tuple[Slot, ...]

    @classmethod
    def over(cls, zone: ZoneInfo, instants: Iterable[tuple[date, datetime]]) -> "ClockAxis":
        """The axis that holds these instants, each in the lane of its day, with an hour to spare on each side."""
        placed = [(day, moment.astimezone(zone)) for day, moment in instants]
        hours = [_hour(day, moment) for day, moment in placed] or [0.0, 24.0]
        first = max(int(min(hours)) - MARGIN_HOURS, 0)
        last = min(ceil(max(hours)) + MARGIN_HOURS, 24)
        days = {day for day, _moment in placed}
        folded = {slot for day in days for slot in slots_of(day, zone) if slot[1] and first <= slot[0] < last}
        return cls(zone, tuple(sorted({(hour, 0) for hour in range(first, last)} | folded)))

    def place(self, day: date, instant: datetime) -> float:
        """Columns from the left edge to an instant in the lane of its day, held within the axis."""
        moment = instant.astimezone(self.zone)
        if moment.date() != day:
            return 0.0 if moment.date() < day else float(len(self.slots))
        slot = (moment.hour, moment.fold)
        if slot in self.slots:
            return self.slots.index(slot) + (moment.minute + moment.second / 60) / 60
        return float(sum(1 for other in self.slots if other < slot))

    def missing(self, day: date) -> Iterator[int]:
        """The columns that this day does not have."""
        existing = set(slots_of(day, self.zone))
        return (index for index, slot in enumerate(self.slots) if slot not in existing)

    def ticks(self, every: int) -> Iterator[tuple[int, int]]:
        """Column and hour of each tick, the right edge too."""
        yield from ((index, hour) for index, (hour, fold) in enumerate(self.slots) if not fold and hour % every == 0)
        last = self.slots[-1][0] + 1
        if last % every == 0:
            yield len(self.slots), last


def slots_of(day: date, zone: ZoneInfo) -> list[Slot]:
    """The 23, 24 or 25 hours of a local day."""
    moment = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    count = (end - moment) // HOUR
    local = [(moment + index * HOUR).astimezone(zone) for index in range(count)]
    return [(hour.hour, hour.fold) for hour in local]


def _hour(day: date, moment: datetime) -> float:
    if moment.date() != day:
        return 0.0 if moment.date() < day else 24.0
    return moment.hour + moment.minute / 60 + moment.second / 3600
