"""«Nedetid og vedlikehold»: registering, judging anew, importing, and what stands behind a figure of availability."""

import csv
import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partnership.access import Role
from partnership.models import Organisation
from services.models import Service
from sla.actions.outages import save_outages
from sla.models import Availability, Metric, Outage, OutageReach, Reclassification, Target
from sla.outages.reports import Hit, Report
from sla.recalculation import recalculate
from tests import make
from tests.make import oslo
from tests.sla.uptime import FILE_HEADER
from tests.sla.winter import rows

LIST = "/nedetid/"
CELL = "/tjenesteniva/EPOST/{}/?period=2026Q2&metric=availability"


@pytest.fixture
def email(arendal, grimstad) -> Service:
    """Promised 99.5 % to both owners."""
    service = make.service("EPOST", "E-post")
    for place in (arendal, grimstad):
        make.participation(place)
    version = make.agreement((service, arendal), (service, grimstad), first=date(2026, 1, 1))
    Target.objects.create(
        version=version, metric=Metric.AVAILABILITY, wanted="0.995", good_enough="0.99", notice_days=3, pauses=False
    )
    return service


@pytest.fixture
def manager(client, email):
    person = make.person("Tor Vik", Role.SERVICE_MANAGER)
    client.force_login(person)
    return person


def spaced(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def typed(service: Service, **changes) -> dict:
    return {
        "title": "E-post nede",
        "kind": "unplanned",
        "services": [service.pk],
        "share": "100",
        "started": "07.04.2026 09:00",
        "ended": "07.04.2026 11.30",
    } | changes


def down(place: Organisation) -> int:
    return Availability.objects.get(organisation=place, month="2026-04-01").down_seconds


def test_what_is_registered_gets_a_number_and_is_calculated_at_once(client, manager, email, arendal, grimstad):
    response = client.post(f"{LIST}ny/", typed(email), follow=True)

    outage = Outage.objects.get()
    assert response.redirect_chain == [(f"{LIST}{outage.pk}/", 302)]
    assert (outage.source, outage.external_id) == ("fellesgrep", "N-2026-00001")
    assert (down(arendal), down(grimstad)) == (9000, 9000)
    assert "2 t 30 min" in spaced(response)


def test_the_next_one_gets_the_next_number(client, manager, email):
    for _ in range(2):
        client.post(f"{LIST}ny/", typed(email))

    assert sorted(Outage.objects.values_list("external_id", flat=True)) == ["N-2026-00001", "N-2026-00002"]


def test_one_owner_may_be_hit_and_some_of_the_users(client, manager, email, arendal, grimstad):
    client.post(f"{LIST}ny/", typed(email, owners=[arendal.pk], share="40"))

    assert (down(arendal), Availability.objects.filter(organisation=grimstad).count()) == (9000, 0)
    kept = Availability.objects.get(organisation=arendal, month="2026-04-01")
    assert kept.weighted_microseconds == 3600 * 1_000_000


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ended": "07.04.2026 08.00"}, "ended", "Nedetid kan ikke slutte før den begynte."),
        (
            {"started": "07.04.2099 08.00", "ended": ""},
            "started",
            "Dette er fram i tid. Bare planlagt arbeid kan registreres på forhånd.",
        ),
        ({"ended": "07.04.2099 08.00"}, "ended", "Dette er ikke kommet ennå."),
        ({"kind": "planned", "ended": "09.04.2027 08.00"}, "ended", ""),
        ({"kind": "planned", "ended": ""}, "ended", "Skriv når det planlagte arbeidet slutter. Det kan endres."),
        ({"share": "101"}, "share", "Sørg for at verdien er mindre enn eller lik 100."),
        ({"services": []}, "services", "Du må fylle ut dette feltet."),
    ],
)
def test_what_cannot_be_is_told_at_the_field_and_what_was_typed_stays(client, manager, email, changes, field, words):
    response = client.post(f"{LIST}ny/", typed(email, **changes))

    assert response.status_code == 422
    assert len(response.context["form"].errors[field]) == 1
    assert "E-post nede" in response.content.decode()
    assert not Outage.objects.exists()


