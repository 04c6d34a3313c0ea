"""Service notices: written once for all whom they hit, with the outage or the planned work, followed up and ended."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from portal.home import home_for
from services import channels, notice_letters
from services.actions.notices import Announcement, end_notice, follow_up_notice, publish_notice
from services.models import NoticeKind, NoticeLetter, NoticeMessage, NoticeTemplate, ServiceNotice
from sla.actions.outages import register_outage, save_outages
from sla.figures.notices import status_of
from sla.models import Outage, OutageKind
from sla.outages.reports import Draft, Hit
from tests import make
from tests.portal.test_api import bearer

ADD = reverse("sla:notice-add")


@pytest.fixture
def held(email, arendal, grimstad):
    for owner in (arendal, grimstad):
        make.subscription(owner, email)
    return email


@pytest.fixture
def readers(arendal, grimstad):
    return [
        make.person("Kari Li", Role.ORDER_PLACER, at=arendal),
        make.person("Per Moe", Role.LOCAL_ICT_CONTACT, at=grimstad),
        make.person("Leser", Role.MUNICIPAL_READER, at=arendal),
    ]


def clock(instant) -> str:
    return f"{timezone.localtime(instant):%d.%m.%Y %H.%M}"


def minutes(count: int):
    return timezone.now() + timedelta(minutes=count)


def typed(service, **changes):
    values = {"kind": "fault", "title": "E-post er nede", "text": "Vi leter etter årsaken.", "services": [service.pk]}
    return values | {"starts": clock(minutes(-30)), "with_outage": "on"} | changes


def send(client, service, url=ADD, **changes):
    """Seen first, then sent."""
    shown = client.post(url, typed(service, **changes))
    return client.post(url, typed(service, **changes) | {"checked": shown.context["choice"]})


def published(service, kind=NoticeKind.FAULT, **changes) -> ServiceNotice:
    values = {"owners": [], "starts": minutes(-30), "title": "E-post er nede", "text": "Vi leter."} | changes
    return publish_notice(said=Announcement(kind=kind, services=[service], **values), by=None)


def test_whom_it_hits_is_seen_before_it_is_sent(manager, held, readers, arendal, grimstad):
    shown = manager.post(ADD, typed(held))
    assert (shown.status_code, ServiceNotice.objects.count()) == (200, 0)
    assert shown.context["hit"] == [("Arendal", "E-post"), ("Grimstad", "E-post")]
    page = shown.content.decode()
    assert "2 personer får melding." in page
    assert "Send meldingen" in page
    other = manager.post(ADD, typed(held, owners=[grimstad.pk]) | {"checked": shown.context["choice"]})
    assert (other.context["hit"], ServiceNotice.objects.count()) == ([("Grimstad", "E-post")], 0)


def test_it_is_sent_to_those_it_hits_and_the_outage_is_registered_in_the_same_go(manager, held, readers, mailoutbox):
    assert send(manager, held).status_code == 302
    notice = ServiceNotice.objects.get()
    assert [hit.organisation.name for hit in notice.reach.all()] == ["Arendal", "Grimstad"]
    outage = Outage.objects.get()
    assert (outage.notice, outage.kind, outage.ended) == (notice, OutageKind.UNPLANNED, None)
    assert {letter.person.name for letter in NoticeLetter.objects.all()} == {"Kari Li", "Per Moe"}
    for _ in range(2):
        notice_letters.send_all(notice.pk)
    assert sorted(letter.to[0] for letter in mailoutbox) == ["kari.li@example.no", "per.moe@example.no"]
    assert mailoutbox[0].subject == "Driftsforstyrrelse: E-post er nede"
    assert "Gjelder: Arendal\n" in next(letter.body for letter in mailoutbox if "kari" in letter.to[0])


def test_planned_work_is_a_maintenance_window_that_is_notified_now(manager, held):
    starts, ends = minutes(3000), minutes(3200)
    answer = send(manager, held, kind="planned", starts=clock(starts), expected_end=clock(ends))
    assert answer.status_code == 302
    outage = Outage.objects.get()
    assert (outage.kind, clock(outage.started), clock(outage.ended)) == ("planned", clock(starts), clock(ends))
    assert outage.notified == ServiceNotice.objects.get().published_at


def test_information_and_what_is_not_to_be_registered_are_no_outage(manager, held):
    send(manager, held, kind="information")
    send(manager, held, with_outage="")
    assert (ServiceNotice.objects.count(), Outage.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"starts": clock(minutes(60))}, "Dette er i framtiden. Bare planlagt arbeid kan varsles på forhånd."),
        ({"kind": "planned"}, "Skriv når det planlagte arbeidet ventes ferdig."),
        ({"expected_end": clock(minutes(-90))}, "Den kan ikke slutte før den begynner."),
        ({"next_update": clock(minutes(-1))}, "Skriv et tidspunkt som ikke har vært."),
        ({"title": ""}, "Fyll ut dette feltet."),
        ({"services": []}, "Velg minst én."),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_field(manager, held, changes, words):
    answer = manager.post(ADD, typed(held, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_where_nobody_has_the_service_there_is_nobody_to_tell(email):
    with pytest.raises(ValidationError, match="ingen å melde fra til"):
        published(email)


def test_one_begins_with_a_template_or_with_an_outage_that_is_known(manager, held, arendal):
    words = NoticeTemplate.objects.create(name="Nede", title="[Tjenesten] er nede", text="Vi leter.")
    draft = Draft(hits=[Hit(held, arendal)], started=minutes(-45), title="E-post svarer ikke")
    outage = register_outage(draft=draft, outage=None, by=None)
    page = manager.get(ADD).content.decode()
    assert f"?template={words.pk}" in page
    form = manager.get(f"{ADD}?template={words.pk}&outage={outage.pk}").context["form"]
    assert (form["title"].value(), form["services"].value()) == ("[Tjenesten] er nede", [held.pk])
    assert "with_outage" not in form.fields
    send(manager, held, f"{ADD}?outage={outage.pk}", owners=[arendal.pk])
    outage.refresh_from_db()
    assert (outage.notice, Outage.objects.count()) == (ServiceNotice.objects.get(), 1)
    for asked in (f"outage={outage.pk}", "template=x", "outage=99999999999999999999"):
        assert manager.get(f"{ADD}?{asked}").status_code == 404


def test_what_is_said_since_is_sent_too_and_stands_with_the_notice(manager, held, readers, mailoutbox):
    send(manager, held)
    notice = ServiceNotice.objects.get()
    page = reverse("sla:notice-follow-up", args=[notice.pk])
    when = minutes(60)
    assert manager.post(page, {"text": "Årsaken er funnet.", "next_update": clock(when)}).status_code == 302
    notice_letters.send_all(notice.pk)
    assert [letter.subject for letter in mailoutbox][2:] == ["Oppdatert: E-post er nede"] * 2
    shown = manager.get(reverse("sla:notice-detail", args=[notice.pk])).content.decode()
    assert "Årsaken er funnet." in shown
    assert "Vi leter etter årsaken." in shown
    assert "Neste melding" in shown


def test_its_end_ends_the_outage_that_was_registered_with_it(manager, held, readers, mailoutbox):
    send(manager, held)
    notice = ServiceNotice.objects.get()
    page = reverse("sla:notice-end", args=[notice.pk])
    assert manager.post(page, {"text": "Virker.", "ended": clock(minutes(-60))}).status_code == 422
    assert manager.post(page, {"text": "Virker.", "ended": clock(minutes(60))}).status_code == 422
    assert manager.post(page, {"text": "Virker.", "ended": clock(minutes(-1))}).status_code == 302
    notice.refresh_from_db()
    assert Outage.objects.get().ended == notice.ended
    notice_letters.send_all(notice.pk)
    assert mailoutbox[-1].subject == "Avsluttet: E-post er nede"
    assert manager.get(page).status_code == 404
    for act in (end_notice, follow_up_notice):
        with pytest.raises(ValidationError, match="avsluttet allerede"):
            act(notice=notice, text="Enda en.", by=None)


def test_planned_work_that_takes_longer_is_moved_and_one_called_off_costs_nothing(manager, held):
    starts, longer = minutes(3000), minutes(3400)
    send(manager, held, kind="planned", starts=clock(starts), expected_end=clock(minutes(3200)))
    notice = ServiceNotice.objects.get()
    page = reverse("sla:notice-follow-up", args=[notice.pk])
    assert manager.post(page, {"text": "Det tar lengre tid."}).status_code == 422
    assert manager.post(page, {"text": "Det tar lengre tid.", "expected_end": clock(longer)}).status_code == 302
    assert clock(Outage.objects.get().ended) == clock(longer)
    assert "Avlys" in manager.get(reverse("sla:notice-detail", args=[notice.pk])).content.decode()
    assert manager.post(reverse("sla:notice-end", args=[notice.pk]), {"text": "Avlyst."}).status_code == 302
    outage = Outage.objects.get()
    assert outage.started == outage.ended
    shown = manager.get(reverse("sla:notice-detail", args=[notice.pk])).content.decode()
    assert "avlyst" in shown


def test_an_outage_of_monitoring_is_ended_there(manager, held, arendal):
    draft = Draft(hits=[Hit(held, arendal)], started=minutes(-45), title="E-post svarer ikke")
    save_outages(reports=[draft.named("overvåking", "7")], by=None)
    send(manager, held, f"{ADD}?outage={Outage.objects.get().pk}")
    manager.post(
        reverse("sla:notice-end", args=[ServiceNotice.objects.get().pk]), {"text": "Ok", "ended": clock(minutes(0))}
    )
    assert Outage.objects.get().ended is None


def test_what_is_planned_is_over_when_it_was_to_be_and_a_failure_when_a_person_says_so(held):
    now = timezone.now()
    failure = published(held, expected_end=minutes(-10))
    work = published(held, NoticeKind.PLANNED, expected_end=minutes(-10))
    coming = published(held, NoticeKind.PLANNED, starts=minutes(60), expected_end=minutes(90))
    assert [*ServiceNotice.objects.current(now)] == [failure]
    assert [*ServiceNotice.objects.over(now)] == [work]
    assert [*ServiceNotice.objects.coming(now)] == [coming]
    assert [notice.is_over(now) for notice in (failure, work, coming)] == [False, True, False]
    end_notice(notice=coming, text="Avlyst.", by=None)
    assert [*ServiceNotice.objects.coming(now)] == []


def test_homes_tell_of_what_hits_their_own(held, arendal, grimstad, readers):
    kari, per, _reader = readers
    published(held, owners=[arendal])
    published(
        held, NoticeKind.PLANNED, owners=[grimstad], starts=minutes(600), expected_end=minutes(700), title="Bytte"
    )
    published(held, NoticeKind.PLANNED, owners=[grimstad], starts=minutes(9000), expected_end=minutes(9100))
    assert [(one.title, one.is_calm) for one in home_for(kari).notices] == [("E-post er nede", False)]
    assert [(one.title, one.is_calm) for one in home_for(per).notices] == [("Bytte", True)]


def test_a_manager_is_asked_to_tell_of_what_nobody_has_been_told_of(client, administrator, held, arendal):
    draft = Draft(hits=[Hit(held, arendal)], started=minutes(-45), title="E-post svarer ikke")
    outage = register_outage(draft=draft, outage=None, by=None)
    [task] = [task for task in home_for(administrator).tasks if "ingen melding er sendt" in task.title]
    assert task.url == f"{ADD}?outage={outage.pk}"
    client.force_login(administrator)
    send(client, held, task.url)
    assert not [task for task in home_for(administrator).tasks if "ingen melding er sendt" in task.title]


def test_the_status_page_tells_how_each_service_stands(client, held, arendal, grimstad, readers):
    others = [make.service(code, name) for code, name in (("TLF", "Telefoni"), ("NETT", "Nettverk"), ("SAK", "Sak"))]
    for other in others:
        make.subscription(arendal, other)
    published(held, owners=[arendal])
    published(others[0], NoticeKind.PLANNED, expected_end=minutes(60), title="Bytte av sentralbord")
    register_outage(draft=Draft(hits=[Hit(others[1], None)], started=minutes(-5)), outage=None, by=None)
    client.force_login(readers[2])
    page = client.get(reverse("sla:status-start"), follow=True)
    assert [(str(service), word) for service, _status, word in page.context["services"]] == [
        ("E-post", "nede"),
        ("Nettverk", "nede"),
        ("Telefoni", "planlagt arbeid pågår"),
        ("Sak", "ingen kjent feil"),
    ]
    assert page.context["state"] == "To tjenester er nede."
    assert client.get(reverse("sla:status-detail", args=[grimstad.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_status_of_an_organisation_costs_the_same_queries_at_any_length(arendal, count, django_assert_num_queries):
    for number in range(count):
        service = make.service(f"T{number}", f"Tjeneste {number}")
        make.subscription(arendal, service)
        make.notice(arendal, service)
    with django_assert_num_queries(6):
        assert status_of(arendal, timezone.now()).down == count


def test_an_administrator_chooses_whose_status(manager, held):
    page = manager.get(reverse("sla:status-start")).content.decode()
    assert page.count("Alt virker, så vidt vi vet.") == 2


def test_a_template_is_written_changed_and_deleted(manager):
    words = {"name": "Nede", "kind": "fault", "title": "Nede", "text": "Den er nede."}
    assert manager.post(reverse("sla:notice-template-add"), words).status_code == 302
    template = NoticeTemplate.objects.get()
    assert manager.post(reverse("sla:notice-template-add"), words).status_code == 422
    page = reverse("sla:notice-template-edit", args=[template.pk])
    assert manager.post(page, words | {"title": "Helt nede"}).status_code == 302
    assert "Helt nede" in manager.get(reverse("sla:notice-template-list")).content.decode()
    assert manager.post(reverse("sla:notice-template-discard", args=[template.pk])).status_code == 302
    assert not NoticeTemplate.objects.exists()


def test_an_address_that_is_refused_keeps_nobody_else_waiting_and_what_is_stranded_leaves(
    held, readers, mailoutbox, monkeypatch
):
    notice = published(held)
    refused = {"kari.li@example.no"}

    def send_mail(subject, body, sender, to):
        if refused & set(to):
            raise SMTPRecipientsRefused({to[0]: (550, b"unknown")})
        mailoutbox.append(to)

    monkeypatch.setattr(channels, "send_mail", send_mail)
    notice_letters.send_all(notice.pk)
    assert mailoutbox == [["per.moe@example.no"]]
    refused.clear()
    notice_letters.send_stranded()
    assert len(mailoutbox) == 1  # it may still leave the ordinary way
    NoticeMessage.objects.update(at=minutes(-20))
    notice_letters.send_stranded()
    assert mailoutbox[1:] == [["kari.li@example.no"]]


class Sms:
    key = "sms"
    sent: list[tuple[str, str]] = []

    def reaches(self, person):
        return bool(person.phone)

    def send(self, person, subject, body):
        self.sent.append((person.phone, subject))


def test_an_installation_may_have_another_channel(held, readers, settings):
    settings.NOTICE_CHANNELS = ["services.channels.Email", f"{__name__}.Sms"]
    readers[1].phone = "99999999"
    readers[1].save()
    channels.channels.cache_clear()
    try:
        notice_letters.send_all(published(held).pk)
    finally:
        channels.channels.cache_clear()
    assert Sms.sent == [("99999999", "Driftsforstyrrelse: E-post er nede")]


def test_a_machine_tells_follows_up_and_ends(client, held, arendal, grimstad):
    headers = bearer(make.person("Monitor", Role.SERVICE_MANAGER))

    def post(path, who=headers, **body):
        return client.post(f"/api/v1/notices/{path}", body, content_type="application/json", headers=who)

    said = {"kind": "fault", "title": "E-post er nede", "text": "Vi leter.", "services": ["EPOST"]}
    said |= {"starts": minutes(-5).isoformat(), "municipalities": ["4203"], "with_outage": True}
    answer = post("", **said)
    assert (answer.status_code, answer.json()["reach"]) == (201, [{"service": "EPOST", "municipality": "4203"}])
    path = answer.json()["id"]
    assert post("", **(said | {"starts": minutes(60).isoformat()})).json()["errors"].keys() == {"starts"}
    assert post("", **(said | {"kind": "planned"})).status_code == 400
    assert post(f"{path}/follow-up/", text="Funnet.").json()["messages"][0]["text"] == "Funnet."
    assert post(f"{path}/end/", text="Virker.").json()["is_over"]
    assert Outage.objects.get().ended is not None
    reader = bearer(make.person("Desk", Role.INTEGRATION, at=arendal))
    assert post("", reader, **said).status_code == 403
    assert client.get("/api/v1/notices/", headers=reader).json()["count"] == 1
    foreign = bearer(make.person("Andre", Role.INTEGRATION, at=grimstad))
    assert client.get("/api/v1/notices/", headers=foreign).json()["count"] == 0
