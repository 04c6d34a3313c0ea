"""What an outage took under an agreement, span by span, in a drawing, in words and for machines."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.charts import Kind, Moment
from partnership.access import Role
from sla.actions.outages import save_outages
from sla.figures.fault import fault_sheets
from sla.figures.outages import effects
from sla.figures.sheet import NO_TIME, local_day
from sla.models import Metric, Outage, OutageKind, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from sla.words import fault as words
from tests import make
from tests.make import oslo
from tests.portal.test_api import bearer
from tests.sla.winter import ALWAYS

NOW = oslo(2027, 1, 1)


@pytest.fixture
def version(email, arendal, grimstad):
    """Availability promised to both owners, with three days of notice."""
    made = make.agreement((email, arendal), (email, grimstad))
    promised(made)
    return made


def promised(version, **fields) -> Target:
    values = {"wanted": "0.995", "good_enough": "0.99", "notice_days": 3, "pauses": False} | fields
    return Target.objects.create(version=version, metric=Metric.AVAILABILITY, **values)


def outage(service, started, ended=None, owner=None, **fields) -> Outage:
    number = str(Outage.objects.count() + 1)
    told = {"hits": [Hit(service, owner)], "started": started, "ended": ended} | fields
    save_outages(reports=[Report(source="test", external_id=number, **told)], by=None)
    return Outage.objects.get(external_id=number)


def test_an_easter_of_downtime_names_its_holidays_and_counts_only_open_hours(version, email, administrator):
    down = outage(email, oslo(2026, 4, 1, 14), oslo(2026, 4, 7, 9))
    [told] = fault_sheets(administrator, down, NOW)
    assert [(one.start, one.length) for one in told.spans] == [
        (oslo(2026, 4, 1, 14), timedelta(hours=1, minutes=45)),
        (oslo(2026, 4, 7, 8), timedelta(hours=1)),
    ]
    assert (told.taken, told.places) == (timedelta(hours=2, minutes=45), 2)
    with translation.override("nb"):
        assert words.finding(told) == "Det tok 2\u00a0t 45\u00a0min av åpningstiden"
        assert words.counts(told) == "Nedetid. Bare åpningstid teller."
        assert words.sentences(told)[0] == (
            "Stengt: skjærtorsdag 02.04.2026, langfredag 03.04.2026 og 2. påskedag 06.04.2026."
        )
        drawn = words.timeline(told)
    assert [day.day for day in drawn.days] == [date(2026, 4, 1), date(2026, 4, 7)]
    assert [[one.kind for one in day.stretches] for day in drawn.days] == [[Kind.OVERDUE]] * 2
    assert [[one.moment for one in day.happenings] for day in drawn.days] == [[Moment.REPORTED], [Moment.SOLVED]]


def test_the_night_the_clock_is_set_is_told_where_it_is_open(email, arendal, administrator):
    hours = make.calendar("Døgnet", weekly=ALWAYS, has_public_holidays=False)
    promised(make.agreement((email, arendal), hours=hours))
    night = outage(email, oslo(2026, 3, 28, 22), oslo(2026, 3, 29, 6))
    [told] = fault_sheets(administrator, night, NOW)
    assert told.taken == timedelta(hours=7)
    with translation.override("nb"):
        assert words.sentences(told)[0] == ("Klokken ble stilt fram 1\u00a0t 29.03.2026, og den tiden fantes ikke.")
    back = outage(email, oslo(2026, 10, 24, 22), oslo(2026, 10, 25, 6))
    [told] = fault_sheets(administrator, back, NOW)
    assert told.taken == timedelta(hours=9)
    with translation.override("nb"):
        assert "stilt tilbake 1\u00a0t 25.10.2026" in words.sentences(told)[0]


def test_planned_work_counts_as_neither_unless_it_was_notified_too_late(version, email, administrator):
    times = (oslo(2026, 6, 3, 10), oslo(2026, 6, 3, 12))
    for notified, is_late in ((oslo(2026, 5, 20, 10), False), (oslo(2026, 6, 2, 10), True)):
        work = outage(email, *times, kind=OutageKind.PLANNED, notified=notified)
        [told] = fault_sheets(administrator, work, NOW)
        assert (told.is_planned, told.is_late) == (not is_late, is_late)
        with translation.override("nb"):
            assert ("varslet mindre enn 3 dager før" in words.counts(told)) == is_late
            kinds = {one.kind for day in words.timeline(told).days for one in day.stretches}
            assert kinds == {Kind.OVERDUE if is_late else Kind.PAUSE}


def test_each_agreement_that_judges_it_has_its_sheet_the_one_of_most_first(
    client, version, email, arendal, grimstad, administrator
):
    own = promised(version, organisation=grimstad, notice_days=10)
    risor = make.organisation("4201")
    hours = make.calendar("Døgnet", weekly=ALWAYS, has_public_holidays=False)
    promised(make.agreement((email, risor), name="Døgnavtalen", hours=hours))
    down = outage(email, oslo(2026, 6, 3, 20), oslo(2026, 6, 4, 9))
    told = fault_sheets(administrator, down, NOW)
    assert [(one.target.organisation, one.taken) for one in told] == [
        (None, timedelta(hours=1)),
        (grimstad, timedelta(hours=1)),
        (None, timedelta(hours=13)),
    ]
    client.force_login(administrator)
    page = client.get(reverse("sla:outage-detail", args=[down.pk]))
    assert len(page.context["tabs"]) == 3
    asked = client.get(reverse("sla:outage-detail", args=[down.pk]), {"target": own.pk})
    assert [tab.current for tab in asked.context["tabs"]] == [False, True, False]
    assert "Det tok 1\u00a0t av åpningstiden" in asked.content.decode()


def test_a_reader_sees_the_sheet_of_what_hit_her_own(version, email, arendal, grimstad):
    down = outage(email, oslo(2026, 6, 3, 10), oslo(2026, 6, 3, 11), owner=arendal)
    kari, per = (make.person(f"Leser {at}", Role.MUNICIPAL_READER, at=at) for at in (arendal, grimstad))
    assert [[one.places for one in fault_sheets(reader, down, NOW)] for reader in (kari, per)] == [[1], []]


def test_what_no_agreement_promises_has_no_drawing(client, administrator, email, arendal):
    make.agreement((email, arendal))
    client.force_login(administrator)
    down = outage(email, oslo(2026, 6, 3, 10))
    page = client.get(reverse("sla:outage-detail", args=[down.pk]))
    assert (page.status_code, "chart" in page.context) == (200, False)


def test_one_that_goes_on_is_reckoned_until_now(version, email, administrator):
    down = outage(email, oslo(2026, 6, 3, 14))
    [told] = fault_sheets(administrator, down, oslo(2026, 6, 4, 9))
    assert told.taken == timedelta(hours=2, minutes=45)
    with translation.override("nb"):
        assert words.finding(told) == "Det har tatt 2\u00a0t 45\u00a0min av åpningstiden så langt"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 500 * 24 * 60), st.integers(0, 60 * 24 * 60))
def test_the_spans_add_up_to_what_the_months_were_charged(version, email, administrator, after, lasting):
    Outage.objects.all().delete()
    started = oslo(2025, 3, 1) + timedelta(minutes=after)
    down = outage(email, started, started + timedelta(minutes=lasting))
    [told] = fault_sheets(administrator, down, NOW) or [None]
    costs = effects(administrator, down, NOW)
    if told is None:
        assert not lasting
        return
    assert told.taken == sum((one.down for one in costs), NO_TIME) / 2  # both owners met it
    assert all(earlier.end <= later.start for earlier, later in pairwise(told.spans))
    assert all(local_day(one.start) == local_day(one.end - timedelta(seconds=1)) for one in told.spans)


def test_a_machine_is_told_the_same_to_the_second(client, version, email, administrator):
    down = outage(email, oslo(2026, 4, 1, 14), oslo(2026, 4, 7, 9))
    [told] = client.get(f"/api/v1/outages/{down.pk}/explanation/", headers=bearer(administrator)).json()
    assert (told["taken_seconds"], told["counts_as_planned"], len(told["spans"])) == (9900, False, 2)
    assert [day["day"] for day in told["days_with_other_hours"]] == ["2026-04-02", "2026-04-03", "2026-04-06"]


def test_an_incident_over_christmas_names_the_days_and_the_half_one(client, email, arendal, administrator):
    hours = make.calendar("Kontortid", half_days={"christmas_eve": "12:00"})
    make.agreement((email, arendal), hours=hours)
    one = make.incident(email, arendal, oslo(2026, 12, 23, 14), resolved=oslo(2026, 12, 28, 9))
    recalculate(as_of=NOW)
    client.force_login(administrator)
    page = client.get(reverse("sla:incident-detail", args=[one.pk])).content.decode()
    assert "Stengt: 1. juledag 25.12.2026." in page
    assert "Egne tider: julaften 24.12.2026 (08.00–12.00)." in page
    [_answer, told] = sorted(
        client.get(f"/api/v1/incidents/{one.pk}/explanation/", headers=bearer(administrator)).json(),
        key=lambda sheet: sheet["metric"] == "resolution",
    )
    assert [(day["day"], day["is_open"]) for day in told["days_with_other_hours"]] == [
        ("2026-12-24", True),
        ("2026-12-25", False),
    ]