def test_it_is_ended_and_corrected_but_what_comes_from_a_source_is_not(client, manager, email, arendal):
    client.post(f"{LIST}ny/", typed(email, ended=""))
    outage = Outage.objects.get()
    assert "nede ennå" in spaced(client.get(f"{LIST}{outage.pk}/"))

    form = client.get(f"{LIST}{outage.pk}/endre/").context["form"]
    client.post(f"{LIST}{outage.pk}/endre/", typed(email, seen=form.seen))
    assert (Outage.objects.count(), down(arendal)) == (1, 9000)

    other = Outage.objects.create(source="zabbix", external_id="1", started=oslo(2026, 4, 8, 9), kind="unplanned")
    OutageReach.objects.create(outage=other, service=email)
    assert client.get(f"{LIST}{other.pk}/endre/").status_code == 404


def test_judged_anew_it_is_planned_with_reason_and_name_and_the_source_does_not_undo_it(
    client, manager, email, arendal, administrator
):
    client.post(
        f"{LIST}import/", {"file": file("a,1,EPOST,,2026-04-07T09:00:00+02:00,2026-04-07T11:30:00+02:00,,unplanned,")}
    )
    outage = Outage.objects.get()
    assert down(arendal) == 9000

    answer = {"kind": "planned", "reason": "Varslet 1. april, registrert for sent."}
    page = client.post(f"{LIST}{outage.pk}/planlagt/", answer, follow=True).content.decode()

    assert down(arendal) == 0
    assert Availability.objects.get(organisation=arendal, month="2026-04-01").planned_seconds == 9000
    assert "teller som planlagt, avgjort av Tor Vik<p>Varslet 1. april, registrert for sent.</p>" in page
    client.post(
        f"{LIST}import/", {"file": file("a,1,EPOST,,2026-04-07T09:00:00+02:00,2026-04-07T12:00:00+02:00,,unplanned,")}
    )
    outage.refresh_from_db()
    assert (outage.kind, down(arendal), Reclassification.objects.count()) == ("planned", 0, 1)


def test_without_a_reason_nothing_is_judged(client, manager, email):
    client.post(f"{LIST}ny/", typed(email))
    outage = Outage.objects.get()

    assert client.post(f"{LIST}{outage.pk}/planlagt/", {"kind": "planned"}).status_code == 422
    assert not Reclassification.objects.exists()


def test_a_bad_row_of_a_file_is_told_at_the_field_and_nothing_is_saved(client, manager, email):
    good = "a,1,EPOST,,2026-04-07T09:00:00+02:00,,,unplanned,"
    response = client.post(f"{LIST}import/", {"file": file(good, good.replace("EPOST", "POST"))})

    assert response.status_code == 422
    assert response.context["form"].errors["file"] == [
        "Ingenting er lagret, fordi disse linjene ikke kan brukes.",
        "Linje 3: Ingen tjeneste har koden «POST».",
    ]
    assert not Outage.objects.exists()
    assert client.post(f"{LIST}import/", {"file": SimpleUploadedFile("a.csv", b"x,y\n")}).status_code == 422


