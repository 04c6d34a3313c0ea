"""How a deadline was reckoned: the spans of the sheet add up to what the clock says, and the words say when and why."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import charts
from kit.charts import Kind, Moment
from partnership.models import Organisation
from services.models import ServiceCalendar
from sla.figures.incidents import story
from sla.figures.sheet import NO_TIME, Sheet, What, local_day
from sla.models import Clock, Incident, Metric, Pause, Target
from sla.recalculation import recalculate
from sla.words import lines as table
from sla.words import plain
from sla.words import sheet as words
from sla.words.timeline import timeline
from tests import make

NOW = make.oslo(2026, 11, 24, 12)
AROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def email(arendal: Organisation):
    service = make.service()
    make.agreement((service, arendal))
    return service


def sheet(incident: Incident, metric: Metric = Metric.RESOLUTION, now: datetime = NOW) -> Sheet:
    recalculate(as_of=now)
    return story(Incident.objects.get(pk=incident.pk), now).sheets[metric]


def picture(email, arendal) -> Incident:
    """The incident of the design: reported Wednesday, paused Thursday, due Friday 08.30, solved 10.10."""
    incident = make.incident(
        email,
        arendal,
        make.oslo(2026, 9, 16, 13, 30),
        responded=make.oslo(2026, 9, 16, 13, 52),
        resolved=make.oslo(2026, 9, 18, 10, 10),
        priority=2,
    )
    Pause.objects.create(
        incident=incident,
        started=make.oslo(2026, 9, 17, 9, 10),
        ended=make.oslo(2026, 9, 17, 11, 40),
        reason="Awaiting User Info",
    )
    return incident


def told(shown: Sheet) -> list[tuple[str, str, str, str]]:
    lines = [(line.hours, line.what, line.counted, line.total) for line in table.lines(shown)]
    return [tuple(cell.replace("\u00a0", " ") for cell in line) for line in lines]


def test_the_table_of_the_picture(email, arendal):
    with translation.override("nb"):
        assert told(sheet(picture(email, arendal))) == [
            ("13.30–15.45", "Åpent", "2 t 15 min", "2 t 15 min"),
            ("08.00–09.10", "Åpent", "1 t 10 min", "3 t 25 min"),
            ("09.10–11.40", "Pause: venter på kommunen", "–", "3 t 25 min"),
            ("11.40–15.45", "Åpent", "4 t 5 min", "7 t 30 min"),
            ("08.00–08.30", "Åpent, fristen falt 08.30", "30 min", "8 t"),
            ("08.30–10.10", "Over fristen, løst 10.10", "1 t 40 min", "9 t 40 min"),
        ]


def test_the_sentences_of_the_picture(email, arendal):
    shown = sheet(picture(email, arendal))
    with translation.override("nb"):
        said = [words.finding(shown), words.state(shown, NOW), words.decided(shown, NOW), *words.reckoning(shown)]
        assert [one.replace("\u00a0", " ") for one in said] == [
            "De 8 timene tok slutt fredag kl. 08.30",
            "Løst fredag 18.09.2026 kl. 10.10, 1 t 40 min åpningstid etter fristen.",
            "Fristen ble brutt fredag 18.09.2026 kl. 08.30: tiden var brukt opp.",
            "Fristen er 8 t åpningstid fra feilen ble meldt til den er løst.",
            "Det gikk 2 t 15 min onsdag, 5 t 15 min torsdag og 30 min fredag.",
            "Uten pausene ville fristen vært torsdag 17.09.2026 kl. 13.45.",
        ]


def test_the_lanes_of_the_picture(email, arendal):
    drawn = timeline(sheet(picture(email, arendal)))
    assert [day.day.day for day in drawn.days] == [16, 17, 18]
    assert [[stretch.kind for stretch in day.stretches] for day in drawn.days] == [
        [Kind.COUNTED],
        [Kind.COUNTED, Kind.PAUSE, Kind.COUNTED],
        [Kind.COUNTED, Kind.OVERDUE],
    ]
    assert [[one.moment for one in day.happenings] for day in drawn.days] == [
        [Moment.REPORTED],
        [],
        [Moment.DUE, Moment.SOLVED],
    ]


def test_the_answer_has_a_sheet_of_its_own_that_pauses_do_not_stop(email, arendal):
    shown = sheet(picture(email, arendal), Metric.RESPONSE)
    assert (shown.worked, shown.paused, shown.is_broken) == (22 * MINUTE, NO_TIME, False)
    with translation.override("nb"):
        assert words.decided(shown, NOW) == (
            "Fristen ble holdt: besvart onsdag 16.09.2026 kl. 13.52. Fristen var onsdag 16.09.2026 kl. 14.30."
        )


@st.composite
def stories(draw) -> tuple[datetime, timedelta, list[tuple[timedelta, timedelta]]]:
    """When it was reported, how long it took, and its pauses from the report; on any days of two years."""
    minutes = st.integers(0, 60 * 24 * 40).map(lambda count: timedelta(minutes=count, seconds=7))
    opened = datetime(2025, 12, 20, tzinfo=UTC) + draw(st.integers(0, 60 * 24 * 500)) * MINUTE
    return opened, draw(minutes), draw(st.lists(st.tuples(minutes, minutes), max_size=4))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(many=st.lists(stories(), min_size=1, max_size=12), is_always_open=st.booleans())
def test_the_spans_add_up_to_the_clock_whatever_happened(arendal, email, many, is_always_open):
    Incident.objects.all().delete()
    name = f"Kalender {ServiceCalendar.objects.count()}"
    Target.objects.update(calendar=make.calendar(name, weekly=AROUND_THE_CLOCK) if is_always_open else None)
    for opened, taking, pauses in many:
        incident = make.incident(email, arendal, opened, responded=opened + taking / 3, resolved=opened + taking)
        for after, lasting in pauses:
            Pause.objects.create(incident=incident, started=opened + after, ended=opened + after + lasting)
    recalculate(as_of=make.oslo(2030, 1, 1))
    for incident in Incident.objects.all():
        for shown in story(incident, NOW).sheets.values():
            assert sum((step.counted for step in shown.steps), NO_TIME) == shown.clock.worked == shown.worked
            assert (shown.is_broken, shown.due) == (not shown.clock.met, shown.clock.due)
            assert all(earlier.end <= later.start for earlier, later in pairwise(shown.steps))
            assert all(local_day(step.start) == local_day(step.end - MINUTE / 60) for step in shown.steps)
            assert all(day.instants for day in timeline(shown).days)
            assert shown.worked - shown.overdue == min(shown.worked, shown.allowed)


def test_a_long_sheet_folds_weeks_and_keeps_its_sum(email, arendal):
    incident = make.incident(email, arendal, make.oslo(2026, 3, 2, 9), resolved=make.oslo(2026, 6, 1, 10))
    shown = sheet(incident)
    lines = table.lines(shown)
    assert len(shown.steps) > table.LONG_TABLE >= len(lines)
    with translation.override("nb"):
        assert lines[-1].total == plain.duration(shown.worked)
        assert "dager til" in " ".join(words_of(charts.incident_timeline(timeline(shown)).svg))


def test_a_pause_of_years_that_never_ended_is_one_line(email, arendal):
    incident = make.incident(email, arendal, make.oslo(2025, 4, 4, 8), closed=make.oslo(2025, 4, 6, 8))
    Pause.objects.create(incident=incident, started=make.oslo(2025, 4, 4, 9), reason="Awaiting User Info")
    with translation.override("nb"):
        lines = table.lines(sheet(incident))
        assert [(line.day, line.hours, line.what) for line in lines] == [
            ("fr. 04.04.", "08.00–09.00", "Åpent"),
            ("04.04.2025 til 24.11.2026", "", "Pause: venter på kommunen"),
        ]


def words_of(svg: str) -> list[str]:
    return svg.replace(">", "<").split("<")


def test_an_unsolved_incident_tells_when_its_deadline_is(email, arendal):
    shown = sheet(make.incident(email, arendal, make.oslo(2026, 11, 24, 9)))
    with translation.override("nb"):
        assert words.finding(shown) == "Fristen er onsdag kl. 09.15"
        assert words.state(shown, NOW) == "Ikke løst ennå. Fristen er onsdag 25.11.2026 kl. 09.15."
    assert [day.day for day in timeline(shown).days] == [date(2026, 11, 24), date(2026, 11, 25)]


def in_days(email, days: int, *, until_closing: bool = False) -> None:
    target = Target.objects.filter(version__coverage__service=email, metric=Metric.RESOLUTION, priority=3)
    target.update(minutes=None, days=days, until_closing=until_closing)


def test_a_deadline_in_working_days_is_worth_what_is_open_of_them(email, arendal):
    in_days(email, 3)
    one = make.incident(email, arendal, make.oslo(2026, 9, 17, 13), resolved=make.oslo(2026, 9, 23, 9))
    Pause.objects.create(incident=one, started=make.oslo(2026, 9, 18, 9), ended=make.oslo(2026, 9, 18, 11))

    told = sheet(one)

    assert (told.allowed, told.due_without_pauses) == (timedelta(hours=23, minutes=15), make.oslo(2026, 9, 22, 13))
    assert told.due == make.oslo(2026, 9, 22, 15)
    with translation.override("nb"):
        assert words.finding(told) == "Fristen (3 virkedager) tok slutt tirsdag kl. 15.00"
        assert list(words.reckoning(told))[1] == "Så mye er åpent fram til samme klokkeslett 3 virkedager senere."


def test_the_next_working_day_is_until_it_closes(email, arendal):
    in_days(email, 1, until_closing=True)
    one = make.incident(email, arendal, make.oslo(2026, 9, 18, 15), resolved=make.oslo(2026, 9, 21, 15, 45))

    told = sheet(one)

    assert (told.allowed, told.due, told.is_broken) == (timedelta(hours=8.5), make.oslo(2026, 9, 21, 15, 45), False)
    with translation.override("nb"):
        assert list(words.reckoning(told))[1] == "Så mye er åpent til neste virkedag stenger."


def test_an_unfinished_pause_holds_the_deadline(email, arendal):
    incident = make.incident(email, arendal, make.oslo(2026, 11, 23, 9))
    Pause.objects.create(incident=incident, started=make.oslo(2026, 11, 23, 10))
    shown = sheet(incident)
    assert shown.due is None
    with translation.override("nb"):
        assert words.finding(shown).replace("\u00a0", " ") == "Fristen på 8 t står stille mens vi venter"
        assert words.decided(shown, NOW) == "Fristen står stille til ventingen er over."


def test_an_answer_logged_before_the_report_is_no_work_and_held(email, arendal):
    incident = make.incident(email, arendal, make.oslo(2026, 9, 16, 13, 30), responded=make.oslo(2026, 9, 16, 13))
    shown = sheet(incident, Metric.RESPONSE)
    assert (shown.steps, shown.worked, shown.clock.met) == ([], NO_TIME, True)
    assert [one.moment for day in timeline(shown).days for one in day.happenings] == [Moment.REPORTED]


def test_the_night_the_clock_is_set_back_counts_its_25_hours(arendal):
    always = make.calendar("Hele døgnet", weekly=AROUND_THE_CLOCK, has_public_holidays=False)
    service = make.service()
    make.agreement((service, arendal), hours=always)
    incident = make.incident(service, arendal, make.oslo(2026, 10, 25), resolved=make.oslo(2026, 10, 26))
    shown = sheet(incident)
    assert [(step.what, step.length) for step in shown.steps] == [
        (What.COUNTED, timedelta(hours=8)),
        (What.OVERDUE, timedelta(hours=17)),
    ]
    assert shown.worked == shown.clock.worked == timedelta(hours=25)


def test_a_clock_that_fell_due_after_the_calculation_is_told_as_broken(email, arendal):
    incident = make.incident(email, arendal, make.oslo(2026, 11, 23, 9))
    recalculate(as_of=make.oslo(2026, 11, 23, 10))
    shown = story(incident, NOW + timedelta(days=3)).sheets[Metric.RESOLUTION]
    assert Clock.objects.get(incident=incident, target__metric=Metric.RESOLUTION).month is None
    with translation.override("nb"):
        assert words.verdict(shown, NOW + timedelta(days=3)) == "fristen ble brutt"
        assert words.counts_in(shown) == ("ikke ennå", "Teller når den er avgjort")
