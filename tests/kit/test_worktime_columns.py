"""Columns of instants: a million rows are reckoned like one."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from kit.worktime import FOREVER, WorkTime

WORKWEEK = ("mon", "tue", "wed", "thu", "fri")
OFFICE = WorkTime({day: [("08:00", "15:45")] for day in WORKWEEK}, [date(2026, 5, 1)])
HOUR = 3600
ROWS = 150_001


def epoch(text):
    return int(datetime.fromisoformat(f"{text}+01:00").timestamp())


MONDAY_NINE = epoch("2026-03-09T09:00")


def test_elapsed_seconds_of_rows_with_pauses_out_of_order_overlapping_and_without_end():
    starts = np.full(4, MONDAY_NINE)
    ends = starts + np.array([5, 5, -1, 24]) * HOUR
    froms = MONDAY_NINE + np.array([2, 1, -4, 1]) * HOUR
    tos = np.array([MONDAY_NINE + 3 * HOUR, MONDAY_NINE + 2.5 * HOUR, MONDAY_NINE + HOUR, FOREVER], dtype=np.int64)
    pauses = (np.array([0, 2, 3, 3, 4]), froms, tos)
    assert OFFICE.elapsed_many(starts, ends, pauses).tolist() == [3 * HOUR, 4 * HOUR, 0, HOUR]
    assert OFFICE.paused_many(starts, ends, pauses).tolist() == [2 * HOUR, HOUR, 0, int(6.75 * HOUR)]


def test_due_seconds_of_rows_with_pauses():
    starts = np.full(4, MONDAY_NINE)
    froms = MONDAY_NINE + np.array([2, 1, 0, 1]) * HOUR
    tos = np.array([MONDAY_NINE + 3 * HOUR, MONDAY_NINE + 2.5 * HOUR, MONDAY_NINE + HOUR, FOREVER], dtype=np.int64)
    dues = OFFICE.due_many(starts, np.array([2, 0, 0, 2]) * HOUR, (np.array([0, 2, 3, 3, 4]), froms, tos))
    assert dues.tolist() == [MONDAY_NINE + 4 * HOUR, MONDAY_NINE + HOUR, MONDAY_NINE, FOREVER]


def test_rows_beyond_one_chunk_answer_like_single_instants():
    random = np.random.default_rng(1)
    starts = MONDAY_NINE + random.integers(0, 400 * 86_400, ROWS)
    work = random.integers(0, 60 * HOUR, ROWS)
    offsets = np.concatenate(([0], np.cumsum(random.integers(0, 4, ROWS))))
    froms = np.repeat(starts, np.diff(offsets)) + random.integers(-HOUR, 80 * HOUR, offsets[-1])
    tos = froms + random.integers(0, 80 * HOUR, offsets[-1])
    dues = OFFICE.due_many(starts, work, (offsets, froms, tos))
    elapsed = OFFICE.elapsed_many(starts, dues, (offsets, froms, tos))
    assert elapsed.tolist() == work.tolist()
    for row in (0, 65_535, 65_536, 131_072, ROWS - 1):
        own = slice(offsets[row], offsets[row + 1])
        pauses = [(instant(begin), instant(end)) for begin, end in zip(froms[own], tos[own], strict=True)]
        due = OFFICE.due(instant(starts[row]), timedelta(seconds=int(work[row])), pauses)
        assert int(due.timestamp()) == dues[row]


def test_working_days_of_rows_are_worth_their_open_time():
    monday_six, friday_two, saturday = MONDAY_NINE - 3 * HOUR, MONDAY_NINE + 101 * HOUR, MONDAY_NINE + 120 * HOUR
    starts = np.array([MONDAY_NINE, monday_six, friday_two, saturday, MONDAY_NINE, saturday])
    days, by_closing = np.array([1, 1, 3, 1, 1, 1]), np.array([False, False, False, False, True, True])
    dues = [MONDAY_NINE + 24 * HOUR, monday_six + 24 * HOUR, friday_two + 5 * 24 * HOUR]
    monday = MONDAY_NINE + 7 * 24 * HOUR
    dues += [monday + 23 * HOUR, int(MONDAY_NINE + 30.75 * HOUR), int(monday + 6.75 * HOUR)]
    assert OFFICE.due_workdays_many(starts, days, by_closing).tolist() == dues
    worth = np.array([7.75, 7.75, 3 * 7.75, 7.75, 14.5, 7.75]) * HOUR
    assert OFFICE.workdays_many(starts, days, by_closing).tolist() == worth.tolist()


def test_working_days_that_never_come_are_worth_more_time_than_there_is():
    one_day = WorkTime({}, exceptions={date(2026, 3, 10): [("08:00", "12:00")]})
    rows = np.array([MONDAY_NINE, MONDAY_NINE])
    assert one_day.due_workdays_many(rows, [0, 1]).tolist() == [MONDAY_NINE + 23 * HOUR, FOREVER]
    work = one_day.workdays_many(rows, [0, 1])
    assert one_day.due_many(rows, work).tolist() == [MONDAY_NINE + 23 * HOUR, FOREVER]
    assert one_day.workdays(instant(MONDAY_NINE), 1) == timedelta(seconds=int(work[1]))


def test_no_rows_are_no_working_days_and_none_are_counted_backwards():
    assert len(OFFICE.workdays_many([], 3)) == 0
    for days, by_closing in ((-1, False), (0, True)):
        with pytest.raises(ValueError, match="Working days are counted forward"):
            OFFICE.due_workdays_many([MONDAY_NINE], days, by_closing)


def instant(second):
    return datetime.fromtimestamp(int(second), UTC)


def test_no_rows_have_no_answers():
    nothing = np.array([], dtype=np.int64)
    assert OFFICE.elapsed_many(nothing, nothing, (np.array([0]), nothing, nothing)).tolist() == []
    assert OFFICE.due_many(nothing, nothing).tolist() == []


def test_one_number_stands_for_a_column_of_it():
    starts = MONDAY_NINE + np.arange(3) * HOUR
    assert OFFICE.due_many(starts, HOUR).tolist() == (starts + HOUR).tolist()
    since_1970 = OFFICE.elapsed_many(0, starts)
    assert np.diff(since_1970).tolist() == [HOUR, HOUR]


def test_a_due_instant_decades_away_is_found_and_one_after_the_last_year_is_not():
    dues = OFFICE.due_many(np.array([MONDAY_NINE, MONDAY_NINE]), np.array([60 * 2000 * HOUR, 1 << 50]))
    assert OFFICE.elapsed_many(MONDAY_NINE, dues[:1]).tolist() == [60 * 2000 * HOUR]
    assert dues[1] == FOREVER


def test_the_given_columns_are_left_as_they_were():
    starts, ends = np.array([MONDAY_NINE]), np.array([MONDAY_NINE + HOUR])
    pauses = (np.array([0, 2]), np.array([MONDAY_NINE + 60, MONDAY_NINE]), np.array([MONDAY_NINE + 90, FOREVER]))
    before = [column.tolist() for column in (starts, ends, *pauses)]
    OFFICE.elapsed_many(starts, ends, pauses)
    OFFICE.due_many(starts, ends - starts, pauses)
    assert [column.tolist() for column in (starts, ends, *pauses)] == before


@pytest.mark.parametrize("starts", [np.array([1.5]), np.array(["2026-03-09"], dtype="datetime64[s]")])
def test_columns_that_are_no_whole_seconds_are_refused(starts):
    with pytest.raises(TypeError, match="Columns hold whole seconds as integers"):
        OFFICE.elapsed_many(starts, np.array([2]))


@pytest.mark.parametrize("offsets", [[0, 1], [1, 1, 1], [0, 2, 1], [0, 0, 0]])
def test_row_offsets_that_do_not_fit_are_refused(offsets):
    rows, one = np.array([1, 2]), np.array([1])
    with pytest.raises(ValueError, match=r"row offset|Row offsets"):
        OFFICE.elapsed_many(rows, rows, (np.array(offsets), one, one))


def test_negative_work_is_refused():
    with pytest.raises(ValueError, match="may not be negative"):
        OFFICE.due_many(np.array([MONDAY_NINE]), np.array([-1]))


INSTALLED_MODULES = """
import sys, kit.worktime
files = {name: getattr(module, "__file__", None) or "" for name, module in sys.modules.items()}
print(*{name.partition(".")[0] for name, file in files.items() if "site-packages" in file})
"""


def test_working_time_needs_nothing_installed_but_numpy():
    loaded = subprocess.run([sys.executable, "-c", INSTALLED_MODULES], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == ["numpy"]
