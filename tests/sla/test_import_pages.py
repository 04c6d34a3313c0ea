"""The import in the browser: upload, what the values mean, check, start, result."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partnership import jobs
from partnership.models import Job, JobState
from services.models import Service
from sla.models import Import, ImportMapping, Incident
from tests import make
from tests.sla.exports import EVERYTHING, export, prepared

pytestmark = pytest.mark.django_db
PROFILE, LOGIN = "/min-profil/", "/konto/logg-inn/"
BAD = {"number": "INC9", "opened_at": "soon"}
FILE = export({"number": "INC1"}, {"number": "INC2", "location": "Location 2"}, BAD)


@pytest.fixture(autouse=True)
def _ground(client, administrator, arendal, grimstad):
    administrator.language = "en"
    administrator.save()
    make.service("EPOST")
    client.force_login(administrator)


def upload(client, content: bytes = FILE):
    file = SimpleUploadedFile("eksport.csv", content, content_type="text/csv")
    return client.post(reverse("sla:import-start"), {"file": file})


def url(name: str, one: Import | None = None) -> str:
    return reverse(f"sla:import-{name}", args=[(one or Import.objects.get()).pk])


def test_import_start_reads_the_file_and_asks_what_its_values_mean(client):
    response = upload(client)
    assert response.url == url("map")
    page = client.get(response.url).content.decode()
    assert "The file is an export from ServiceNow." in page
    assert page.index("Location 1") < page.index("Location 2") < page.index("Category 1")


def test_import_start_tells_at_the_field_why_a_file_is_refused(client):
    response = upload(client, b"a,b\n")
    assert (response.status_code, Import.objects.count()) == (422, 0)
    assert response.context["form"].errors["file"][0].startswith("The header in line 1 is not that of an export")


@pytest.mark.parametrize(
    ("language", "button", "empty"),
    [
        ("nb", "Velg fil", "Ingen fil er valgt."),
        ("nn", "Vel fil", "Inga fil er vald."),
        ("en", "Choose a file", "No file is chosen."),
    ],
)
def test_the_button_for_a_file_speaks_the_language_of_the_page(client, administrator, language, button, empty):
    administrator.language = language
    administrator.save()
    page = client.get(reverse("sla:import-start")).content.decode()
    assert f'<label class="ds-button" data-variant="secondary" for="id_file">{button}</label>' in page
    assert f'<span class="file-none">{empty}</span>' in page


def test_import_start_refuses_a_file_over_the_limit(client, settings):
    settings.IMPORT_LIMIT_BYTES = 100
    assert upload(client).context["form"].errors == {
        "file": ["The file is larger than 0 MB, the most that is imported at once."]
    }


def test_a_large_body_is_kept_for_nobody_but_those_who_import(client, order_placer, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = len(FILE)
    assert upload(client).status_code == 302
    settings.IMPORT_LIMIT_BYTES = len(FILE) // 2
    assert upload(client).status_code == 400
    settings.IMPORT_LIMIT_BYTES = len(FILE) * 2
    client.force_login(order_placer)
    assert [client.post(PROFILE, {"file": BytesIO(content)}).status_code for content in (FILE, b"small")] == [400, 422]
    client.logout()
    assert [client.post(LOGIN, {"file": BytesIO(content)}).status_code for content in (FILE, b"small")] == [400, 422]


def test_import_start_lists_the_latest_files(client):
    one = prepared(FILE)
    assert f'<a href="{url("result", one)}">eksport.csv</a>' in client.get(reverse("sla:import-start")).content.decode()


def test_import_map_remembers_the_answers_for_the_next_file(client, arendal, grimstad):
    upload(client)
    service = Service.objects.get(code="EPOST")
    answers = {"municipality-0": arendal.pk, "municipality-2": grimstad.pk, "service-0": service.pk}
    assert client.post(url("map"), answers).url == url("preview")
    assert sorted(ImportMapping.objects.values_list("kind", "value")) == [
        ("municipality", "*"),
        ("municipality", "Location 2"),
        ("service", "*"),
    ]
    again = client.get(url("map")).context["form"]
    assert [line.field.value() for line in again.locations] == [str(arendal.pk), "", str(grimstad.pk)]


def test_import_map_wants_an_answer_for_each_value_or_for_the_rest(client, arendal):
    upload(client)
    response = client.post(url("map"), {"municipality-1": arendal.pk})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "municipality-0": ["Choose a municipality for each location, or one for all other locations."],
        "service-0": ["Choose a service for each category, or one for all other categories."],
    }


def test_import_preview_comes_after_the_meanings(client):
    upload(client)
    assert client.get(url("preview")).url == url("map")


def test_import_preview_shows_counts_and_problems_before_anything_is_saved(client):
    one = prepared(FILE)
    response = client.get(url("preview", one))
    assert [figure["value"] for figure in response.context["figures"]] == ["2", "0", "0", "1", "3"]
    assert [problem.line for problem in response.context["left_out"]] == [4]
    assert Incident.objects.count() == 0


def test_import_run_starts_the_work_and_shows_how_far_it_is(client):
    one = prepared(FILE)
    response = client.post(url("run", one))
    job = Job.objects.get()
    assert response.url == reverse("partnership:job-detail", args=[job.pk])
    jobs.perform(job.pk)
    page = client.get(response.url).content.decode()
    assert "2 new, 0 changed, 0 unchanged, 1 left out." in page
    assert url("result", one) in page


def test_import_run_twice_is_one_job(client):
    one = prepared(FILE)
    assert client.post(url("run", one)).url == client.post(url("run", one)).url


def test_import_run_cannot_be_reached_by_a_link(client):
    assert client.get(url("run", prepared(FILE))).status_code == 405


def test_import_result_shows_what_came_of_it(client):
    one = prepared(FILE)
    client.post(url("run", one))
    jobs.perform(Job.objects.get().pk)
    response = client.get(url("result", one))
    assert [figure["value"] for figure in response.context["figures"]] == ["2", "0", "0", "1", "3"]
    assert Incident.objects.count() == 2


def test_import_result_leads_on_to_the_incidents_once_they_are_saved(client):
    one = prepared(FILE)
    client.post(url("run", one))
    way = f'href="{reverse("sla:incident-list")}">See the incidents</a>'
    assert way not in client.get(url("result", one)).content.decode()
    jobs.perform(Job.objects.get().pk)
    assert way in client.get(url("result", one)).content.decode()


def test_import_start_tells_how_many_were_in_a_file_left_out_and_taken_in(client):
    one = prepared(FILE)
    assert numbers_of(client) == ["3", "1", "–"]
    client.post(url("run", one))
    jobs.perform(Job.objects.get().pk)
    assert numbers_of(client) == ["3", "1", "2"]


def numbers_of(client) -> list[str]:
    page = client.get(reverse("sla:import-start")).content.decode()
    assert re.findall(r'<th scope="col" class="number">([^<]*)</th>', page) == [
        "Incidents in the file",
        "Left out",
        "Taken in",
    ]
    return re.findall(r'<td class="number">([^<]*)</td>', page)


def test_import_result_of_a_file_that_is_not_started_is_its_preview(client):
    one = prepared(FILE)
    assert client.get(url("result", one)).url == url("preview", one)


def test_import_result_offers_a_stopped_import_again(client):
    one = prepared(FILE)
    client.post(url("run", one))
    Job.objects.update(state=JobState.CANCELLED)
    response = client.get(url("result", one))
    assert "Start it again" in response.content.decode()
    assert [figure["value"] for figure in response.context["figures"]] == ["3", "1", "3"]


def test_import_problems_are_all_in_the_file_for_people(client):
    one = prepared(FILE)
    content = b"".join(client.get(url("problems", one)).streaming_content).decode("utf-8-sig")
    assert content.splitlines() == [
        "Line;Number;Left out;Reason",
        '4;INC9;yes;"opened_at is “soon”; a day, month, year, hour and minute were expected."',
    ]


def test_import_discard_forgets_the_file(client):
    one = prepared(FILE)
    assert client.post(url("discard", one)).url == reverse("sla:import-start")
    assert Import.objects.count() == 0


def test_import_discard_of_a_file_that_is_discarded_already_says_so(client):
    one = prepared(FILE)
    client.post(url("discard", one))
    answer = client.post(url("discard", one), follow=True)
    assert answer.redirect_chain == [(reverse("sla:import-start"), 302)]
    assert "The file is already discarded." in answer.content.decode()


def test_import_discard_keeps_a_file_that_is_being_saved(client):
    one = prepared(FILE)
    client.post(url("run", one))
    assert client.post(url("discard", one)).url == url("result", one)


@pytest.mark.parametrize("count", [1, 3])
def test_import_start_asks_the_same_number_of_questions_whatever_the_count(client, django_assert_num_queries, count):
    for _number in range(count):
        prepared(FILE, EVERYTHING)
    with django_assert_num_queries(5):
        client.get(reverse("sla:import-start"))


@pytest.mark.parametrize("count", [1, 3])
def test_import_preview_asks_the_same_number_of_questions_whatever_the_count(client, django_assert_num_queries, count):
    one = prepared(export(*({"number": f"INC{number}", "opened_at": "soon"} for number in range(count))))
    with django_assert_num_queries(16):
        client.get(url("preview", one))
