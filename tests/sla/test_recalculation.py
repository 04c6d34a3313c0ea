from datetime import date, timedelta

import pytest

from sla.models import Clock, Compliance, Incident, Metric, Pause
from sla.recalculation import recalculate
from sla.recalculation.reading import chunks
from tests import make
from tests.make import oslo
from tests.sla.clerk import Verdict, counts, verdicts
from tests.sla.winter import NOW, everything, scatter


def stored() -> set[Verdict]:
    return {
        Verdict(
            incident_id=clock.incident_id,
            target_id=clock.target_id,
            calendar_version_id=clock.calendar_version_id,
            due=clock.due,
            work=None if clock.worked is None else clock.worked // timedelta(seconds=1),
            paused=clock.paused_seconds,
            month=clock.month,
            met=clock.met,
        )
        for clock in Clock.objects.all()
    }


def stored_counts() -> dict:
    cells = Compliance.objects.values_list("service_id", "organisation_id", "month", "target_id", "counted", "met")
    return {tuple(cell): (counted, met) for *cell, counted, met in cells}


@pytest.mark.parametrize("seed", [1, 2])
def test_clocks_and_months_are_those_of_a_clerk_who_counts_minutes(places, agreed, seed):
    scatter(places, 80, seed)

    recalculate(as_of=NOW)

    hers = list(verdicts(Incident.objects.prefetch_related("pauses"), NOW))
    where = {one.pk: (one.service_id, one.organisation_id) for one in Incident.objects.all()}
    assert stored() == set(hers)
    assert stored_counts() == counts(hers, where)


def test_a_few_at_a_time_leave_the_same_rows_as_everything_at_once(places, agreed):
    scatter(places, 120)
    recalculate(as_of=NOW)
    at_once = everything()
    Clock.objects.all().delete()
    Compliance.objects.all().delete()

    for remainder in range(3):
        recalculate(incidents=Incident.objects.filter(pk__in=[i for i in numbers() if i % 3 == remainder]), as_of=NOW)

    assert everything() == at_once


def numbers() -> list[int]:
    return list(Incident.objects.values_list("pk", flat=True))


def test_twice_leaves_the_same_rows_under_another_run(places, agreed):
    scatter(places, 60)
    first = recalculate(as_of=NOW)
    once = everything()

    second = recalculate(as_of=NOW)

    assert everything() == once
    assert set(Clock.objects.values_list("run", flat=True)) == {second.pk}
    assert (first.incident_count, first.clock_count) == (second.incident_count, second.clock_count)
    assert second.clock_count == Clock.objects.count()


def test_chunks_of_any_size_hold_the_same_incidents_and_pauses(places, agreed):
    scatter(places, 50)
    (whole,) = chunks()

    parts = list(chunks(size=7))

    assert [len(part.ids) for part in parts] == [7] * 7 + [1]
    for column in ("ids", "services", "organisations", "priorities", "opened", "responded", "resolved"):
        assert [v for part in parts for v in getattr(part, column)] == list(getattr(whole, column))
    assert sorted(v for part in parts for v in part.pauses.froms) == sorted(whole.pauses.froms)


def test_an_incident_that_moves_leaves_the_cell_it_was_counted_in(places):
    make.agreement(*places)
    (service, arendal), (_same, grimstad) = places[:2]
    moved = make.incident(service, arendal, oslo(2026, 1, 5, 9), resolved=oslo(2026, 1, 5, 10))
    recalculate(as_of=NOW)

    Incident.objects.update(organisation=grimstad, resolved=oslo(2026, 2, 2, 9))
    recalculate(incidents=Incident.objects.filter(pk=moved.pk), as_of=NOW)

    cells = Compliance.objects.order_by("month").values_list("organisation", "month", "counted", "met")
    assert list(cells) == [(grimstad.pk, date(2026, 1, 1), 1, 0), (grimstad.pk, date(2026, 1, 1), 1, 0)]


