"""What waits to be measured, by whom, and how a benefit is found."""

from datetime import date

from benefits.figures import find_benefits
from benefits.waiting import measurements_due
from tests import make_benefits


def test_what_was_never_measured_or_is_older_than_the_frequency_waits(arendal, grimstad):
    quarterly = make_benefits.benefit()
    late, fresh = make_benefits.share(arendal, quarterly), make_benefits.share(grimstad, quarterly)
    never = make_benefits.share(arendal, make_benefits.benefit("K1"))
    make_benefits.measurement(late, 70, date(2025, 3, 31))
    make_benefits.measurement(fresh, 70, date(2025, 4, 1))
    due = measurements_due(late.owner, date(2025, 6, 30))
    assert [(one.share, one.since, one.is_own) for one in due] == [(never, None, True), (late, date(2025, 6, 30), True)]


def test_nothing_waits_for_those_who_do_not_measure_and_everything_for_an_administrator(
    arendal, administrator, order_placer, board_member
):
    make_benefits.share(arendal)
    counts = {user.name: len(measurements_due(user)) for user in (administrator, order_placer, board_member)}
    assert counts == {"Ingrid Dahl": 1, "Kari Nordmann": 0, "Tor Lund": 0}


def test_a_benefit_is_found_by_code_name_and_indicator_by_whoever_may_see_it(administrator, stranger):
    benefit = make_benefits.benefit(name_en="Joint phones")
    assert [list(find_benefits(administrator, text)) for text in ("ø1", "mobilav", "phones", "finnes ikke", " ")] == [
        [benefit],
        [benefit],
        [benefit],
        [],
        [],
    ]
    assert list(find_benefits(stranger, "ø1")) == []
