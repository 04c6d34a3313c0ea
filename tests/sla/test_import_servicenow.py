"""What a ServiceNow export says: the conventions of its rows, one by one."""

import pytest

from services.models import Service
from sla.actions.imports import save_import
from sla.models import Clock, Compliance, Import, Incident, Metric
from sla.recalculation import recalculate
from tests import make
from tests.sla.exports import at, export, known, prepared, updates

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings, arendal):
    settings.LANGUAGE_CODE = "en"
    make.service("EPOST")


def imported(*rows) -> Import:
    one = prepared(export(*rows))
    save_import(one=one, by=None)
    return one


def told(one: Import) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.external_id, problem.reason) for problem in one.problems.all()]


def spans(number: str = "INC1") -> list[tuple]:
    return list(known(number).pauses.values_list("started", "ended", "reason"))


def test_an_incident_is_saved_with_its_number_instants_and_words():
    steps = [("01-03-2016 08:05", "New"), ("01-03-2016 09:30", "Active"), ("06-03-2016 12:00", "Closed")]
    imported(*updates("INC1", *steps, resolved_at="01-03-2016 11:15", closed_at="06-03-2016 12:00"))
    incident = known()
    assert (incident.source, incident.organisation.number, incident.service.code) == ("servicenow", "4203", "EPOST")
    assert (incident.priority, incident.title, incident.state) == (3, "Category 1 · Symptom 1", "Closed")
    assert (incident.opened, incident.responded) == (at(3, 1, 8, 0), at(3, 1, 9, 30))
    assert (incident.resolved, incident.closed) == (at(3, 1, 11, 15), at(3, 6, 12, 0))


def test_without_a_symptom_the_subcategory_is_in_the_title_and_without_both_the_category_alone():
    imported({"number": "INC1", "u_symptom": "?"}, {"number": "INC2", "u_symptom": "?", "subcategory": "?"})
    assert [known("INC1").title, known("INC2").title] == ["Category 1 · Subcategory 1", "Category 1"]


