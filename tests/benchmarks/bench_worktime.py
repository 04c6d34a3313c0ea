"""WorkTime.elapsed_many against two libraries on one million intervals: equal results, and how many times faster.

    python -m tests.benchmarks.bench_worktime

Prints a line for each bar of `design/performance.md` and exits with 1 if one is missed or a result differs.
"""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from typing import NamedTuple

import businesstimedelta
import holidays
import numpy as np
import pytz
import workclock

from kit.worktime import WorkTime

ROWS = 1_000_000
SLOW_ROWS = 1_000
ROUNDS = 5
FIRST_YEAR, YEARS = 2021, 5
LONGEST = 30 * 86_400
OPENS, CLOSES = time(8), time(15, 45)
ZONE = "Europe/Oslo"


class Bar(NamedTuple):
    name: str
    ratio: float
    least: float
    equal: bool

    @property
    def held(self) -> bool:
        return self.equal and self.ratio >= self.least

    def __str__(self) -> str:
        results = "equal results" if self.equal else "RESULTS DIFFER"
        return f"{self.name:<60} {self.ratio:>10,.1f}x  bar {self.least:>7,.0f}x  {results}  {verdict(self.held)}"


def verdict(held: bool) -> str:
    return "pass" if held else "FAIL"


def norwegian_holidays() -> list[date]:
    return sorted(holidays.country_holidays("NO", years=range(FIRST_YEAR - 1, FIRST_YEAR + YEARS + 2)))


def our_calendar(closed: list[date]) -> WorkTime:
    return WorkTime({day: [(OPENS, CLOSES)] for day in ("mon", "tue", "wed", "thu", "fri")}, closed, tz=ZONE)


def intervals() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(2026)
    first = int(datetime(FIRST_YEAR, 1, 1, tzinfo=UTC).timestamp())
    last = int(datetime(FIRST_YEAR + YEARS, 1, 1, tzinfo=UTC).timestamp())
    starts = random.integers(first, last, ROWS)
    return starts, starts + random.integers(0, LONGEST, ROWS)


def seconds_taken(call: Callable[[], object]) -> float:
    """The median of some rounds after a warm one."""
    call()
    rounds = []
    for _ in range(ROUNDS):
        begin = perf_counter()
        call()
        rounds.append(perf_counter() - begin)
    return sorted(rounds)[ROUNDS // 2]


def against_workclock(ours: np.ndarray, our_seconds: float, starts: np.ndarray, ends: np.ndarray) -> Bar:
    rules = [workclock.WorkDay(OPENS, CLOSES), workclock.Holidays(norwegian_holidays())]
    schedule = workclock.Schedule(rules, time_zone=ZONE)
    begun, ended = starts.astype("datetime64[s]"), ends.astype("datetime64[s]")
    theirs = schedule.between_many(begun, ended).astype("timedelta64[s]").astype(np.int64)
    taken = seconds_taken(lambda: schedule.between_many(begun, ended))
    return Bar("elapsed_many against workclock.between_many", taken / our_seconds, 15, bool((theirs == ours).all()))


def against_businesstimedelta(ours: np.ndarray, our_seconds: float, starts: np.ndarray, ends: np.ndarray) -> Bar:
    """A sample of rows, extrapolated: all of them would take ten minutes."""
    zone = pytz.timezone(ZONE)
    days = businesstimedelta.WorkDayRule(start_time=OPENS, end_time=CLOSES, working_days=[0, 1, 2, 3, 4], tz=zone)
    rules = businesstimedelta.Rules([days, businesstimedelta.HolidayRule(norwegian_holidays(), tz=zone)])
    pairs = [
        (datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
        for start, end in zip(starts[:SLOW_ROWS].tolist(), ends[:SLOW_ROWS].tolist(), strict=True)
    ]
    begin = perf_counter()
    theirs = [rules.difference(start, end).timedelta // timedelta(seconds=1) for start, end in pairs]
    taken = (perf_counter() - begin) * ROWS / SLOW_ROWS
    return Bar(
        "elapsed_many against businesstimedelta", taken / our_seconds, 5_000, theirs == ours[:SLOW_ROWS].tolist()
    )


def main() -> int:
    starts, ends = intervals()
    calendar = our_calendar(norwegian_holidays())
    ours = calendar.elapsed_many(starts, ends)
    taken = seconds_taken(lambda: calendar.elapsed_many(starts, ends))
    print(f"{ROWS:,} intervals in {taken:.3f} s, {ROWS / taken:,.0f} a second")
    bars = [compare(ours, taken, starts, ends) for compare in (against_businesstimedelta, against_workclock)]
    print(*bars, sep="\n")
    return 0 if all(bar.held for bar in bars) else 1


def test_elapsed_many_holds_its_bars() -> None:
    assert main() == 0


if __name__ == "__main__":
    sys.exit(main())
