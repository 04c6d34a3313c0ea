"""Working time equals what a patient clerk counts, minute by minute, with a wall clock and a list of hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.worktime import FOREVER, EmptyCalendar, WorkTime

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)
CLERKS_PATIENCE = 6 * 24 * 60
DATES_LOOKED_AT = 40
ZONES = ("Europe/Oslo", "America/Sao_Paulo", "Australia/Lord_Howe", "America/St_Johns", "UTC")
INTERESTING_DAYS = (date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29), date(2026, 12, 31), date(2015, 10, 18))


class Clerk:
    """Counts open minutes with nothing but a wall clock; knows none of the code under test."""

    def __init__(self, weekly, holidays, tz, exceptions, seasons):
        self.weekly, self.holidays, self.exceptions, self.seasons = weekly, holidays, exceptions, seasons
        self.zone = ZoneInfo(tz)

    def hours(self, day):
        if day in self.exceptions:
            return self.exceptions[day] or []
        if day in self.holidays:
            return []
        for first, last, weekly in self.seasons:
            today = day.strftime("%m-%d")
            if first <= today <= last or (first > last and (today >= first or today <= last)):
                return weekly.get(WEEKDAYS[day.weekday()], [])
        return self.weekly.get(WEEKDAYS[day.weekday()], [])

    def is_open(self, instant):
        wall = instant.astimezone(self.zone).replace(tzinfo=None)
        for day in (wall.date() - timedelta(days=1), wall.date()):
            midnight = datetime.combine(day, datetime.min.time())
            for opens, closes in self.hours(day):
                begin, end = minutes(opens), minutes(closes)
                end += 24 * 60 if end <= begin else 0
                if midnight + begin * MINUTE <= wall < midnight + end * MINUTE:
                    return True
        return False

    def counts(self, instant, pauses):
        paused = any(begin <= instant and (end is None or instant < end) for begin, end in pauses)
        return not paused and self.is_open(instant)

    def elapsed(self, start, end, pauses):
        total = max((end - start) // MINUTE, 0)
        return sum(self.counts(start + number * MINUTE, pauses) for number in range(total)) * MINUTE

    def due(self, start, work, pauses):
        left = work // MINUTE
        for number in range(CLERKS_PATIENCE):
            if self.counts(start + number * MINUTE, pauses):
                if left <= 1:
                    return start + (number + left) * MINUTE
                left -= 1
        return None

    def workday(self, start, days, by_closing):
        wall = start.astimezone(self.zone).replace(tzinfo=None)
        today = datetime.combine(wall.date(), datetime.min.time())
        dates = [today + timedelta(days=number) for number in range(DATES_LOOKED_AT)]
        working = [midnight for midnight in dates if self.hours(midnight.date())]
        counted = [midnight for midnight in working if midnight > today] if by_closing else working
        if len(counted) <= days - by_closing:
            return None
        landed = counted[days - by_closing]
        if by_closing:
            due = landed + max(closing(*interval) for interval in self.hours(landed.date())) * MINUTE
        elif working[0] == today:
            due = landed + (wall - today)
        else:
            due = landed + min(minutes(opens) for opens, _closes in self.hours(working[0].date())) * MINUTE
        return due.replace(tzinfo=self.zone).astimezone(UTC)


def closing(opens, closes):
    return minutes(closes) + (24 * 60 if minutes(closes) <= minutes(opens) else 0)


def minutes(text):
    hour, minute = map(int, text.split(":"))
    return hour * 60 + minute


def written(quarters):
    return f"{quarters // 4:02}:{quarters % 4 * 15:02}"


intervals = (
    st.tuples(st.integers(0, 95), st.integers(0, 96))
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda pair: (written(pair[0]), written(pair[1])))
)
hours_of_a_day = st.lists(intervals, max_size=2)
weeks = st.dictionaries(st.sampled_from(WEEKDAYS), hours_of_a_day)
spans = st.tuples(st.integers(-600, 4000), st.none() | st.integers(-60, 2000))


@st.composite
def situations(draw):
    """A calendar around a day on which clocks or years change, a start near it, and pauses around the start."""
    around = draw(st.sampled_from(INTERESTING_DAYS))
    nearby = st.integers(-2, 4).map(lambda days: around + timedelta(days=days))
    month_days = nearby.map(lambda day: day.strftime("%m-%d"))
    rules = {
        "weekly": draw(weeks),
        "holidays": draw(st.lists(nearby, max_size=2)),
        "tz": draw(st.sampled_from(ZONES)),
        "exceptions": draw(st.dictionaries(nearby, st.none() | hours_of_a_day, max_size=2)),
        "seasons": draw(st.lists(st.tuples(month_days, month_days, weeks), max_size=2)),
    }
    start = datetime(around.year, around.month, around.day, tzinfo=UTC) + draw(st.integers(-3000, 3000)) * MINUTE
    pauses = [
        (start + begin * MINUTE, None if length is None else start + (begin + length) * MINUTE)
        for begin, length in draw(st.lists(spans, max_size=4))
    ]
    return rules, start, pauses


def opened(rules):
    try:
        return WorkTime(**rules)
    except EmptyCalendar:
        return None


@settings(max_examples=60, deadline=None)
@given(situations(), st.integers(-100, 4 * 24 * 60))
def test_elapsed_is_what_the_clerk_counts(situation, length):
    rules, start, pauses = situation
    end = start + length * MINUTE
    calendar = opened(rules)
    counted = Clerk(**rules).elapsed(start, end, pauses)
    assert (calendar.elapsed(start, end, pauses) if calendar else timedelta()) == counted


@settings(max_examples=60, deadline=None)
@given(situations(), st.integers(0, 30 * 60))
def test_due_is_when_the_clerk_has_counted_enough(situation, work):
    rules, start, pauses = situation
    calendar = opened(rules)
    due = calendar.due(start, work * MINUTE, pauses) if calendar else None
    counted = Clerk(**rules).due(start, work * MINUTE, pauses)
    if counted is None:
        assert due is None or due > start + CLERKS_PATIENCE * MINUTE - MINUTE
    else:
        # by way of UTC: Python holds no two instants equal across zones in an hour that one clock shows twice
        assert due.astimezone(UTC) == counted


@settings(max_examples=120, deadline=None)
@given(situations(), st.integers(1, 5), st.booleans())
def test_working_days_are_those_the_clerk_counts_on_a_paper_calendar(situation, days, by_closing):
    rules, start, _pauses = situation
    calendar, clerk = opened(rules), Clerk(**rules)
    if calendar is None:
        return
    second, counted = int(start.timestamp()), clerk.workday(start, days, by_closing)
    due = int(calendar.due_workdays_many(second, [days], by_closing)[0])
    if counted is None:
        assert due > second + (DATES_LOOKED_AT - 3) * 24 * 3600
    else:
        assert due == counted.timestamp()
        if counted - start < timedelta(days=4):
            assert calendar.workdays(start, days, by_closing=by_closing) == clerk.elapsed(start, counted, [])


OFFICE = WorkTime(
    {day: [("08:00", "11:30"), ("12:00", "15:45")] for day in WEEKDAYS[:5]} | {"sat": [("22:00", "06:00")]},
    holidays=[date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 6)],
    exceptions={date(2026, 4, 1): [("08:00", "12:00")]},
    seasons=[("05-15", "09-14", {day: [("08:00", "15:00")] for day in WEEKDAYS[:5]})],
)
SPRING_2026 = 1_774_000_000
MONTH = 30 * 86_400


@st.composite
def tables(draw):
    """Rows of (start, length, pauses) in epoch seconds, around Easter, a change of clocks and the summer's start."""
    table = []
    for _ in range(draw(st.integers(1, 8))):
        start = SPRING_2026 + draw(st.integers(0, 2 * MONTH))
        length = draw(st.integers(-86_400, MONTH))
        spans = draw(
            st.lists(st.tuples(st.integers(-MONTH, MONTH), st.none() | st.integers(-600, MONTH // 2)), max_size=3)
        )
        pauses = [(start + wait, None if span is None else start + wait + span) for wait, span in spans]
        table.append((start, length, pauses))
    return table


def instant(second):
    return None if second is None else datetime.fromtimestamp(second, UTC)


def as_columns(row_pauses):
    offsets = np.cumsum([0, *map(len, row_pauses)])
    flat = [pause for pauses in row_pauses for pause in pauses]
    ends = [FOREVER if end is None else end for _, end in flat]
    return offsets, np.array([begin for begin, _ in flat], dtype=np.int64), np.array(ends, dtype=np.int64)


@given(tables())
def test_columns_equal_scalars(table):
    starts = np.array([start for start, _, _ in table])
    lengths = np.array([length for _, length, _ in table])
    columns = as_columns([pauses for _, _, pauses in table])
    scalars = [
        (
            OFFICE.elapsed(instant(start), instant(start + length), instants(pauses)) // timedelta(seconds=1),
            OFFICE.due(instant(start), timedelta(seconds=abs(length)), instants(pauses)),
        )
        for start, length, pauses in table
    ]
    elapsed = OFFICE.elapsed_many(starts, starts + lengths, columns).tolist()
    dues = OFFICE.due_many(starts, np.abs(lengths), columns).tolist()
    assert elapsed == [elapsed for elapsed, _ in scalars]
    assert dues == [FOREVER if due is None else int(due.timestamp()) for _, due in scalars]


def instants(pauses):
    return [(instant(begin), instant(end)) for begin, end in pauses]


@given(tables())
def test_work_until_the_due_instant_is_the_work_promised(table):
    starts = np.array([start for start, _, _ in table])
    work = np.array([abs(length) + 1 for _, length, _ in table])
    columns = as_columns([pauses for _, _, pauses in table])
    dues = OFFICE.due_many(starts, work, columns)
    comes = dues != FOREVER
    ends = np.where(comes, dues, starts)
    assert OFFICE.elapsed_many(starts, ends, columns)[comes].tolist() == work[comes].tolist()
    assert (OFFICE.elapsed_many(starts, ends - 1, columns)[comes] < work[comes]).all()