def test_rows_are_ordered_by_update_wherever_they_stand_in_the_file():
    rows = updates("INC1", ("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "Active"), ("02-03-2016 07:00", "Closed"))
    imported(rows[2], rows[0], rows[1])
    assert (known().state, known().responded) == ("Closed", at(3, 1, 9, 0))


def test_rows_of_one_minute_are_ordered_by_count_as_a_number():
    imported(
        {"sys_mod_count": "10", "incident_state": "Closed", "priority": "1 - Critical"},
        {"sys_mod_count": "9", "incident_state": "Active", "priority": "4 - Low"},
    )
    assert (known().state, known().priority) == ("Closed", 1)


def test_days_come_before_months():
    imported({"opened_at": "04-03-2016 08:00", "sys_updated_at": "05-03-2016 08:00"})
    assert known().opened == at(3, 4, 8, 0)


def test_location_category_and_priority_are_those_of_the_last_row():
    steps = [("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "Active")]
    first, last = updates("INC1", *steps)
    one = prepared(export(first, last | {"priority": "2 - High", "category": "Category 2", "location": "Location 2"}))
    save_import(one=one, by=None)
    assert (known().priority, known().title) == (2, "Category 2 · Symptom 1")


def test_the_answer_is_the_first_row_that_is_not_new():
    steps = [("01-03-2016 08:00", "New"), ("01-03-2016 08:40", "New"), ("01-03-2016 09:00", "Awaiting Vendor")]
    imported(*updates("INC1", *steps, ("01-03-2016 10:00", "Active")))
    assert known().responded == at(3, 1, 9, 0)


def test_an_incident_that_is_still_new_is_not_answered():
    imported(*updates("INC1", ("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "New")))
    assert known().responded is None


def test_an_answer_before_the_opening_is_kept_as_it_is():
    imported({"incident_state": "Active", "opened_at": "01-03-2016 09:00"})
    assert (known().opened, known().responded) == (at(3, 1, 9, 0), at(3, 1, 8, 0))


def test_the_time_of_solution_wins_over_the_row_that_says_resolved():
    steps = [("01-03-2016 08:00", "New"), ("01-03-2016 10:00", "Resolved"), ("03-03-2016 10:00", "Closed")]
    imported(*updates("INC1", *steps, resolved_at="01-03-2016 12:34"))
    assert known().resolved == at(3, 1, 12, 34)


def test_the_time_of_solution_is_the_last_rows():
    first, last = updates("INC1", ("01-03-2016 08:00", "Resolved"), ("02-03-2016 08:00", "Active"))
    imported(first | {"resolved_at": "01-03-2016 08:00"}, last)
    assert known().resolved is None


def test_closed_without_a_time_of_solution_is_unsolved_and_told():
    steps = [("01-03-2016 08:00", "New"), ("06-03-2016 12:00", "Closed")]
    one = imported(*updates("INC1", *steps, closed_at="06-03-2016 12:00"))
    assert (known().resolved, known().closed, one.left_out) == (None, at(3, 6, 12, 0), 0)
    assert told(one) == [(3, "INC1", "Its state is “Closed”, but it has no time of solution. It counts as unsolved.")]


def test_a_span_of_waiting_is_a_pause_until_the_next_row():
    steps = [("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "Awaiting User Info"), ("01-03-2016 11:00", "Active")]
    imported(*updates("INC1", *steps))
    assert spans() == [(at(3, 1, 9, 0), at(3, 1, 11, 0), "Awaiting User Info")]


def test_rows_that_go_on_waiting_for_the_same_are_one_pause():
    steps = [("01-03-2016 09:00", "Awaiting Vendor"), ("01-03-2016 10:00", "Awaiting Vendor")]
    imported(*updates("INC1", *steps, ("01-03-2016 11:00", "Active")))
    assert spans() == [(at(3, 1, 9, 0), at(3, 1, 11, 0), "Awaiting Vendor")]


def test_waiting_for_one_thing_after_another_is_two_pauses():
    steps = [("01-03-2016 09:00", "Awaiting Vendor"), ("01-03-2016 10:00", "Awaiting Problem")]
    imported(*updates("INC1", *steps, ("01-03-2016 11:00", "Active")))
    assert spans() == [
        (at(3, 1, 9, 0), at(3, 1, 10, 0), "Awaiting Vendor"),
        (at(3, 1, 10, 0), at(3, 1, 11, 0), "Awaiting Problem"),
    ]


def test_a_state_that_only_mentions_waiting_is_no_pause():
    imported(*updates("INC1", ("01-03-2016 09:00", "Not Awaiting"), ("01-03-2016 10:00", "Active")))
    assert spans() == []


def test_waiting_that_was_over_within_its_minute_is_no_pause():
    imported(*updates("INC1", ("01-03-2016 09:00", "Awaiting Vendor"), ("01-03-2016 09:00", "Active")))
    assert spans() == []


def test_an_incident_that_still_waits_has_a_pause_without_an_end():
    imported(*updates("INC1", ("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "Awaiting Vendor")))
    assert spans() == [(at(3, 1, 9, 0), None, "Awaiting Vendor")]


def test_waiting_in_the_last_row_of_a_solved_incident_ends_with_the_solution():
    steps = [("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "Awaiting Vendor")]
    imported(*updates("INC1", *steps, resolved_at="02-03-2016 09:00"))
    assert spans() == [(at(3, 1, 9, 0), at(3, 2, 9, 0), "Awaiting Vendor")]


def test_waiting_in_the_last_row_of_a_closed_incident_has_no_end_and_its_solution_is_never_decided(arendal):
    calendar = make.calendar("Dag", has_public_holidays=False)
    version = make.agreement((Service.objects.get(code="EPOST"), arendal), hours=calendar)
    version.targets.filter(priority=3, metric=Metric.RESOLUTION).update(minutes=465)
    steps = [("04-04-2016 08:00", "New"), ("04-04-2016 09:00", "Awaiting User")]
    imported(*updates("INC1", *steps, opened_at="04-04-2016 08:00", closed_at="06-04-2016 08:00"))
    recalculate()
    clock = Clock.objects.get(target__metric=Metric.RESOLUTION)
    assert spans() == [(at(4, 4, 9, 0), None, "Awaiting User")]
    assert (clock.stopped, clock.due, clock.month, clock.met) == (None, None, None, None)
    assert list(Compliance.objects.values_list("target__metric", flat=True)) == [Metric.RESPONSE]


def test_a_pause_that_goes_on_after_the_solution_is_not_cut():
    steps = [("01-03-2016 09:00", "Awaiting User Info"), ("04-03-2016 09:00", "Closed")]
    imported(*updates("INC1", *steps, resolved_at="02-03-2016 09:00"))
    assert spans() == [(at(3, 1, 9, 0), at(3, 4, 9, 0), "Awaiting User Info")]


def test_the_first_of_two_ambiguous_hours_is_meant():
    imported({"opened_at": "30-10-2016 02:30", "sys_updated_at": "30-10-2016 03:30"})
    assert known().opened.isoformat() == "2016-10-30T00:30:00+00:00"


def test_an_hour_that_does_not_exist_is_moved_forward_and_told():
    one = imported({"opened_at": "27-03-2016 02:30", "sys_updated_at": "27-03-2016 04:00"})
    assert known().opened == at(3, 27, 3, 30)
    reason = "opened_at 27-03-2016 02:30 does not exist (summer time begins). It was moved one hour forward."
    assert (told(one), one.left_out) == ([(2, "INC1", reason)], 0)


def test_every_hour_of_a_row_that_does_not_exist_is_told():
    columns = ("closed_at", "opened_at", "resolved_at", "sys_updated_at")
    one = imported(dict.fromkeys(columns, "27-03-2016 02:30"))
    found = [(problem.line, problem.column, problem.kind) for problem in one.problems.all()]
    assert (found, one.left_out) == ([(2, column, "shifted") for column in columns], 0)


def test_every_value_of_a_row_that_cannot_be_read_is_told():
    columns = ("closed_at", "opened_at", "resolved_at", "sys_created_at", "sys_mod_count", "sys_updated_at")
    one = imported(dict.fromkeys(columns, "soon"))
    assert [problem.column for problem in one.problems.all()] == list(columns)
    assert (one.left_out, Incident.objects.count()) == (1, 0)


@pytest.mark.parametrize("column", ["opened_at", "sys_updated_at", "resolved_at", "closed_at", "sys_created_at"])
@pytest.mark.parametrize(
    "value", ["31-02-2016 10:00", "2016-03-01 10:00", "01-13-2016 10:00", "01-03-2016", "01-03-2016 24:00", "yesterday"]
)
def test_a_date_that_does_not_parse_leaves_out_the_whole_incident_and_is_told(column, value):
    good = updates("INC2", ("01-03-2016 08:00", "New"))
    first, last = updates("INC1", ("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "Active"))
    one = imported(first, last | {column: value}, *good)
    assert [incident.external_id for incident in Incident.objects.all()] == ["INC2"]
    reason = f"{column} is “{value}”; a day, month, year, hour and minute were expected."
    assert (told(one), one.left_out) == ([(3, "INC1", reason)], 1)


@pytest.mark.parametrize("column", ["opened_at", "sys_updated_at", "sys_mod_count", "priority", "number"])
@pytest.mark.parametrize("value", ["?", "", " "])
def test_what_an_incident_cannot_do_without_leaves_it_out_when_it_is_missing(column, value):
    one = imported({column: value})
    number = "" if column == "number" else "INC1"
    assert (told(one), one.left_out) == ([(2, number, f"{column} is missing.")], 1)


def test_a_priority_without_a_digit_leaves_out_the_incident():
    one = imported({"priority": "High"})
    assert told(one) == [(2, "INC1", "priority is “High”; it should begin with a digit from 1 to 9.")]


def test_a_count_that_is_no_number_leaves_out_the_incident():
    one = imported({"sys_mod_count": "two"})
    assert told(one) == [(2, "INC1", "sys_mod_count is “two”, which cannot be read.")]


def test_an_incident_solved_before_it_was_opened_is_left_out_and_told():
    one = imported({"resolved_at": "01-03-2016 07:59"}, {"number": "INC2", "resolved_at": "01-03-2016 08:00"})
    assert [incident.external_id for incident in Incident.objects.all()] == ["INC2"]
    assert told(one) == [(2, "INC1", "It was solved (01-03-2016 07:59) before it was opened.")]


def test_the_same_wrong_text_on_many_rows_is_told_once_at_its_first_line():
    steps = [("01-03-2016 08:00", "New"), ("01-03-2016 09:00", "Active"), ("01-03-2016 10:00", "Closed")]
    one = imported(*updates("INC1", *steps, opened_at="soon"))
    assert [line for line, _number, _reason in told(one)] == [2]


def test_question_marks_and_blanks_around_words_are_not_part_of_them():
    imported({"category": " Category 1 ", "number": " INC1 ", "u_symptom": "?"})
    assert known().title == "Category 1 · Subcategory 1"
