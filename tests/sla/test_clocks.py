from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sla import digests
from sla.levels import Level, Status
from sla.tallies import Tally, packed, together
from sla.timelines import NONE, Period, Timeline, first_days, months
from tests.make import oslo

OSLO = ZoneInfo("Europe/Oslo")


def column(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def epoch(*parts: int) -> int:
    return int(oslo(*parts).timestamp())


def test_the_period_that_holds_is_half_open_and_its_key_s_own():
    line = Timeline.of([Period(7, 100, 200, 1), Period(7, 200, 300, 2), Period(3, 0, 150, 5)])

    assert line.at(column(7, 7, 7, 7, 7, 3, 3, 9, 1), column(99, 100, 199, 200, 300, 149, 150, 100, 100)).tolist() == [
        NONE,
        1,
        1,
        2,
        NONE,
        5,
        NONE,
        NONE,
        NONE,
    ]


def test_of_no_periods_none_holds():
    assert Timeline.of([]).at(column(1), column(1)).tolist() == [NONE]


keys, instants = st.integers(0, 5), st.integers(-(10**10), 10**10)


@given(st.lists(st.tuples(keys, instants, instants), max_size=20), st.lists(st.tuples(keys, instants), max_size=20))
def test_a_timeline_agrees_with_asking_period_by_period(spans, questions):
    periods: list[Period] = []
    for key, one, other in spans:
        since, until = sorted((one, other))
        if since < until and not any(p.key == key and since < p.until and p.since < until for p in periods):
            periods.append(Period(key, since, until, len(periods)))

    found = Timeline.of(periods).at(column(*(key for key, _ in questions)), column(*(at for _, at in questions)))

    expected = [
        next((p.value for p in periods if p.key == key and p.since <= at < p.until), NONE) for key, at in questions
    ]
    assert found.tolist() == expected


def test_months_begin_at_local_midnight_in_winter_and_summer():
    asked = column(
        epoch(2026, 1, 1), epoch(2026, 1, 1) - 1, epoch(2026, 7, 1), epoch(2026, 7, 1) - 1, epoch(1969, 12, 31)
    )

    found = months(asked, OSLO)

    assert found.astype("datetime64[M]").astype(str).tolist() == ["2026-01", "2025-12", "2026-07", "2026-06", "1969-12"]
    assert first_days(found).astype("datetime64[D]").astype(str).tolist()[0] == "2026-01-01"


cells = st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(600, 602), st.integers(1, 2), st.integers(1, 2))


@given(st.lists(st.tuples(cells, st.booleans(), st.integers(-(2**63), 2**63 - 1)), min_size=1, max_size=50), st.data())
def test_tallies_of_parts_are_the_tally_of_the_whole(clocks, data):
    cut = data.draw(st.integers(0, len(clocks)))

    found = together([tally(part).by_cell() for part in (clocks[:cut], clocks[cut:]) if part])

    expected: dict = {}
    for cell, met, digest in clocks:
        counted, so_far, combined = expected.get(cell, (0, 0, 0))
        expected[cell] = (counted + 1, so_far + met, combined ^ digest)
    rows = list(zip(*(values.tolist() for values in found.columns), strict=True))
    assert {row[:5]: row[5:] for row in rows} == expected
    assert len(rows) == len(expected)


def tally(clocks) -> Tally:
    places = (column(*values) for values in zip(*(cell for cell, _met, _digest in clocks), strict=True))
    met = column(*(int(met) for _cell, met, _digest in clocks))
    return Tally(*places, counted=np.ones_like(met), met=met, digests=column(*(digest for _c, _m, digest in clocks)))


def test_combinations_too_many_for_one_number_are_ranked_first():
    wide = column(-(2**62), 0, 2**62)

    keys = packed([wide, wide[::-1], wide])

    assert len(set(keys.tolist())) == 3


def test_a_digest_tells_input_apart_and_ignores_the_order_of_spans():
    offsets, froms, tos = column(0, 2, 4), column(5, 9, 9, 5), column(6, 10, 10, 6)

    first, second = digests.of_spans(offsets, froms, tos)

    assert first == second
    assert len(set(digests.of_rows(column(1, 2, 1), column(2, 1, 1)).tolist())) == 3


@pytest.mark.parametrize(
    ("counted", "met", "status"),
    [
        (0, 0, Status.NOT_MEASURED),
        (10, 9, Status.ON_TARGET),
        (11, 9, Status.GOOD_ENOUGH),
        (10, 8, Status.GOOD_ENOUGH),
        (11, 8, Status.NOT_GOOD_ENOUGH),
        (1, 0, Status.NOT_GOOD_ENOUGH),
    ],
)
def test_status_compares_exact_counts(counted, met, status):
    assert level(counted, met).status == status


def level(counted: int, met: int, wanted: str = "0.9", good_enough: str = "0.8") -> Level:
    return Level(counted, met, Decimal(wanted) * counted, Decimal(good_enough) * counted)


def test_levels_add_up_with_the_share_that_each_cell_wants():
    strict, lenient = level(10, 10, "1", "0.9"), level(10, 5, "0.5", "0.4")

    assert (strict + lenient).status == Status.ON_TARGET
    assert (strict + lenient).wanted == 15
    assert sum([], Level()).status == Status.NOT_MEASURED


def test_shares_are_rounded_down_for_show_and_missing_where_nothing_was_measured():
    assert level(2000, 1799).percent() == Decimal("89.9")
    assert level(0, 0).percent() is None
    assert level(8, 7).wanted_percent() == 90
