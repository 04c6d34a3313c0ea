"""Service notices: written once for all whom they hit, with the outage or the planned work, followed up and ended."""

import re
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from partnership.models import Organisation, OrganisationKind
from services import notice_letters
from services.actions.notices import Announcement, end_notice, follow_up_notice
from services.models import NoticeKind, NoticeLetter, NoticeTemplate, ServiceNotice
from sla.actions.announcing import announce, end
from sla.actions.outages import register_outage, save_outages
from sla.models import Outage, OutageKind
from sla.outages.reports import Draft, Hit
from tests import make
from tests.sla.announced import ADD, clock, minutes, published, send, typed
from tests.together import at_once


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
    page = reverse("sla:notice-detail", args=[notice.pk])
    assert "0 av 2 er sendt" in manager.get(page).content.decode()
    for _ in range(2):
        notice_letters.send_all(notice.pk)
    assert "2 av 2 er sendt" in manager.get(page).content.decode()
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


@pytest.mark.parametrize("title", ["E-post\r\nBcc: x@y.no", "E-post\ver nede", "E-post\u2028er nede"])
def test_a_headline_is_one_line_because_it_is_the_subject_of_letters(manager, held, title):
    answer = manager.post(ADD, typed(held, title=title))
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["title"])
    template = {"name": "Nede", "kind": "fault", "title": title, "text": "Vi leter."}
    answer = manager.post(reverse("sla:notice-template-add"), template)
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["title"])
    with pytest.raises(ValidationError) as refusal:
        published(held, title=title)
    assert [*refusal.value.message_dict] == ["title"]


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


def test_the_same_form_sent_twice_is_one_notice(manager, held, readers):
    [token] = re.findall(r'name="token" value="([^"]+)"', manager.get(ADD).content.decode())
    for _ in range(2):
        answer = send(manager, held, token=token)
        assert answer.url == reverse("sla:notice-detail", args=[ServiceNotice.objects.get().pk])
    assert (Outage.objects.count(), NoticeLetter.objects.count()) == (1, 2)
    assert send(manager, held, token=token, title="Noe annet er nede").status_code == 422
    assert ServiceNotice.objects.count() == 1


def test_the_same_form_about_a_known_outage_sent_twice_is_one_notice(manager, held, arendal):
    draft = Draft(hits=[Hit(held, arendal)], started=minutes(-45), title="E-post svarer ikke")
    page = f"{ADD}?outage={register_outage(draft=draft, outage=None, by=None).pk}"
    token = str(manager.get(page).context["form"]["token"].value())
    assert [send(manager, held, page, token=token).status_code for _ in range(2)] == [302, 302]
    assert send(manager, held, page).status_code == 422  # another form about what has been told of
    assert ServiceNotice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_is_one_notice():
    owner = Organisation.objects.create(kind=OrganisationKind.OTHER, name="Havna")
    email, writer, token = make.service("EPOST", "E-post"), make.person("Vakt", Role.SERVICE_MANAGER), uuid4()
    make.subscription(owner, email)
    said = Announcement(NoticeKind.FAULT, "E-post er nede", "Vi leter.", [email], [], minutes(-5))

    def sending() -> ServiceNotice:
        return announce(said=said, with_outage=True, token=token, by=writer)

    assert at_once(sending, sending) == [ServiceNotice.objects.get()] * 2
    assert Outage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_of_one_outage_at_once_are_one_notice_and_one_refusal():
    owner = Organisation.objects.create(kind=OrganisationKind.OTHER, name="Havna")
    email = make.service("EPOST", "E-post")
    make.subscription(owner, email)
    draft = Draft(hits=[Hit(email, owner)], started=minutes(-45))
    register_outage(draft=draft, outage=None, by=None)
    said = Announcement(NoticeKind.FAULT, "E-post er nede", "Vi leter.", [email], [], minutes(-5))
    seen = [Outage.objects.get(), Outage.objects.get()]
    answers = at_once(*(partial(announce, said=said, outage=outage, by=None) for outage in seen))
    assert sorted(type(answer).__name__ for answer in answers) == ["ServiceNotice", "ValidationError"]
    assert ServiceNotice.objects.count() == 1


def test_the_outage_hits_those_whom_the_notice_tells_and_nobody_else(manager, held, arendal, grimstad):
    case = make.service("SAK", "Sak")
    make.subscription(arendal, case)
    owners = [arendal.pk, grimstad.pk]
    send(manager, held, services=[held.pk, case.pk], owners=owners)
    hit = [(one.service.code, one.organisation.name) for one in Outage.objects.get().reach.all()]
    assert hit == [("EPOST", "Arendal"), ("EPOST", "Grimstad"), ("SAK", "Arendal")]


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


def test_planned_work_that_ended_by_itself_keeps_its_end_when_a_last_word_is_said(manager, held):
    starts, was_to_end = minutes(-9000), minutes(-8880)
    send(manager, held, kind="planned", starts=clock(starts), expected_end=clock(was_to_end))
    notice = ServiceNotice.objects.get()
    page = reverse("sla:notice-end", args=[notice.pk])
    assert timezone.make_aware(manager.get(page).context["form"]["ended"].value()) == notice.expected_end
    end(notice=notice, text="Ferdig.", ended=None, by=None)
    notice.refresh_from_db()
    assert notice.ended == notice.expected_end == Outage.objects.get().ended


def test_planned_work_that_a_person_says_took_longer_took_longer(manager, held):
    send(manager, held, kind="planned", starts=clock(minutes(-300)), expected_end=clock(minutes(-200)))
    longer = minutes(-100)
    end(notice=ServiceNotice.objects.get(), text="Ferdig.", ended=longer, by=None)
    assert Outage.objects.get().ended == longer


def test_the_end_of_information_ends_no_outage(manager, held, arendal):
    draft = Draft(hits=[Hit(held, arendal)], started=minutes(-45), title="E-post svarer ikke")
    outage = register_outage(draft=draft, outage=None, by=None)
    send(manager, held, f"{ADD}?outage={outage.pk}", kind="information")
    end(notice=ServiceNotice.objects.get(), text="Ferdig.", ended=None, by=None)
    assert Outage.objects.get().ended is None


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
