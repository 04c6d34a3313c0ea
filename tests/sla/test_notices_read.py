"""Service notices where they are read: homes, the status page, letters, other channels, REST; and their templates."""

from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from partnership.models import RoleGrant
from portal.home import home_for
from services import channels, notice_letters
from services.actions.notices import end_notice
from services.models import NoticeKind, NoticeLetter, NoticeMessage, NoticeTemplate, ServiceNotice
from sla.actions.outages import register_outage
from sla.figures.notices import status_of
from sla.models import Outage
from sla.outages.reports import Draft, Hit
from tests import make
from tests.portal.test_api import bearer
from tests.sla.announced import ADD, minutes, published, send


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


def test_an_administrator_chooses_whose_status(manager, held, arendal):
    published(held, owners=[arendal])
    rows = manager.get(reverse("sla:status-start")).context["rows"]
    assert [(str(owner), words) for owner, words in rows] == [
        ("Arendal", "Én tjeneste er nede."),
        ("Grimstad", "Alt virker, så vidt vi vet."),
    ]
    register_outage(draft=Draft(hits=[Hit(held, None)], started=minutes(-5)), outage=None, by=None)
    rows = manager.get(reverse("sla:status-start")).context["rows"]
    assert [words for _owner, words in rows] == ["Én tjeneste er nede."] * 2


@pytest.mark.parametrize("others", [[], ["4201", "4211", "4212", "4213"]])
def test_whose_status_costs_the_same_queries_for_any_number_of_owners(manager, held, others, django_assert_num_queries):
    for number in others:
        make.subscription(make.organisation(number), held)
    published(held)
    with django_assert_num_queries(8):
        assert len(manager.get(reverse("sla:status-start")).context["rows"]) == 2 + len(others)


def test_what_ended_within_fourteen_days_is_told_of_whenever_it_began(held, arendal):
    day = 60 * 24
    long = published(held, NoticeKind.INFORMATION, starts=minutes(-30 * day), expected_end=minutes(-13 * day))
    published(held, NoticeKind.INFORMATION, starts=minutes(-30 * day), expected_end=minutes(-15 * day))
    failure = published(held, starts=minutes(-20 * day))
    end_notice(notice=failure, text="Den virker.", ended=minutes(-day), by=None)
    assert status_of(arendal, timezone.now()).past == [failure, long]


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


def test_a_line_break_that_stands_in_a_headline_already_stops_no_letter(held, readers, mailoutbox):
    notice = published(held)
    ServiceNotice.objects.update(title="E-post\r\ner nede")
    notice_letters.send_all(notice.pk)
    assert [letter.subject for letter in mailoutbox] == ["Driftsforstyrrelse: E-post er nede"] * 2
    assert end_notice(notice=notice, text="Den virker.", by=None).ended


def test_a_channel_that_is_down_keeps_no_other_waiting_and_is_tried_again(held, readers, mailoutbox, settings):
    settings.NOTICE_CHANNELS = [f"{__name__}.Broken", "services.channels.Email"]
    channels.channels.cache_clear()
    try:
        notice = published(held)
        with pytest.raises(OSError, match="the gateway is down"):
            notice_letters.send_all(notice.pk)
    finally:
        channels.channels.cache_clear()
    assert len(mailoutbox) == 2
    assert [letter.channel for letter in NoticeLetter.objects.unsent()] == ["broken", "broken"]


def test_whoever_may_not_see_it_any_more_is_not_written_to(held, readers, mailoutbox):
    notice = published(held)
    RoleGrant.objects.filter(user=readers[0]).delete()
    readers[1].is_active = False
    readers[1].save()
    notice_letters.send_all(notice.pk)
    assert (mailoutbox, NoticeLetter.objects.count()) == ([], 0)


def test_a_letter_that_nobody_has_use_for_any_more_does_not_leave_with_the_next(held, readers, mailoutbox):
    notice = published(held)
    NoticeMessage.objects.update(at=minutes(-60 * 25))
    end_notice(notice=notice, text="Den virker.", by=None)
    notice_letters.send_all(notice.pk)
    assert [letter.subject for letter in mailoutbox] == ["Avsluttet: E-post er nede"] * 2


class Broken:
    key = "broken"

    def reaches(self, person):
        return True

    def send(self, person, subject, body):
        raise OSError("the gateway is down")


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
    said |= {"key": str(uuid4())}
    answer = post("", **said)
    assert (answer.status_code, answer.json()["reach"]) == (201, [{"service": "EPOST", "municipality": "4203"}])
    assert post("", **said).json()["id"] == answer.json()["id"]
    assert post("", **(said | {"text": "Noe annet."})).status_code == 400
    path = answer.json()["id"]
    assert post("", **(said | {"starts": minutes(60).isoformat()})).json()["errors"].keys() == {"starts"}
    assert post("", **(said | {"kind": "planned"})).status_code == 400
    assert post("", **(said | {"starts": "9999-12-31T22:00:00Z"})).json()["errors"].keys() == {"starts"}
    for name in ("expected_end", "next_update"):
        assert post("", **(said | {name: minutes(-60).isoformat()})).json()["errors"].keys() == {name}
        assert post(f"{path}/follow-up/", text="Mer.", **{name: minutes(-60).isoformat()}).status_code == 400
    long = {"kind": "planned", "expected_end": minutes(60 * 24 * 370).isoformat()}
    assert post("", **(said | long)).json()["errors"].keys() == {"expected_end"}
    assert post("", **(said | {"title": "E-post\nBcc: x@y.no"})).json()["errors"].keys() == {"title"}
    assert post(f"{path}/follow-up/", text="Funnet.").json()["messages"][0]["text"] == "Funnet."
    assert post(f"{path}/end/", text="Virker.").json()["is_over"]
    assert Outage.objects.get().ended is not None
    reader = bearer(make.person("Desk", Role.INTEGRATION, at=arendal))
    assert post("", reader, **said).status_code == 403
    assert client.get("/api/v1/notices/", headers=reader).json()["count"] == 1
    foreign = bearer(make.person("Andre", Role.INTEGRATION, at=grimstad))
    assert client.get("/api/v1/notices/", headers=foreign).json()["count"] == 0
