"""Working time agrees with other service desks' published cases and with the vectors of the domain notes."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kit.worktime import EmptyCalendar, WorkTime

CASES = json.loads((Path(__file__).parents[1] / "data" / "business_time_cases.json").read_text(encoding="utf-8"))
AGREED = [case for case in CASES if case["brute_force_agrees"]]
EMPTY = [case for case in AGREED if not case["calendar"]["weekly"]]
COUNTED = [case for case in AGREED if case not in EMPTY]


def calendar(case):
    source = case["calendar"]
    return WorkTime(source["weekly"], map(date.fromisoformat, source["holidays"]), tz=source["tz"])


def pauses(case):
    return [tuple(map(datetime.fromisoformat, pause)) for pause in case["pauses"]]


def answer(case):
    """What our calendar says, in the case's own unit: minutes elapsed, or an instant."""
    work, start = calendar(case), datetime.fromisoformat(case["start"])
    match case["kind"]:
        case "elapsed":
            return work.elapsed(start, datetime.fromisoformat(case["end"]), pauses(case))
        case "due":
            return work.due(start, timedelta(minutes=case["add_minutes"]), pauses(case))
        case "due_workdays":
            return work.due_workdays(start, case["add_days"])


def expectation(case):
    if case["kind"] == "elapsed":
        return timedelta(seconds=round(case["expected"] * 60))
    return datetime.fromisoformat(case["expected_utc"])


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case["id"])
def test_published_case_of_another_service_desk(case):
    assert answer(case) == expectation(case)


@pytest.mark.parametrize("case", EMPTY, ids=lambda case: case["id"])
def test_published_case_without_opening_hours_is_refused(case):
    with pytest.raises(EmptyCalendar):
        calendar(case)
