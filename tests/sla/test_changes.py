"""What changes a month gone by is told: the figure as it was and as it is, why, and by whom."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from partnership.jobs import perform
from partnership.models import Job
from services.actions.calendars import add_calendar_version, open_hours_job
from sla.actions.outages import reclassify, save_outages
from sla.levels import Status
from sla.models import Availability, ChangedFigure, Clock, Metric, Outage, OutageKind, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from sla.words import changes as words
from tests import make
from tests.make import oslo
from tests.sla.measured import BROKEN, HELD, reported

NOW = oslo(2026, 10, 10, 12, 0)


@pytest.fixture
def email(arendal, grimstad):
    for place in (arendal, grimstad):
        make.participation(place)
    return make.service("EPOST", "E-post")


@pytest.fixture
def version(email, arendal, grimstad):
    version = make.agreement((email, arendal), (email, grimstad), first=date(2026, 1, 1))
    Target.objects.create(
        version=version, metric=Metric.AVAILABILITY, wanted="0.995", good_enough="0.99", notice_days=3, pauses=False
    )
    return version


def told() -> list[tuple]:
    rows = ChangedFigure.objects.order_by("run", "organisation", "month", "metric", "priority")
    return [
        (row.organisation.name, row.month.month, row.metric, row.priority, row.before.met, row.after.met, row.run.cause)
        for row in rows
    ]


def test_a_late_incident_of_a_month_gone_by_is_told_and_one_of_this_month_is_not(version, email, arendal):
    reported(email, arendal, oslo(2026, 9, 7, 9), HELD)
    recalculate(as_of=NOW)
    late = [reported(email, arendal, oslo(2026, month, 5, 9), BROKEN) for month in (8, 10)]

    recalculate(incidents=type(late[0]).objects.filter(pk__in=[one.pk for one in late]), as_of=NOW, cause="fil.csv")

    assert told() == [
        ("Arendal", 8, "resolution", 3, 0, 0, "fil.csv"),
        ("Arendal", 8, "response", 3, 0, 1, "fil.csv"),
    ]
    first = ChangedFigure.objects.get(metric="resolution")
    assert (first.counted_before, first.met_before, first.counted_after, first.met_after) == (None, None, 1, 0)


def test_a_figure_that_is_held_against_another_target_has_changed(version, email, arendal):
    """One of two in time: on target against a half, not against 90 per cent."""
    for day, taking in ((4, HELD), (5, BROKEN)):
        reported(email, arendal, oslo(2026, 8, day, 9), taking)
    version.targets.filter(metric="resolution").update(wanted="0.5", good_enough="0.5")
    recalculate(as_of=NOW)
    version.targets.filter(metric="resolution").update(wanted="0.9", good_enough="0.8")

    recalculate(pairs=[(email.pk, arendal.pk)], as_of=NOW)

    (changed,) = ChangedFigure.objects.all()
    assert (changed.before.status, changed.after.status) == (Status.ON_TARGET, Status.NOT_GOOD_ENOUGH)
    assert words.figure(changed.after, changed.metric).replace("\u00a0", " ") == "50,0 %, 1 av 2, mål 90 %"


def test_what_is_calculated_for_the_first_time_changes_nothing_that_was_read(version, email, arendal):
    one = reported(email, arendal, oslo(2026, 8, 7, 9), HELD)
    recalculate(incidents=type(one).objects.all(), as_of=NOW)
    assert told() == []


def test_what_is_calculated_anew_and_is_the_same_is_not_told(version, email, arendal):
    one = reported(email, arendal, oslo(2026, 8, 7, 9), HELD)
    recalculate(as_of=NOW)
    recalculate(incidents=type(one).objects.all(), as_of=NOW)
    recalculate(pairs=[(email.pk, arendal.pk)], as_of=NOW)
    assert told() == []


def test_an_outage_judged_anew_is_told_with_the_reason(version, email, arendal, grimstad, administrator):
    recalculate(as_of=NOW)
    hits, started = [Hit(email, arendal)], oslo(2026, 8, 4, 9)
    report = Report(source="zabbix", external_id="7", hits=hits, started=started, ended=oslo(2026, 8, 4, 11))
    save_outages(reports=[report], by=administrator)

    reclassify(outage=Outage.objects.get(), kind=OutageKind.PLANNED, reason="Varslet 1. august.", by=administrator)

    first, second = ChangedFigure.objects.order_by("pk")
    assert first.before.met - first.after.met == 7200
    assert (second.before.counted - second.after.counted, second.after.met) == (7200, second.after.counted)
    assert [(row.run.cause, row.run.by) for row in (first, second)] == [
        ("zabbix 7", administrator),
        ("7: Varslet 1. august.", administrator),
    ]


def test_a_person_sees_what_has_changed_and_a_municipality_only_its_own(
    client, version, email, arendal, grimstad, administrator
):
    recalculate(as_of=NOW)
    late = [reported(email, place, oslo(2026, 8, 5, 9), HELD) for place in (arendal, grimstad)]
    recalculate(incidents=type(late[0]).objects.all(), as_of=NOW, by=administrator, cause="august.csv")
    url = reverse("sla:change-list")

    client.force_login(make.person("Kari Lie", Role.ORDER_PLACER, at=arendal))
    answer = client.get(url)

    page, (row, _other) = answer.content.decode(), answer.context["table"].rows
    assert (row.get_cell("cause"), row.get_cell("who")) == ("august.csv", "Ingrid Dahl")
    assert ("Arendal" in page, "Grimstad" in page) == (True, False)
    client.force_login(administrator)
    assert len(client.get(url).context["table"].rows) == 4
    assert len(client.get(url, {"run": "999999"}).context["table"].rows) == 0
    lines = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 5


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long(
    client, version, email, arendal, administrator, count, django_assert_num_queries
):
    recalculate(as_of=NOW)
    for day in range(count):
        reported(email, arendal, oslo(2026, 8 - day, 5, 9), HELD)
    incidents = type(reported(email, arendal, oslo(2026, 3, 5, 9), HELD)).objects
    recalculate(incidents=incidents.all(), as_of=NOW)
    client.force_login(administrator)
    with django_assert_num_queries(6):
        client.get(reverse("sla:change-list"))


EVENINGS = {"weekly": {day: [["08:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}


def test_hours_that_held_from_a_day_gone_by_need_a_resolution(version):
    with pytest.raises(ValidationError) as refusal:
        add_calendar_version(calendar=version.calendar, first_day=date(2026, 9, 1), hours=EVENINGS, by=None)
    assert list(refusal.value.message_dict) == ["resolution"]


def test_other_hours_from_a_day_gone_by_judge_anew_what_they_touch(
    client, version, email, arendal, grimstad, administrator
):
    other = make.service("SAK", "Sak")
    make.agreement((other, arendal), name="En annen")
    for service in (email, other):
        reported(service, arendal, oslo(2026, 9, 7, 9), timedelta(hours=30))
    recalculate()
    before = set(Clock.objects.filter(service=other).values_list("run", flat=True))
    client.force_login(administrator)
    typed = sheet(date(2026, 9, 1)) | {"resolution": "styresak 3/26"}

    client.post(reverse("services:version-add", args=[version.calendar_id]), typed)

    job = Job.objects.get(kind="hours-changed")
    perform(job.pk)
    clock = Clock.objects.get(service=email, target__metric="resolution")
    assert clock.calendar_version.resolution == "styresak 3/26"
    assert set(Clock.objects.filter(service=other).values_list("run", flat=True)) == before
    agreed = Availability.objects.get(service=email, organisation=grimstad, month=date(2026, 9, 1)).agreed_seconds
    assert agreed == 22 * 12 * 3600
    page = client.get(reverse("partnership:job-detail", args=[job.pk])).content.decode()
    assert "tall for tidligere måneder er endret" in page.replace("\u00a0", " ")
    assert ChangedFigure.objects.filter(organisation=grimstad, metric="availability", run__by=administrator).exists()
    assert f"{reverse('sla:change-list')}?run=" in page


def test_days_gone_by_are_judged_anew_though_other_hours_are_planned(client, version, email, arendal, administrator):
    """Evenings are open from September by resolution, until what was planned already begins."""
    calendar, planned = version.calendar, timezone.localdate() + timedelta(days=30)
    add_calendar_version(calendar=calendar, first_day=planned, hours={"weekly": make.OFFICE_HOURS}, by=None)
    for day in (31, 7):
        reported(email, arendal, oslo(2026, 8 if day == 31 else 9, day, 9), timedelta(hours=30))
    recalculate()
    client.force_login(administrator)
    typed = sheet(date(2026, 9, 1)) | {"resolution": "styresak 3/26"}

    client.post(reverse("services:version-add", args=[calendar.pk]), typed)
    perform(Job.objects.get(kind="hours-changed").pk)

    solved = Clock.objects.filter(target__metric="resolution").order_by("incident__opened")
    assert [clock.calendar_version.number for clock in solved] == [1, 3]
    assert [clock.due for clock in solved] == [oslo(2026, 9, 1, 9, 15), oslo(2026, 9, 7, 17)]
    changed = ChangedFigure.objects.filter(organisation=arendal, metric="availability").order_by("month")
    assert [row.month.month for row in changed] == [9, 10, 11]
    assert {(row.run.by, row.run.cause) for row in changed} == {(administrator, str(calendar))}
    assert calendar.version_on(planned).number == 2
    kept = set(Availability.objects.values_list("month", "agreed_seconds"))
    recalculate()
    assert set(Availability.objects.values_list("month", "agreed_seconds")) == kept


def test_the_form_asks_for_a_resolution_of_a_day_gone_by(client, version, administrator):
    client.force_login(administrator)
    answer = client.post(reverse("services:version-add", args=[version.calendar_id]), sheet(date(2026, 9, 1)))
    assert "eller skriv vedtaket" in answer.content.decode()
    assert version.calendar.versions.count() == 1


def sheet(first_day: date) -> dict[str, str]:
    rows = {f"{kind}-{name}": "0" for kind in ("seasons", "exceptions") for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "08.00-20.00")
    return rows | week | {"first_day": f"{first_day:%d.%m.%Y}", "zone": "Europe/Oslo"}


def test_a_job_without_changes_leads_to_the_levels(client, version, administrator):
    recalculate()
    job = open_hours_job(calendar=version.calendar, by=administrator)
    perform(job.pk)
    client.force_login(administrator)
    assert reverse("sla:grid") in client.get(reverse("partnership:job-detail", args=[job.pk])).content.decode()
