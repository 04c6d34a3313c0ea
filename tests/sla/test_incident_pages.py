"""«Feil»: the list that can be narrowed and shared, and the page on which a deadline is told."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from sla.deadlines import Deadline, deadline_of
from sla.models import Clock, Incident, Metric, Pause
from sla.recalculation import recalculate
from tests import make
from tests.sla import measured
from tests.sla.measured import HELD, reported
from tests.sla.winter import ALWAYS
from tests.swaps import assert_swap_equals_reload

LIST = "/feil/"


@pytest.fixture
def levels(arendal, grimstad):
    return measured.levels(arendal, grimstad)


@pytest.fixture
def page(client, administrator):
    client.force_login(administrator)
    return lambda url, query="": client.get(url + query)


def listed(response) -> list[str]:
    return [row.record.external_id for row in response.context["table"].rows]


def numbers(*incidents: Incident) -> list[str]:
    return [incident.external_id for incident in incidents]


def rows_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_newest_come_first(page, levels):
    assert listed(page(LIST)) == numbers(*reversed(levels.incidents))


def test_a_municipality_sees_its_own_incidents(client, levels, order_placer):
    client.force_login(order_placer)
    assert listed(client.get(LIST)) == numbers(*reversed(levels.incidents[:3]))
    assert "Grimstad" not in client.get(LIST).content.decode()
    foreign = reverse("sla:incident-detail", args=[levels.incidents[3].pk])
    assert client.get(foreign).status_code == 404


def test_the_list_is_narrowed_by_what_the_address_says(page, levels, grimstad):
    july, august, held, september, archive = numbers(*levels.incidents)
    expected = {
        f"?service={levels.archive.pk}": [archive],
        f"?owner={grimstad.pk}": [archive, september],
        "?deadline=broken": [archive, august],
        "?deadline=held": [september, held, july],
        "?deadline=broken&metric=response": [],
        "?deadline=none": [],
        "?reported=2026-08": [held, august],
        "?counted=2026-07": [july],
        "?counted=2026Q3&metric=response": [archive, september, held, august, july],
        "?priority=3&q=" + july.lower(): [july],
        "?priority=1": [],
        "?state=open": [],
        "?state=solved&sort=opened": [july, august, held, september, archive],
        "?service=no&owner=such&deadline=thing&counted=2026Q9": [archive, september, held, august, july],
    }
    assert {query: listed(page(LIST, query)) for query in expected} == expected


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}])
def test_choices_that_are_not_understood_are_told_above_the_list(client, administrator, levels, headers):
    client.force_login(administrator)
    answer = client.get(f"{LIST}?owner=abc&counted=tull", headers=headers)
    page = html.fromstring(answer.content.decode())
    assert [line.text_content() for line in page.xpath("//*[@data-color='warning']//li")] == [
        "Eier: Velg fra listen. Det som ble bedt om, står ikke i den.",
        "Teller i: Velg fra listen. Det som ble bedt om, står ikke i den.",
    ]
    assert len(listed(answer)) == 5
    assert 'data-color="warning"' not in client.get(LIST, headers=headers).content.decode()


def test_what_nobody_agreed_on_can_be_found(page, levels, arendal):
    alone = reported(levels.archive, arendal, make.oslo(2026, 8, 3, 9), HELD)
    assert listed(page(LIST, "?deadline=none")) == numbers(alone)


def test_what_is_about_to_break_can_be_found(page, levels, arendal):
    incident = make.incident(levels.email, arendal, timezone.now())
    recalculate()
    clocks = Clock.objects.filter(incident=incident)
    found = {}
    for minutes, warned in ((-5, -60), (60, -5), (180, 5)):
        due, at_risk = (timezone.now() + timezone.timedelta(minutes=number) for number in (minutes, warned))
        clocks.update(due=due, at_risk_from=at_risk)
        found[minutes] = [
            (deadline.value, listed(page(LIST, f"?deadline={deadline.value}")) == numbers(incident))
            for deadline in (Deadline.RUNNING, Deadline.SOON)
        ] + [deadline_of(clocks.select_related("incident").first(), timezone.now()).value]
    assert found == {
        -5: [("running", False), ("soon", False), "broken"],
        60: [("running", True), ("soon", True), "soon"],
        180: [("running", True), ("soon", False), "running"],
    }


def test_what_runs_stands_in_the_order_it_falls_due_with_the_time_left(client, arendal, administrator):
    service = make.service()
    always = make.calendar("Døgnet", weekly=ALWAYS, has_public_holidays=False)
    make.agreement((service, arendal), hours=always)
    now = timezone.now()
    newest, oldest, waiting = (
        make.incident(service, arendal, now - timezone.timedelta(minutes=minutes)) for minutes in (60, 180, 240)
    )
    until = now + timezone.timedelta(hours=5)
    Pause.objects.create(incident=waiting, started=now, ended=until, reason="Awaiting Vendor", by=administrator)
    recalculate()
    client.force_login(administrator)
    answer = client.get(LIST, {"deadline": "running"})
    assert listed(answer) == numbers(oldest, newest, waiting)
    page = answer.content.decode()
    assert [f"{hours}\u00a0t 59\u00a0min igjen" in page for hours in (4, 6, 3)] == [True] * 3
    assert listed(client.get(LIST, {"deadline": "running", "sort": "-deadline"})) == numbers(waiting, newest, oldest)
    rows = b"".join(client.get(LIST, {"deadline": "running", "format": "csv"})).decode("utf-8-sig").splitlines()
    assert sorted(line.split(";")[10] for line in rows[1:]) == ["240", "300", "420"]


def test_a_deadline_that_waits_for_somebody_stands_still(page, levels, arendal):
    incident = make.incident(levels.email, arendal, timezone.now() - timezone.timedelta(minutes=2))
    Pause.objects.create(incident=incident, started=incident.opened)
    recalculate()
    shown = {name: listed(page(LIST, f"?deadline={name}")) for name in ("paused", "running", "soon")}
    assert shown == {"paused": numbers(incident), "running": [], "soon": []}
    assert "<span>står stille</span>" in page(LIST, "?deadline=paused").content.decode()
    detail = page(reverse("sla:incident-detail", args=[incident.pk])).content.decode()
    assert "tiden står stille" in detail
    assert 'class="status is-paused"' in detail


def test_what_is_closed_without_a_solution_is_not_open(page, levels, arendal):
    make.incident(levels.email, arendal, make.oslo(2026, 9, 1, 9), closed=make.oslo(2026, 9, 2, 9))
    last = make.incident(levels.email, arendal, make.oslo(2026, 9, 3, 9))
    assert listed(page(LIST, "?state=open")) == numbers(last)
    assert len(listed(page(LIST, "?state=closed"))) == 1


def test_the_part_swapped_in_is_the_part_of_the_page(client, levels, administrator):
    client.force_login(administrator)
    assert_swap_equals_reload(client, LIST + "?deadline=broken")


def test_the_list_comes_as_a_file_narrowed_as_it_is(page, levels):
    head, *rows = rows_of(page(LIST, "?deadline=broken&format=csv"))
    assert [(row[0], row[9]) for row in rows] == [
        (number, "brutt") for number in numbers(levels.incidents[4], levels.incidents[1])
    ]
    assert {len(row) for row in rows} == {len(head)}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client, arendal, administrator, count, django_assert_num_queries):
    service = make.service()
    make.agreement((service, arendal))
    for number in range(count):
        reported(service, arendal, make.oslo(2026, 8, 3 + number, 9), HELD)
    recalculate()
    client.force_login(administrator)
    with django_assert_num_queries(13):
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_an_incident_takes_the_same_queries_however_many_pauses(
    client, arendal, administrator, count, django_assert_num_queries
):
    service = make.service()
    make.agreement((service, arendal))
    incident = reported(service, arendal, make.oslo(2026, 8, 3, 9), HELD)
    for number in range(count):
        Pause.objects.create(incident=incident, started=make.oslo(2026, 8, 3, 9, number), reason="Awaiting Vendor")
    recalculate()
    client.force_login(administrator)
    with django_assert_num_queries(7):
        client.get(reverse("sla:incident-detail", args=[incident.pk]))


def test_an_incident_shows_the_deadline_that_is_asked_for(page, levels):
    url = reverse("sla:incident-detail", args=[levels.incidents[1].pk])
    shown = {
        query: [tab.label for tab in page(url, query).context["tabs"] if tab.current]
        for query in ("", "?metric=response", "?metric=hours")
    }
    assert shown == {"": ["Løsning"], "?metric=response": ["Svar"], "?metric=hours": ["Løsning"]}


def test_an_incident_names_the_rule_that_judged_it(page, levels):
    rule = dict(page(reverse("sla:incident-detail", args=[levels.incidents[0].pk])).context["rule"])
    run = Clock.objects.select_related("run").get(incident=levels.incidents[0], target__metric=Metric.RESOLUTION).run
    assert rule["Avtale"] == "Driftsavtalen, versjon 1"
    assert rule["Krav"].replace("\u00a0", " ") == "P3 løses innen 8 t\nMål 90 %, godt nok 80 %"
    assert rule["Pauser"] == "Stopper denne fristen"
    assert rule["Regnet ut"].endswith(f"Utregning {run.pk}")


def test_an_incident_without_an_agreement_says_that_it_is_not_measured(page, levels, arendal):
    alone = reported(levels.archive, arendal, make.oslo(2026, 8, 3, 9), HELD)
    shown = page(reverse("sla:incident-detail", args=[alone.pk]))
    assert "Ingen frist var avtalt da feilen ble meldt" in shown.content.decode()
    assert [figure.note for figure in shown.context["figures"]] == ["ingen frist", "ingen frist"]
    assert "<svg" not in shown.content.decode().split('class="figures"')[1].split("</dl>")[1]


def test_the_spans_come_as_a_file(page, levels):
    url = reverse("sla:incident-detail", args=[levels.incidents[1].pk])
    _head, *rows = rows_of(page(url, "?format=csv"))
    assert rows[0] == ["03.08.2026 09:00", "03.08.2026 15:45", "åpent", "405,0", "405,0"]
    assert sum(float(row[3].replace(",", ".")) for row in rows) == float(rows[-1][4].replace(",", "."))
