"""Downtime within agreed time against a count of every second, and the vectors of `domain/sla-and-cost.md`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from sla.availability.arithmetic import Spans, Stretches, sums

END = 60
STRETCHES = Stretches(*(np.array(column) for column in ([0, 20, 25], [20, 25, END], [0, 1, 1])))
OPEN = np.array([second % 10 < 7 for second in range(END + 1)])
WORKED = np.concatenate(([0], np.cumsum(OPEN)))


def worked(at, instants):
    return WORKED[instants] - WORKED[STRETCHES.since[at]]


def spans(rows) -> Spans:
    places, froms, tos, planned, shares = np.array(rows, dtype=np.int64).reshape(-1, 5).T
    return Spans(places, froms, tos, planned.astype(bool), shares)


def counted(rows, place, month) -> tuple[int, int, int]:
    """Second by second: planned, down, weighted."""
    planned = down = weighted = 0
    for second in (one for one in range(END) if OPEN[one] and (one >= 20) == month):
        over = [row for row in rows if row[0] == place and row[1] <= second < row[2]]
        if any(row[3] for row in over):
            planned += 1
        elif over:
            down += 1
            weighted += max(row[4] for row in over)
    return planned, down, weighted


outage = some.tuples(
    some.integers(0, 2), some.integers(-5, 70), some.integers(-5, 70), some.integers(0, 1), some.integers(0, 9)
)


@given(some.lists(outage, max_size=12))
def test_it_agrees_with_a_count_of_every_second(rows):
    found = sums(spans(rows), STRETCHES, 3, 2, worked)

    for place in range(3):
        for month in range(2):
            tables = (found.planned, found.down, found.weighted)
            assert tuple(int(table[place, month]) for table in tables) == counted(rows, place, month)


@given(some.lists(outage, min_size=1, max_size=8), some.randoms())
def test_the_order_of_outages_changes_nothing_but_another_outage_changes_the_digest(rows, chance):
    shuffled = chance.sample(rows, len(rows))
    first, again = (sums(spans(one), STRETCHES, 3, 2, worked) for one in (rows, shuffled))
    more = sums(spans([*rows, (0, 1, 2, 0, 1)]), STRETCHES, 3, 2, worked)

    assert np.array_equal(first.digests, again.digests)
    assert first.digests[0, 0] != more.digests[0, 0]


@pytest.mark.parametrize("rows", [[], [(0, 30, 30, 0, 5)], [(0, 40, 30, 0, 5)], [(0, -9, 0, 0, 5)]])
def test_what_lasts_no_time_within_the_stretches_is_no_downtime(rows):
    assert not sums(spans(rows), STRETCHES, 1, 2, worked).down.any()
