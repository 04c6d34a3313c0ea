"""«Avtaler»: versions side by side, and the sheet on which a version is written."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from partnership.access import Role
from partnership.jobs import perform
from partnership.models import Job, JobState
from partnership.periods import days
from sla.durations import Allowed, UnreadableDuration, parse_allowed
from sla.figures.agreements import Change, editions
from sla.models import (
    AgreementVersion,
    Clock,
    Compliance,
    Coverage,
    Phase,
    ServiceAgreement,
    Stage,
    Target,
)
from sla.recalculation import recalculate
from sla.words.agreements import told_change
from tests import make
from tests.sla.measured import HELD, reported


@pytest.fixture
def version(email, arendal, grimstad) -> AgreementVersion:
    for place in (arendal, grimstad):
        make.participation(place)
    return make.agreement((email, arendal))


def sheet(version: AgreementVersion, *pairs: tuple, **changes: str) -> dict[str, object]:
    """What the form sends: P3 only, unless something else is said."""
    typed = {
        "first_day": "01.07.2026",
        "calendar": str(version.calendar_id),
        "covered": [f"{service.pk}-{place.pk}" for service, place in pairs],
        "p3-resolution-work": "8 t",
        "p3-resolution-wanted": "90",
        "p3-resolution-good_enough": "80",
        "p3-resolution-pauses": "on",
    }
    return typed | changes


def draft_url(version: AgreementVersion) -> str:
    return reverse("sla:version-draft", args=[version.agreement_id])


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("8 t", Allowed(480)),
        ("30 min", Allowed(30)),
        ("8:00", Allowed(480)),
        ("1 t 30 min", Allowed(90)),
        ("1,5 t", Allowed(90)),
        ("8 timer", Allowed(480)),
        ("2h", Allowed(120)),
        ("8\u00a0t", Allowed(480)),
        ("3 vd", Allowed(days=3)),
        ("1 virkedag", Allowed(days=1)),
        ("10 yrkedagar", Allowed(days=10)),
        ("2 working\u00a0days", Allowed(days=2)),
        ("Neste virkedag", Allowed(days=1, until_closing=True)),
        ("next working day", Allowed(days=1, until_closing=True)),
        ("8,2 t", Allowed(minutes=492)),
        ("4,1 t", Allowed(minutes=246)),
        ("16,1 t", Allowed(minutes=966)),
    ],
)
def test_a_time_is_read_as_people_write_it(text, allowed):
    assert parse_allowed(text) == allowed


@pytest.mark.parametrize(
    "text", ["8", "", "t", "0 min", "8:60", "åtte timer", "1,01 t", "-8 t", "0 vd", "1,5 virkedager", "3 dager"]
)
def test_a_time_that_cannot_be_read_is_refused(text):
    with pytest.raises(UnreadableDuration):
        parse_allowed(text)


def test_a_new_version_starts_as_a_copy_of_the_newest(manager, version, email, arendal):
    form = manager.get(draft_url(version)).context["form"]
    assert form.form["covered"].value() == [f"{email.pk}-{arendal.pk}"]
    assert [line["work"].value() for line in form.lines[:2]] == ["1\u00a0t", "8\u00a0t"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"p3-resolution-work": "8"}, "Skriv 8 t, 30 min, 8:00, 3 virkedager eller neste virkedag."),
        ({"p3-resolution-good_enough": "95"}, "Godt nok kan ikke være høyere enn målet."),
        ({"p3-resolution-wanted": ""}, "Skriv både målet og hva som er godt nok."),
        ({"p1-response-work": "8"}, ">P1 svar, frist: Skriv 8 t, 30 min, 8:00, 3 virkedager eller neste virkedag.</a>"),
        ({"p2-resolution-wanted": "ni"}, ">P2 løsning, mål, %: Skriv et tall, for eksempel 12,5.</a>"),
        ({"first_day": "i morgen"}, "Skriv datoen som dd.mm.åååå, for eksempel 23.11.2026."),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_line(manager, version, email, arendal, changes, words):
    answer = manager.post(draft_url(version), sheet(version, (email, arendal), **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert AgreementVersion.objects.count() == 1


def test_an_english_reader_is_asked_for_hours_in_english(manager, version, email, arendal):
    manager.post("/sprak/", {"language": "en"})
    answer = manager.post(draft_url(version), sheet(version, (email, arendal), **{"p3-resolution-work": "8"}))
    assert "Write 8 h, 30 min, 8:00, 3 working days or next working day." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [("3 vd", (None, 3, False), "3 virkedager"), ("neste virkedag", (None, 1, True), "neste virkedag")],
)
def test_a_deadline_may_be_in_working_days(manager, version, email, arendal, typed, kept, shown):
    manager.post(draft_url(version), sheet(version, (email, arendal), **{"p3-resolution-work": typed}))
    target = Target.objects.get(version__number=2)
    assert (target.minutes, target.days, target.until_closing) == kept
    form = manager.get(draft_url(version)).context["form"]
    assert [line["work"].value() for line in form.lines if line["work"].value()] == [shown]
    page = manager.get(reverse("sla:agreement-detail", args=[version.agreement_id])).content.decode()
    assert shown in page
    answer = manager.post(draft_url(version), sheet(version, (email, arendal), **{"p3-resolution-work": shown}))
    assert answer.status_code == 302
    target.refresh_from_db()
    assert (target.minutes, target.days, target.until_closing) == kept


def test_an_agreement_is_made_with_the_draft_of_its_first_version(manager, version, email, grimstad):
    typed = sheet(version, (email, grimstad)) | {"name": "Prøvedrift e-post"}
    assert manager.post(reverse("sla:agreement-add"), typed).status_code == 302
    made = ServiceAgreement.objects.get(name="Prøvedrift e-post")
    assert [target.wanted for target in Target.objects.filter(version__agreement=made)] == [Decimal("0.9")]
    assert (made.phase, made.versions.get().stage) == (Phase.PREPARATION, Stage.DRAFT)


def test_a_name_is_taken_once(manager, version, email, grimstad):
    typed = sheet(version, (email, grimstad)) | {"name": version.agreement.name}
    answer = manager.post(reverse("sla:agreement-add"), typed)
    assert (answer.status_code, ServiceAgreement.objects.count()) == (422, 1)


def test_two_who_write_a_draft_do_not_overwrite_each_other(client, version, email, arendal):
    ola, ingrid = (make.person(name, Role.ADMINISTRATOR) for name in ("Ola Nilsen", "Ingrid Aas"))
    client.force_login(ingrid)
    seen = client.get(draft_url(version)).context["form"].seen
    client.force_login(ola)
    client.post(draft_url(version), sheet(version, (email, arendal), **{"p3-resolution-work": "2 t"}))
    client.force_login(ingrid)
    answer = client.post(draft_url(version), sheet(version, (email, arendal), seen=seen))
    assert answer.status_code == 422
    assert "Ola Nilsen lagret dette" in answer.content.decode()
    assert [target.minutes for target in Target.objects.filter(version__number=2)] == [120]


def test_an_agreement_ends_and_what_opens_later_is_without_one(manager, version, email, arendal):
    for day in (3, 10):
        reported(email, arendal, make.oslo(2026, 8, day, 9), HELD)
    recalculate()
    typed = {"last_day": "05.08.2026", "resolution": "styresak 14/26"}
    answer = manager.post(reverse("sla:agreement-end", args=[version.agreement_id]), typed)
    perform(Job.objects.get(kind="recalculation").pk)
    page = manager.get(answer.headers["Location"]).content.decode()
    assert "Driftsavtalen slutter 05.08.2026." in page
    assert [str(version.last_day) for version in AgreementVersion.objects.all()] == ["2026-08-05"]
    assert {clock.incident.opened.astimezone(make.OSLO).day for clock in Clock.objects.all()} == {3}


def test_an_agreement_does_not_end_before_it_begins(manager, version):
    url = reverse("sla:agreement-end", args=[version.agreement_id])
    answer = manager.post(url, {"last_day": "31.12.2014"})
    assert answer.status_code == 422
    assert "begynner 01.01.2015 og kan ikke ende før det" in answer.context["form"].errors["last_day"].as_text()
    version.refresh_from_db()
    assert version.last_day is None


def test_an_agreement_without_a_version_has_nothing_to_end(manager):
    empty = ServiceAgreement.objects.create(name="Tom avtale")
    assert manager.get(reverse("sla:agreement-end", args=[empty.pk])).status_code == 404


def test_a_version_that_never_covered_the_reader_is_not_shown_to_her(client, email, arendal, grimstad, order_placer):
    version = make.agreement((email, grimstad), last=date(2025, 12, 31))
    later = AgreementVersion.objects.create(
        agreement=version.agreement, number=2, calendar=version.calendar, period=days(date(2026, 1, 1))
    )
    Coverage.objects.create(version=later, service=email, organisation=arendal, period=later.period)
    assert [one.version.number for one in editions(order_placer, version.agreement)] == [2]


def test_what_changed_is_told(manager, version, email, arendal, grimstad, administrator):
    make.service("SAK", "Sak/arkiv")
    manager.post(
        draft_url(version), sheet(version, (email, arendal), (email, grimstad), **{"p3-resolution-work": "4 t"})
    )
    later, earlier = editions(administrator, version.agreement)
    said = [line.replace("\u00a0", " ") for line in told_change(Change(earlier, later))]
    assert "P3 løsning: 4 t, før 8 t." in said
    assert "P1 løsning: tatt ut, var 8 t, mål 90 %, godt nok 80 %, pauser stopper tiden." in said
    assert "Nytt: E-post for Grimstad." in said


def test_an_owner_sees_its_own_part_of_an_agreement(client, email, arendal, grimstad, order_placer):
    version = make.agreement((email, arendal), (email, grimstad))
    client.force_login(order_placer)
    page = client.get(reverse("sla:agreement-detail", args=[version.agreement_id])).content.decode()
    assert ("Arendal" in page, "Grimstad" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_an_agreement_takes_the_same_queries_however_many_versions(
    client, version, email, arendal, administrator, count, django_assert_num_queries
):
    for number in range(1, count):
        first = make.LONG_AGO + timedelta(days=number)
        AgreementVersion.objects.create(
            agreement=version.agreement,
            number=number + 1,
            calendar=version.calendar,
            period=(first, first + timedelta(days=1)),
        )
    client.force_login(administrator)
    with django_assert_num_queries(15):
        client.get(reverse("sla:agreement-detail", args=[version.agreement_id]))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(
    client, email, arendal, administrator, count, django_assert_num_queries
):
    for number in range(count):
        make.agreement((make.service(f"S{number}"), arendal), name=f"Avtale {number}")
    client.force_login(administrator)
    with django_assert_num_queries(7):
        client.get(reverse("sla:agreement-list"))


def test_everything_is_calculated_again_on_demand(manager, version, email, arendal, administrator):
    reported(email, arendal, make.oslo(2026, 8, 3, 9), HELD)
    answer = manager.post(reverse("sla:recalculation-start"))
    job = perform(Job.objects.get(kind="recalculation").pk)
    assert answer.headers["Location"] == reverse("partnership:job-detail", args=[job.pk])
    assert (job.state, Compliance.objects.count()) == (JobState.DONE, 2)


def test_a_calculation_that_somebody_else_has_started_is_told_of(client, version, administrator):
    client.force_login(make.person("Ola Nilsen", Role.ADMINISTRATOR))
    client.post(reverse("sla:recalculation-start"))
    client.force_login(administrator)
    answer = client.post(reverse("sla:recalculation-start"), follow=True)
    assert "Noen andre har allerede startet dette." in answer.content.decode()
    assert Job.objects.count() == 1
