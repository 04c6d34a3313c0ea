"""A form sent empty says what is missing, leads to each field, and each field is described by its error."""

import pytest
from django import forms
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from django.utils import translation
from lxml import html

from partnership.access import Role
from tests import make
from tests.access.matrix import Page
from tests.test_access_matrix import PAGES

SUMMARY = "//ds-error-summary"
HASHED = make_password("fjell-og-fjord-42")
"""Hashed once: doing so is slow on purpose, and no page here asks which password it is."""
SENT_EMPTY = {
    page.name: page for page in PAGES if page.anonymous == 302 and not page.name.startswith("account_log")
}.values()
SURE_TO_ASK = {"services:subscription-add-many", "account_change_password", "sla:agreement-add", "sla:import-start"}


def faults(text: str) -> list[str]:
    """Links of the summary that lead nowhere, and fields that no error describes."""
    page = html.fromstring(text)
    links = [(link.get("href")[1:], link.text_content()) for link in page.xpath(f"{SUMMARY}//a")]
    return [words for target, words in links if not is_described(page, target, words)]


def is_described(page: html.HtmlElement, target: str, words: str) -> bool:
    for element in page.xpath("//*[@id=$id]", id=target):
        around = [element, *element.iterancestors("fieldset")]
        ids = [one for place in around for one in place.get("aria-describedby", "").split()]
        told = [found.text_content().strip() for one in ids for found in page.xpath("//*[@id=$id]", id=one)]
        return len(told) == len(ids) and any(words.endswith(text) for text in told if text)
    return False


@pytest.mark.parametrize("page", SENT_EMPTY, ids=str)
def test_every_line_of_the_summary_leads_to_a_field_that_its_error_describes(client, world, page: Page):
    own = page.own(world)
    roles = (Role.ADMINISTRATOR, Role.SERVICE_MANAGER, Role.MEETING_SECRETARY)
    person = make.person("Rolle Rollesen", *roles)
    person.password = HASHED
    person.save()
    client.force_login(person)
    make.service("TELEFON", "Telefoni")
    answer = client.post(reverse(page.name, kwargs=own) + page.query, {})
    if page.name in SURE_TO_ASK:
        assert answer.status_code == 422
    if answer.status_code == 422:
        assert b"<ds-error-summary" in answer.content
        assert faults(answer.content.decode()) == []


class EveryField(forms.Form):
    text = forms.CharField()
    day = forms.DateField()
    count = forms.IntegerField()
    share = forms.DecimalField(localize=True)
    file = forms.FileField()
    choice = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])


@pytest.mark.parametrize(
    ("language", "empty", "unreadable"),
    [
        (
            "nb",
            ["Fyll ut dette feltet."] * 4 + ["Velg en fil.", "Velg fra listen.", "Velg minst én."],
            [
                "Skriv datoen som dd.mm.åååå, for eksempel 23.11.2026.",
                "Skriv et helt tall, for eksempel 12.",
                "Skriv et tall, for eksempel 12,5.",
                "Velg fra listen. Det som ble bedt om, står ikke i den.",
            ],
        ),
        (
            "nn",
            ["Fyll ut dette feltet."] * 4 + ["Vel ei fil.", "Vel frå lista.", "Vel minst éin."],
            [
                "Skriv datoen som dd.mm.åååå, til dømes 23.11.2026.",
                "Skriv eit heilt tal, til dømes 12.",
                "Skriv eit tal, til dømes 12,5.",
                "Vel frå lista. Det som vart bede om, står ikkje i henne.",
            ],
        ),
        (
            "en",
            ["Fill in this field."] * 4 + ["Choose a file.", "Choose from the list.", "Choose at least one."],
            [
                "Write the date as dd.mm.yyyy, for example 23.11.2026.",
                "Write a whole number, for example 12.",
                "Write a number, for example 12.5.",
                "Choose from the list. What was asked for is not in it.",
            ],
        ),
    ],
)
def test_every_field_says_how_to_mend_it(language, empty, unreadable):
    with translation.override(language):
        assert [errors[0] for errors in EveryField({}, {}).errors.values()] == empty
        typed = dict.fromkeys(("day", "count", "share", "choice"), "tull")
        errors = EveryField({"text": "a", "several": ["a"]} | typed, {}).errors
        assert [errors[name][0] for name in typed] == unreadable
