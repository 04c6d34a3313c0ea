"""What the form of a service notice does with the words of a template, and how it shows what is about to be sent."""

import pytest

from services.models import ServiceNotice
from tests import make
from tests.sla.announced import ADD, send, typed


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
    assert errors(answer) == {"title": ["This is too long with the names of the services. Write it shorter."]}


def test_without_a_service_only_that_is_asked_for(manager, held):
    answer = manager.post(ADD, typed(held, title="[Tjenesten] er nede", services=[]))
    assert [*errors(answer)] == ["services"]
