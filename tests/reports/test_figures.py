"""What a report says: read from compliance and clocks, frozen as JSON, and the same again when thawed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from kit.quarters import Quarter
from reports import actions, figures
from reports.canonical import digest_of
from reports.figures import collect, frozen, thawed
from reports.models import Edition
from sla.levels import Level
from sla.recalculation import recalculate
from sla.reporting import IncidentCounts, service_levels
from tests import make
from tests.reports import made
from tests.reports.made import THIRD
from tests.sla import measured
from tests.sla.measured import BROKEN, reported


@pytest.fixture
def levels(arendal, grimstad):
    return measured.levels(arendal, grimstad)


def counts(level: Level) -> tuple[int, int]:
    return level.met, level.counted


def test_the_quarter_is_added_up_over_services_and_owners(levels):
    found = service_levels(THIRD, timezone.now())
    assert counts(found.now.resolution) == (3, 5)
    assert {one.code: counts(one.now.resolution) for one in found.services} == {"EPOST": (3, 4), "SAK": (0, 1)}
    assert {one.name: counts(one.now.resolution) for one in found.owners} == {"Arendal": (2, 3), "Grimstad": (1, 2)}


def test_target_and_good_enough_are_summed_exactly(levels):
    now = service_levels(THIRD, timezone.now()).now.resolution
    assert (now.wanted, now.good_enough) == (Decimal("4.5"), Decimal("4.0"))


def test_months_and_quarters_are_the_same_clocks(levels):
    found = service_levels(THIRD, timezone.now())
    assert len(found.quarters) == 8
    assert len(found.months) == 24
    assert sum((month.resolution for month in found.monthly[-3:]), Level()) == found.now.resolution
    assert counts(found.total[-2].resolution) == (0, 0)


def test_owners_stand_in_order_of_inhabitants_and_their_services_in_order_of_the_services(levels):
    found = service_levels(THIRD, timezone.now())
    arendal, grimstad = found.owners
    assert (arendal.name, grimstad.name) == ("Arendal", "Grimstad")
    assert [counts(one.resolution) for one in grimstad.services] == [(1, 1), (0, 1)]


def test_incidents_are_counted_when_the_quarter_ended_and_when_the_figures_were_read(levels, arendal):
    opened = make.oslo(2026, 9, 29, 9)
    make.incident(levels.email, arendal, opened, responded=opened, resolved=make.oslo(2026, 10, 20, 9))
    make.incident(levels.archive, arendal, opened)
    recalculate(as_of=make.oslo(2026, 11, 1))
    found = service_levels(THIRD, make.oslo(2026, 11, 1))
    assert found.incidents[-1] == IncidentCounts(7, 5, open_at_end=2, overdue_at_end=1, without_agreement=1)
    assert (found.open_at_cut_off, found.overdue_at_cut_off) == (1, 0)


def test_an_open_incident_is_overdue_from_its_due_instant(levels, arendal):
    make.incident(levels.email, arendal, make.oslo(2026, 9, 1, 9))
    recalculate(as_of=make.oslo(2026, 10, 2))
    assert service_levels(THIRD, make.oslo(2026, 10, 2)).incidents[-1].overdue_at_end == 1


def test_working_time_is_told_by_observed_times_of_what_was_solved_in_the_quarter(levels):
    (row,) = service_levels(THIRD, timezone.now()).priorities
    assert (row.priority, row.solved, row.median_seconds) == (3, 5, 2 * 3600)
    assert row.ninth_decile_seconds > row.median_seconds


def test_the_versions_that_judged_are_named(levels):
    (version,) = service_levels(THIRD, timezone.now()).versions
    assert (version.agreement, version.number, version.incidents) == ("Driftsavtalen", 1, 5)
    assert [(one.name, one.number) for one in version.calendars] == [("Kontortid, Driftsavtalen", 1)]


def test_nothing_measured_is_no_level_at_all(db):
    found = service_levels(THIRD, timezone.now())
    assert counts(found.now.resolution) == (0, 0)
    assert (found.services, found.owners, found.priorities, found.versions) == ((), (), (), ())


def test_the_number_of_queries_does_not_follow_the_rows(levels, arendal, django_assert_num_queries):
    with django_assert_num_queries(55):
        service_levels(THIRD, timezone.now())
    make.participation(make.organisation("4215"))
    reported(make.service("NETT", "Nett"), arendal, make.oslo(2026, 7, 7, 9), BROKEN)
    with django_assert_num_queries(55):
        service_levels(THIRD, timezone.now())


def test_what_is_thawed_is_what_was_frozen(levels):
    found = collect(THIRD, timezone.now())
    assert thawed(frozen(found)) == found


def test_the_digest_is_that_of_the_figures_as_the_database_keeps_them(levels):
    edition = made.edition()
    edition.refresh_from_db()
    assert digest_of(edition.figures) == edition.digest
    assert len(edition.digest) == 64


def test_a_draft_is_read_anew_in_the_same_row(levels, arendal):
    first = made.edition()
    reported(levels.email, arendal, make.oslo(2026, 9, 1, 9), BROKEN)
    recalculate()
    again = made.edition()
    assert again.pk == first.pk
    assert again.digest != first.digest
    assert Edition.objects.count() == 1


def test_frozen_figures_are_not_read_anew(levels, arendal):
    first = made.edition("frozen")
    reported(levels.email, arendal, make.oslo(2026, 9, 1, 9), BROKEN)
    recalculate()
    assert actions.draft(quarter=THIRD, by=None).digest == first.digest


@pytest.mark.parametrize(
    "change",
    [{"figures": {}}, {"digest": "x"}, {"year": 2025}, {"cut_off": make.oslo(2026, 1, 1)}, {"status": "draft"}],
    ids=lambda change: next(iter(change)),
)
def test_the_database_itself_refuses_to_change_frozen_figures(db, change):
    edition = made.edition("frozen")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**change)


def test_the_database_itself_refuses_to_delete_a_frozen_report(db):
    edition = made.edition("frozen")
    with pytest.raises(ProgrammingError), transaction.atomic():
        edition.delete()


@pytest.mark.parametrize("table", ["reports_rendering", "reports_comment"])
def test_the_database_itself_keeps_a_published_report_as_it_is(db, table):
    edition = made.edition("frozen")
    actions.comment(edition=edition, section="front", text="Godt.", by=None)
    actions.publish(edition=edition, renderings=[made.paper(edition)], by=None)
    with pytest.raises(ProgrammingError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"delete from {table}")  # noqa: S608 - a literal of this test


def test_a_report_tells_what_it_corrects_in_the_newest_one_before_it(levels, arendal):
    made.published()
    reported(levels.email, arendal, make.oslo(2026, 9, 1, 9), BROKEN)
    recalculate()
    found = collect(Quarter(2026, 4), timezone.now()).corrections
    assert [
        (one.quarter, one.service and one.service.nb, one.owner, one.metric, counts(one.was), counts(one.now))
        for one in found
    ] == [
        ("2026Q3", None, "", "resolution", (3, 5), (3, 6)),
        ("2026Q3", None, "", "response", (5, 5), (6, 6)),
        ("2026Q3", "E-post", "", "resolution", (3, 4), (3, 5)),
        ("2026Q3", "E-post", "", "response", (4, 4), (5, 5)),
        ("2026Q3", None, "Arendal", "resolution", (2, 3), (2, 4)),
        ("2026Q3", None, "Arendal", "response", (3, 3), (4, 4)),
    ]


def test_what_has_been_told_as_corrected_is_not_told_again(levels, arendal):
    made.published()
    reported(levels.email, arendal, make.oslo(2026, 9, 1, 9), BROKEN)
    recalculate()
    made.published(Quarter(2026, 4))
    assert collect(Quarter(2027, 1), timezone.now()).corrections == ()


def test_the_newest_report_is_the_one_that_a_reader_may_see(levels, board_member, stranger):
    assert figures.newest_for(board_member) is None
    one = made.published(Quarter(2026, 2))
    made.edition(quarter=THIRD)
    assert figures.newest_for(board_member) == one
    assert figures.newest_for(stranger) is None


def test_closed_incidents_are_not_open(levels, arendal):
    opened = make.oslo(2026, 9, 1, 9)
    make.incident(levels.archive, arendal, opened, closed=opened + timedelta(days=1))
    assert service_levels(THIRD, timezone.now()).open_at_cut_off == 0
