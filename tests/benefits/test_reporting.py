"""A quarter of benefits: exact sums, the three largest deviations, frozen and brought back unchanged."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.arithmetic import Effect
from benefits.reporting import Benefits, benefits_for
from benefits.reporting.shapes import Counts
from kit.quarters import Quarter
from reports.canonical import plain, restored
from tests import make, make_benefits

QUARTER = Quarter(2025, 3)


@pytest.fixture
def shares(arendal, grimstad):
    money, time = make_benefits.benefit(), make_benefits.benefit("A1", "Digitale søknader")
    quality = make_benefits.benefit("K1", "Fornøyde brukere")
    made = [
        make_benefits.share(arendal, money),
        make_benefits.share(grimstad, money),
        make_benefits.share(arendal, time),
        make_benefits.share(arendal, quality),
    ]
    for share, value, day in (
        (made[0], 80, date(2025, 6, 30)),
        (made[0], 45, date(2025, 9, 30)),
        (made[0], 10, date(2025, 10, 1)),
        (made[2], 120, date(2025, 9, 1)),
        (made[3], 55, date(2025, 9, 1)),
    ):
        make_benefits.measurement(share, value, day)
    return made


def test_each_type_is_added_by_itself_and_what_is_not_measured_is_not_realised(shares):
    found = benefits_for(QUARTER, quarters=2)
    assert found.quarters == ("2025Q2", "2025Q3")
    assert found.of_type("money").effects == (
        Effect(Decimal(100), Decimal(80), Decimal(20), measured=1, unmeasured=1),
        Effect(Decimal(100), Decimal(80), Decimal(55), measured=1, unmeasured=1),
    )
    assert found.of_type("time").effect == Effect(Decimal(50), Decimal(40), Decimal(-20), measured=1)
    assert (found.of_type("quality").effect, found.of_type("others")) == (None, None)


def test_the_shares_are_counted_by_status(shares):
    assert benefits_for(QUARTER).now == Counts(on_target=1, good_enough=1, not_good_enough=1, not_measured=1)


def test_each_owner_has_its_own_figures(shares):
    owners = {one.name: one for one in benefits_for(QUARTER).owners}
    assert list(owners) == ["Arendal", "Grimstad"]
    assert owners["Grimstad"].counts == Counts(not_measured=1)
    assert (owners["Arendal"].kroner.realised, owners["Arendal"].full_time.realised) == (55, -20)


def test_a_report_of_one_owner_holds_nothing_of_another(shares, grimstad):
    found = benefits_for(QUARTER, owner=grimstad)
    assert ([one.name for one in found.owners], found.deviations) == (["Grimstad"], ())
    assert [one.code for one in found.unmeasured] == ["Ø1"]


def test_the_three_that_came_the_shortest_way_are_the_largest_deviations(arendal):
    for number, value in enumerate((90, 130, 80, 110), start=1):
        make_benefits.measurement(make_benefits.share(arendal, make_benefits.benefit(f"Ø{number}")), value)
    found = benefits_for(QUARTER).deviations
    assert [(one.code, one.achieved) for one in found] == [
        ("Ø2", Decimal("-60.0")),
        ("Ø4", Decimal("-20.0")),
        ("Ø1", Decimal("20.0")),
    ]


def test_a_correction_counts_instead_of_what_it_corrects(arendal):
    share = make_benefits.share(arendal)
    old = make_benefits.measurement(share, 90, is_current=False)
    make_benefits.measurement(share, 50, corrects=old)
    assert benefits_for(QUARTER).now == Counts(on_target=1)


def test_figures_are_frozen_and_come_back_as_they_were(shares):
    found = benefits_for(QUARTER)
    assert restored(Benefits, plain(found)) == found


@pytest.mark.parametrize("count", [1, 3])
def test_a_report_asks_as_much_whatever_the_number_of_shares(django_assert_num_queries, arendal, count: int):
    for number in range(count):
        make_benefits.measurement(make_benefits.share(arendal, make_benefits.benefit(f"Ø{number + 1}")), 70)
    with django_assert_num_queries(3):
        benefits_for(QUARTER)


def test_nothing_at_all_is_a_report_too(db):
    make.partnership()
    found = benefits_for(QUARTER)
    assert (found.types, found.owners, found.now) == ((), (), Counts())