def file(*rows_: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("nedetid.csv", "\n".join([FILE_HEADER, *rows_, ""]).encode())


def test_a_figure_of_the_grid_opens_into_its_outages(client, manager, email, arendal, grimstad):
    client.post(f"{LIST}ny/", typed(email))
    client.post(
        f"{LIST}ny/",
        typed(
            email,
            title="Ny server",
            kind="planned",
            started="11.04.2026 08.00",
            ended="13.04.2026 10.00",
            notified="12.04.2026 08.00",
        ),
    )
    recalculate()

    page = client.get(CELL.format(arendal.pk))

    assert page.status_code == 200
    panel = page.context["panel"]
    assert [(str(fault.outage), fault.is_planned, fault.cost.total_seconds() / 3600) for fault in panel.faults] == [
        ("E-post nede", False, 2.5),
        ("Ny server", False, 2.0),
    ]
    assert (panel.down.total_seconds(), len(panel.stretches)) == (4.5 * 3600, 2)
    assert panel.down / 2 == panel.mean_time_to_restore
    text = spaced(page)
    for words in ("varslet for sent", "4 t 30 min", "Nedetid over det målet tillater", "Lengste brudd"):
        assert words in text


def test_the_file_behind_a_figure_names_each_outage(client, manager, email, arendal):
    client.post(f"{LIST}ny/", typed(email))
    response = client.get(CELL.format(arendal.pk) + "&format=csv")

    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert lines[1] == [
        "fellesgrep",
        "N-2026-00001",
        "E-post nede",
        "07.04.2026 09:00",
        "07.04.2026 11:30",
        "nede",
        "150,0",
    ]


def test_a_municipality_sees_what_hit_it_and_nothing_else(client, email, arendal, grimstad):
    for number, place in (("1", arendal), ("2", grimstad), ("3", None)):
        outage = Outage.objects.create(source="a", external_id=number, started=oslo(2026, 4, 8, 9), kind="unplanned")
        OutageReach.objects.create(outage=outage, service=email, organisation=place)
    client.force_login(make.person("Kari Lie", Role.ORDER_PLACER, at=arendal))

    shown = {row.record.external_id for row in client.get(LIST).context["table"].rows}

    assert shown == {"1", "3"}
    hidden = Outage.objects.get(external_id="2")
    assert client.get(f"{LIST}{hidden.pk}/").status_code == 404
    seen = Outage.objects.get(external_id="3")
    assert client.get(f"{LIST}{seen.pk}/").status_code == 200
    assert client.get(f"{LIST}{seen.pk}/planlagt/").status_code == 403


def test_choosing_a_service_does_not_tell_what_else_an_outage_hit(client, email, arendal, grimstad):
    """One outage hit Arendal in one service, and Grimstad in another."""
    phones = make.service("TELEFONI", "Telefoni")
    hits = [Hit(email, arendal), Hit(phones, grimstad)]
    save_outages(reports=[Report(source="a", external_id="17", hits=hits, started=oslo(2026, 4, 7, 9, 0))], by=None)
    client.force_login(make.person("Ane Berg", Role.ORDER_PLACER, at=arendal))

    assert "17" in spaced(client.get(LIST, {"service": email.pk}))
    assert ">17<" not in spaced(client.get(LIST, {"service": phones.pk}))


def test_what_was_judged_anew_keeps_its_kind_when_its_times_are_corrected(client, manager, email):
    client.post(f"{LIST}ny/", typed(email))
    outage = Outage.objects.get()
    client.post(f"{LIST}{outage.pk}/planlagt/", {"kind": "planned", "reason": "Varslet på e-post."})

    client.post(f"{LIST}{outage.pk}/endre/", typed(email, ended="07.04.2026 12.30"))

    outage.refresh_from_db()
    assert (outage.kind, outage.ended) == ("planned", oslo(2026, 4, 7, 12, 30))
    fields = client.get(f"{LIST}{outage.pk}/endre/").context["form"].fields
    assert {name for name, field in fields.items() if field.disabled} == {"kind", "notified"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(client, manager, email, arendal, count, django_assert_num_queries):
    for number in range(count):
        outage = Outage.objects.create(
            source="a", external_id=str(number), started=oslo(2026, 4, 8, 9), kind="unplanned", ended=timezone.now()
        )
        OutageReach.objects.create(outage=outage, service=email, organisation=arendal)
    client.get(LIST)
    with django_assert_num_queries(11):
        client.get(LIST)


def test_what_is_kept_step_by_step_is_what_everything_calculated_anew_is(client, manager, email, arendal, grimstad):
    recalculate()
    client.post(f"{LIST}ny/", typed(email))
    client.post(f"{LIST}ny/", typed(email, owners=[grimstad.pk], started="31.05.2026 22.00", ended="01.06.2026 12.00"))
    client.post(f"{LIST}{Outage.objects.first().pk}/planlagt/", {"kind": "planned", "reason": "Avtalt."})
    kept = rows(Availability)

    recalculate()

    down, planned = (Availability.objects.exclude(**{name: 0}) for name in ("down_seconds", "planned_seconds"))
    months = [set(one.values_list("month__month", flat=True)) for one in (down, planned)]
    assert months == [{4}, {6}]
    assert kept == rows(Availability)
