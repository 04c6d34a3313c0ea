"""What a report tells as corrected: counts, targets, and whose figures they are."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from kit.charts import PRINT
from kit.quarters import Quarter
from reports import csv_twin
from reports.corrections import Correction
from reports.document import Edited, laid_out
from reports.figures import BoardFigures, collect, compared, frozen, thawed
from sla.levels import Level, Status
from sla.models import Metric, Target
from sla.recalculation import recalculate
from tests.reports import made
from tests.sla import measured

FOURTH = Quarter(2026, 4)


@pytest.fixture
def levels(arendal, grimstad):
    return measured.levels(arendal, grimstad)


def fourth() -> BoardFigures:
    return collect(FOURTH, timezone.now() + timedelta(days=60))


def promised(levels, metric: Metric = Metric.RESOLUTION, **shares: str) -> None:
    levels.version.targets.filter(metric=metric).update(**shares)
    recalculate()


def told(figures: BoardFigures) -> list[tuple[str, str, str, str]]:
    with translation.override("en"):
        rows = laid_out(figures, Edited("0" * 64, {}, None), PRINT).corrections.rows
    return [(row.figure, row.was, row.now, row.effect) for row in rows]


def test_a_target_that_became_another_is_told_though_nothing_is_counted_otherwise(levels):
    made.published()
    promised(levels, wanted="0.7", good_enough="0.6")
    email = next(one for one in fourth().corrections if one.service and one.service.nb == "E-post")
    assert (email.was.status, email.now.status) == (Status.NOT_GOOD_ENOUGH, Status.ON_TARGET)
    assert [(one.is_of_counts, one.limits) for one in fourth().corrections] == [(False, ("wanted", "good_enough"))] * 5
    assert told(fourth())[0] == (
        "All services, solved in time",
        "target 90%, good enough 80%",
        "target 70%, good enough 60%",
        "From not good enough to good enough",
    )


def test_only_what_is_good_enough_may_be_another(levels):
    made.published()
    promised(levels, Metric.RESPONSE, good_enough="0.8555")
    assert told(fourth())[0] == (
        "All services, answered in time", "good enough 80%", "good enough 85.5%", "The judgement stands"
    )  # fmt: skip


def test_a_target_is_told_with_the_decimals_that_it_takes(levels):
    made.published()
    promised(levels, wanted="0.90004")
    assert told(fourth())[0][1:3] == ("target 90%", "target 90.004%")


def test_a_target_that_reads_the_same_is_not_told_as_another():
    """Two services of which one was to be up ten seconds less: what they are held against together hardly moves."""
    was = Level(20_000_000, 19_999_000, Decimal(19_940_000), Decimal(19_800_000))
    now = Level(19_999_990, 19_998_990, Decimal("19939990.05"), Decimal("19799990.10"))
    one = Correction("2026Q3", "2026Q2", None, Metric.AVAILABILITY, was, now)
    assert (one.is_of_counts, one.limits) == (True, ())
    same_counts = replace(one, now=replace(was, wanted=was.wanted + Decimal("0.05")))
    assert not same_counts.is_news


def test_counts_and_target_may_both_be_others(levels):
    made.published()
    levels.incidents[1].delete()
    promised(levels, wanted="0.7", good_enough="0.6")
    assert told(fourth())[2][:3] == (
        "E-post, solved in time", "75.0% (3 of 4), target 90%", "100.0% (3 of 3), target 70%"
    )  # fmt: skip


def test_an_incident_that_is_another_owner_s_corrects_both_owners(levels, grimstad):
    made.published()
    moved = levels.incidents[1]
    moved.organisation = grimstad
    moved.save()
    recalculate()
    assert told(fourth()) == [
        ("Arendal, solved in time", "66.6% (2 of 3)", "100.0% (2 of 2)", "From not good enough to on target"),
        ("Arendal, answered in time", "100.0% (3 of 3)", "100.0% (2 of 2)", "The judgement stands"),
        ("Grimstad, solved in time", "50.0% (1 of 2)", "33.3% (1 of 3)", "The judgement stands"),
        ("Grimstad, answered in time", "100.0% (2 of 2)", "100.0% (3 of 3)", "The judgement stands"),
    ]


def test_a_service_that_has_left_the_series_is_corrected_to_nothing(levels):
    before, now = collect(Quarter(2026, 3), timezone.now()), fourth()
    left = replace(now.service_levels, services=now.service_levels.services[:1])
    (found,) = [
        one
        for one in compared(replace(now, sections=now.sections | {"service_levels": left}), before).corrections
        if one.metric == Metric.RESOLUTION
    ]
    assert (found.service.nb, found.was.counted, found.now.counted, found.limits) == ("Sak/arkiv", 1, 0, ())


def test_another_target_of_availability_is_told(levels):
    up = Target.objects.create(
        version=levels.version, metric=Metric.AVAILABILITY, wanted="0.995", good_enough="0.99", notice_days=3,
        pauses=False,
    )  # fmt: skip
    recalculate()
    made.published()
    promised(levels, Metric(up.metric), wanted="0.9995")
    assert told(fourth())[0] == (
        "All services, availability", "target 99.5%", "target 99.95%", "The judgement stands"
    )  # fmt: skip


def test_the_file_has_the_owner_and_what_the_figure_is_held_against(levels):
    made.published()
    promised(levels, wanted="0.95")
    with translation.override("en"):
        rows = csv_twin.csv_twin(fourth()).decode("utf-8-sig").splitlines()
    assert [row for row in rows if ";Arendal;Corrected" in row] == [
        "2026Q3;all;Arendal;Corrected, was: solved in time;2;3;66,6;not good enough",
        "2026Q3;all;Arendal;Corrected, was: solved in time, target;;;90;",
        "2026Q3;all;Arendal;Corrected, is: solved in time;2;3;66,6;not good enough",
        "2026Q3;all;Arendal;Corrected, is: solved in time, target;;;95;",
    ]


def numbers(data):
    """As a document with JSON numbers where ours have text."""
    if isinstance(data, dict):
        return {
            name: float(value) if name in ("wanted", "good_enough") else numbers(value) for name, value in data.items()
        }
    return [numbers(one) for one in data] if isinstance(data, list) else data


def test_a_document_with_shares_as_numbers_is_no_correction(levels):
    promised(levels, wanted="0.7", good_enough="0.6")
    before = collect(Quarter(2026, 3), timezone.now())
    assert compared(fourth(), thawed(numbers(frozen(before)))).corrections == ()


def test_a_document_from_before_owners_were_compared_is_read(levels, arendal):
    made.published()
    promised(levels, wanted="0.95")
    older = frozen(fourth())
    for one in older["corrections"]:
        del one["owner"]
    assert {one.owner for one in thawed(older).corrections} == {""}
