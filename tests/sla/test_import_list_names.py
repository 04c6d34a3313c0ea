"""What a list calls owners and services: guessed where the names are equal, and seen before anything is saved."""

import pytest
from django.urls import reverse

from services.models import Service
from sla.actions.imports import remember_codes
from sla.forms.imports import MappingForm
from sla.imports.mapping import read_codes
from sla.models import ImportMapping
from tests import make
from tests.make import oslo
from tests.sla.lists import COLUMNS, MAPPING, NAMED, chosen

NAMES = """Saksnr;Meldt;Prioritet;Kommune;Tjeneste
A-1;01.04.2026 08:00;2;ARENDAL  kommune;epost
A-2;01.04.2026 08:00;2;4202;records
A-3;01.04.2026 08:00;2;Bergen;Sak/Arkiv
"""


@pytest.fixture(autouse=True)
def ground(arendal, grimstad):
    make.agreement((make.service("EPOST", "E-post"), arendal), first=oslo(2026, 1, 1).date())


def in_english(person):
    person.language = "en"
    person.save()
    return person


def test_the_form_begins_with_what_is_called_the_same_and_says_that_it_is_a_guess(
    client, administrator, arendal, grimstad
):
    client.force_login(in_english(administrator))
    make.service("SAK", "Sak/arkiv", name_en="Records")
    one = chosen(NAMES, {name: COLUMNS[name] for name in NAMED})
    url = reverse("sla:import-map", args=[one.pk])
    form = client.get(url).context["form"]
    guessed = {line.words: (line.field.value(), line.field.help_text) for line in (*form.locations, *form.categories)}
    email, case = (str(Service.objects.get(code=code).pk) for code in ("EPOST", "SAK"))
    assert guessed == {
        "All other locations": ("", ""),
        "ARENDAL  kommune": (str(arendal.pk), "Suggested: Arendal"),
        "4202": (str(grimstad.pk), "Suggested: Grimstad"),
        "Bergen": ("", ""),
        "All other categories": ("", ""),
        "epost": (email, "Suggested: E-post"),
        "records": (case, "Suggested: Records"),
        "Sak/Arkiv": (case, "Suggested: Records"),
    }
    assert 'aria-describedby="id_municipality-1_helptext"' in client.get(url).content.decode()


def test_what_has_been_answered_is_no_guess(arendal, grimstad):
    make.service("SAK", "E-post")
    ImportMapping.objects.create(source="x", kind="municipality", value="Arendal", organisation=grimstad)
    form = MappingForm(source="x", locations=[("Arendal", 1)], categories=[("E-post", 1)], guesses_names=True)
    lines = (*form.locations, *form.categories)
    assert [(line.field.value(), line.field.help_text) for line in lines if line.count] == [
        (str(grimstad.pk), ""),
        ("", ""),
    ]


def test_nothing_is_guessed_of_what_servicenow_says(arendal):
    form = MappingForm(source="servicenow", locations=[("Arendal", 1)], categories=[("E-post", 1)])
    assert [line.field.value() for line in (*form.locations, *form.categories)] == ["", "", "", ""]


def test_the_preview_tells_to_whom_and_to_what_the_incidents_go(client, administrator, arendal, grimstad):
    client.force_login(administrator)
    one = chosen()
    remember_codes(source=one.source, codes=read_codes(MAPPING), by=None)
    page = client.get(reverse("sla:import-preview", args=[one.pk]))
    seen = page.context["belongings"]
    assert (seen.owners, seen.services) == ([("Arendal", 2), ("Grimstad", 1)], [("E-post", 3)])
    assert '<th scope="row">Grimstad</th><td class="number">1</td>' in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_of_a_list_ask_the_same_number_of_questions_whatever_the_count(
    client, administrator, django_assert_num_queries, count
):
    client.force_login(administrator)
    rows = (f"A-{number};01.04.2026 08:00;2;Arendal;E-post {number}\n" for number in range(count))
    one = chosen("Saksnr;Meldt;Prioritet;Kommune;Tjeneste\n" + "".join(rows), {name: COLUMNS[name] for name in NAMED})
    remember_codes(source=one.source, codes=read_codes(MAPPING), by=None)
    with django_assert_num_queries(16):
        client.get(reverse("sla:import-map", args=[one.pk]))
    with django_assert_num_queries(19):
        client.get(reverse("sla:import-preview", args=[one.pk]))
