"""What the form of a service notice does with the words of a template, and how it shows what is about to be sent."""

import re

import pytest

from services.models import ServiceNotice
from tests import make
from tests.sla.announced import ADD, send, typed

HEADING = re.compile(r"<h1([^>]*)>([^<]*)</h1>")


@pytest.fixture(autouse=True)
def _in_english(administrator):
    administrator.language = "en"
    administrator.save()


def errors(answer) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return answer.context["form"].errors


def test_the_chosen_services_are_filled_in_where_a_template_says_the_service(manager, held, arendal):
    case = make.service("SAK", "Sak")
    make.subscription(arendal, case)
    words = {"title": "[Tjenesten] er nede", "text": "Vi ser på [tjenesten].", "services": [held.pk, case.pk]}
    shown = manager.post(ADD, typed(held, **words)).context["form"]
    seen = ("E-post and Sak er nede", "Vi ser på E-post and Sak.")
    assert (shown["title"].value(), shown["text"].value()) == seen
    send(manager, held, **words)
    notice = ServiceNotice.objects.get()
    assert (notice.title, notice.messages.get().text) == seen


def test_other_words_in_brackets_are_to_be_replaced_before_it_is_sent(manager, held):
    words = {"title": "[Hva] er nede", "text": "Prøv [råd] eller [annet], [tjenesten] og [råd]."}
    assert errors(manager.post(ADD, typed(held, **words))) == {
        "title": ["Replace [Hva] with what is so this time."],
        "text": ["Replace [råd] and [annet] with what is so this time."],
    }
    assert ServiceNotice.objects.count() == 0


def test_a_headline_that_grows_too_long_with_the_names_is_told(manager, arendal):
    long = make.service("LANG", "N" * 100)
    make.subscription(arendal, long)
    answer = manager.post(ADD, typed(long, title="[Tjenesten], [tjenesten]"))
    assert errors(answer) == {"title": ["Dette blir for langt med navnene på tjenestene. Skriv det kortere."]}


def test_without_a_service_only_that_is_asked_for(manager, held):
    answer = manager.post(ADD, typed(held, title="[Tjenesten] er nede", services=[]))
    assert [*errors(answer)] == ["services"]


def test_what_is_about_to_be_sent_has_its_own_heading_which_takes_the_focus(manager, held, readers):
    written = manager.get(ADD).content.decode()
    page = manager.post(ADD, typed(held)).content.decode()
    assert [HEADING.findall(one) for one in (written, page)] == [
        [("", "Write a service notice")],
        [(' tabindex="-1" autofocus', "Is this right? Not sent yet")],
    ]
    assert "<title>Is this right? Not sent yet · Fellesgrep</title>" in page
    parts = ("Whom it hits", "Grimstad", "2 people", "Vi leter etter årsaken.", "Send the notice", "Change the notice")
    places = [page.index(part) for part in (*parts, 'name="title"')]
    assert places == sorted(places)


def test_what_nobody_would_be_told_says_so_in_its_heading(manager, held):
    answer = manager.post(ADD, typed(held, starts="01.01.1990 08.00"))
    assert (answer.context["title"], "Send the notice" in answer.content.decode()) == (
        "Nobody to tell. Not sent", False,
    )  # fmt: skip


@pytest.mark.parametrize(("starts", "is_open"), [("01.01.1990 08.00", True), ("", False)])
def test_the_form_lies_open_under_the_preview_only_where_it_has_to_be_changed(manager, held, starts, is_open):
    page = manager.post(ADD, typed(held, **({"starts": starts} if starts else {}))).content.decode()
    assert ('<details class="fold" open>' in page, '<details class="fold">' in page) == (is_open, not is_open)


def test_who_changed_whom_it_hits_is_told_why_it_was_not_sent(manager, held, grimstad):
    seen = manager.post(ADD, typed(held))
    again = manager.post(ADD, typed(held, owners=[grimstad.pk]) | {"checked": seen.context["choice"]})
    assert [one.context["state"] for one in (seen, again)] == ["", "You changed whom it hits. Check again."]
    assert ServiceNotice.objects.count() == 0


def test_whom_it_hits_can_be_asked_for_again_without_sending(manager, held):
    seen = manager.post(ADD, typed(held))
    again = manager.post(ADD, typed(held, title="Noe annet") | {"checked": [seen.context["choice"], ""]})
    assert (again.status_code, again.context["state"], ServiceNotice.objects.count()) == (200, "", 0)
    assert '<p class="strong">Noe annet</p>' in again.content.decode()
