"""«Hva om» in words: the title names what matters most, and a figure that goes away is told as that."""

from decimal import Decimal

import pytest
from django.utils import translation

from partnership.models import Organisation
from sla.figures.what_if import CreditSum, WhatIf
from sla.levels import Level
from sla.models import AgreementVersion, Metric, Target
from sla.recalculation.supposed import Changes, Supposed
from sla.spans import Month
from sla.words import plain
from sla.words import what_if as words
from tests import make

SOLVED, ANSWERED = Metric.RESOLUTION, Metric.RESPONSE


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def level(met: int, counted: int = 1000, wanted: int = 900, enough: int = 700) -> Level:
    return Level(counted, met, Decimal(wanted), Decimal(enough))


def found(before: dict[Metric, Level], after: dict[Metric, Level], version: AgreementVersion | None = None) -> WhatIf:
    was, would = ({(1, metric): one for metric, one in side.items()} for side in (before, after))
    supposed = Supposed(was, would, Changes.together([]), {}, {})
    months = Month(2026, 1), Month(2026, 3)
    return WhatIf(version or AgreementVersion(), months, [Organisation(pk=1, name="Arendal")], supposed)


def test_the_title_names_what_would_not_have_been_promised():
    both = {SOLVED: level(1000), ANSWERED: level(1000)}
    assert words.title(found(both, {SOLVED: level(1000)})) == "Answered in time would not have been promised"
    nothing = "Solved in time and answered in time would not have been promised"
    assert words.title(found(both, {})) == nothing


def test_the_title_names_a_change_of_status_before_a_larger_step():
    before = {SOLVED: level(690), ANSWERED: level(710)}
    after = {SOLVED: level(500), ANSWERED: level(690)}
    assert words.title(found(before, after)) == "Answered in time would have been 69.0% instead of 71.0%"


def test_a_figure_of_another_status_goes_before_one_that_goes_away():
    before = {SOLVED: level(950), ANSWERED: level(1000)}
    assert words.title(found(before, {SOLVED: level(600)})) == "Solved in time would have been 60.0% instead of 95.0%"
    after = {SOLVED: level(940)}
    assert words.title(found(before, after)) == "Answered in time would not have been promised"


def test_of_two_changes_of_status_the_title_names_the_larger():
    before = {SOLVED: level(950), ANSWERED: level(797)}
    after = {SOLVED: level(890), ANSWERED: level(666)}
    assert words.title(found(before, after)) == "Answered in time would have been 66.6% instead of 79.7%"


def test_where_only_what_is_wanted_is_another_the_title_tells_the_status():
    after = {SOLVED: level(800, wanted=950, enough=900)}
    title = "Solved in time would have been not good enough instead of good enough"
    assert words.title(found({SOLVED: level(800)}, after)) == title


def test_what_was_not_promised_before_is_told_as_that():
    title = "Solved in time was not promised, and would have been 95.0%"
    assert words.title(found({}, {SOLVED: level(950)})) == title


def test_what_is_not_measured_has_a_symbol_and_no_second_dash():
    ((was, would),) = words.owners(found({SOLVED: level(950)}, {}))[0].cells
    assert [(one.word, one.share) for one in (was, would)] == [("on target", "95.0%"), ("not measured", "")]


def test_percentage_points_of_different_prices_are_no_share_of_any():
    told = words._credits(CreditSum(8, Decimal("70.00")))
    assert told == "8 service credits, 70 percentage points in all"


@pytest.mark.django_db
def test_of_a_version_that_promises_deliveries_the_page_says_that_they_are_left_out(arendal):
    email = make.service("EPOST", "E-post")
    draft = make.draft((email, arendal))
    assert words.state(found({}, {}, draft)).endswith("2026.")
    Target.objects.create(version=draft, metric=Metric.LEAD_TIME, days=3, pauses=False)
    assert words.state(found({}, {}, draft)).endswith("2026. Delivery of orders is not included.")


def test_a_share_has_its_sign_as_the_language_writes_it():
    assert plain.percentage(level(985)) == "98.5%"
    with translation.override("nb"):
        assert plain.percentage(level(985)) == "98,5\u00a0%"
    assert plain.percentage(Level()) == "–"