def test_a_clock_is_undecided_until_it_falls_due_and_keeps_that_month(places):
    make.agreement(*places)
    one = make.incident(*places[0], oslo(2026, 1, 30, 15, 0))  # a Friday; an hour of work ends on Monday
    response = Clock.objects.filter(incident=one, target__metric=Metric.RESPONSE)

    recalculate(as_of=oslo(2026, 2, 2, 8, 14))
    before = response.values_list("month", "met", "due").get()
    recalculate(as_of=oslo(2026, 2, 2, 8, 15))
    after = response.values_list("month", "met", "due").get()
    Incident.objects.update(responded=oslo(2026, 3, 3, 9))
    recalculate(as_of=NOW)

    assert before == (None, None, oslo(2026, 2, 2, 8, 15))
    assert after == (date(2026, 2, 1), False, oslo(2026, 2, 2, 8, 15))
    assert response.values_list("month", "met", "due").get() == after


def test_an_answer_logged_before_the_opening_is_no_work_and_met_in_its_own_month(places):
    make.agreement(*places)
    one = make.incident(*places[0], oslo(2026, 2, 2, 9), responded=oslo(2026, 1, 31, 23, 59))

    recalculate(as_of=NOW)

    clock = Clock.objects.get(incident=one, target__metric=Metric.RESPONSE)
    assert (clock.worked, clock.met, clock.month) == (timedelta(0), True, date(2026, 1, 1))
    assert clock.decided == oslo(2026, 1, 31, 23, 59)


def test_a_pause_without_end_keeps_a_clock_from_falling_due(places):
    make.agreement(*places)
    one = make.incident(*places[0], oslo(2026, 1, 5, 9))
    Pause.objects.create(incident=one, started=oslo(2026, 1, 5, 10))

    recalculate(as_of=NOW)

    clock = Clock.objects.get(incident=one, target__metric=Metric.RESOLUTION)
    assert (clock.due, clock.month, clock.met, clock.work_at_stop) == (None, None, None, None)


def test_what_no_agreement_covers_has_no_clock_and_is_listed(places, agreed):
    covered = make.incident(*places[0], oslo(2026, 3, 16, 0, 0), priority=2)
    ended = make.incident(*places[2], oslo(2026, 3, 16, 0, 0), priority=2)
    never = make.incident(*places[3], oslo(2026, 2, 1, 12), priority=2)

    recalculate(as_of=NOW)

    assert set(Clock.objects.values_list("incident", flat=True)) == {covered.pk}
    assert set(Incident.objects.without_agreement()) == {ended, never}


def test_nothing_at_all_is_calculated_too(db):
    run = recalculate()

    assert (run.incident_count, run.clock_count, run.is_full) == (0, 0, True)
    assert everything() == (set(), set())


def test_compliance_names_its_versions_and_another_input_has_another_digest(places, agreed):
    make.incident(*places[0], oslo(2026, 2, 10, 9), resolved=oslo(2026, 2, 10, 10))
    make.incident(*places[0], oslo(2026, 2, 11, 9), resolved=oslo(2026, 2, 11, 10))
    recalculate(as_of=NOW)
    cell = Compliance.objects.get(target__metric=Metric.RESOLUTION)
    versions = [version.pk for version in cell.target.version.calendar.versions.order_by("pk")]

    Incident.objects.filter(opened=oslo(2026, 2, 11, 9)).update(resolved=oslo(2026, 2, 11, 11))
    recalculate(as_of=NOW)
    again = Compliance.objects.get(target__metric=Metric.RESOLUTION)

    assert cell.calendar_versions == versions
    assert (cell.counted, cell.met) == (again.counted, again.met) == (2, 2)
    assert len(cell.digest) == 64
    assert cell.digest != again.digest


def test_deleting_an_incident_takes_its_clocks_along(places):
    make.agreement(*places)
    make.incident(*places[0], oslo(2026, 1, 5, 9))
    recalculate(as_of=NOW)

    Incident.objects.all().delete()

    assert Clock.objects.count() == 0
