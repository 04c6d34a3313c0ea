"""A report's way: drafted, commented on, frozen, published to the board, read."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from kit.charts import WEB
from partnership import jobs
from partnership.access import Role
from partnership.models import Job, JobState
from reports import actions, production
from reports.actions import open_draft_job, open_publish_job
from reports.document import Edited, laid_out
from reports.figures import collect
from reports.forms import DraftForm
from reports.models import Distribution, Edition, Reading, Rendering, Status
from reports.tasks import draft_last_quarter, send_report
from tests import make
from tests.reports import made
from tests.reports.made import THIRD
from tests.sla import measured

LIST = "/rapporter/"


@pytest.fixture
def levels(arendal, grimstad):
    return measured.levels(arendal, grimstad)


@pytest.fixture
def secretary(db):
    return make.person("Siri Moe", Role.MEETING_SECRETARY)


def page(client, name: str, *arguments: object) -> str:
    return client.get(reverse(f"reports:{name}", args=arguments)).content.decode()


def test_the_list_shows_a_board_member_only_what_is_published(client, levels, board_member):
    made.published(THIRD.shifted(-1))
    made.edition(quarter=THIRD)
    client.force_login(board_member)
    shown = page(client, "edition-list")
    assert "2. kvartal 2026" in shown
    assert "3. kvartal 2026" not in shown


def test_the_share_of_a_priority_opens_the_incidents_it_counts(client, levels, board_member):
    document = laid_out(collect(THIRD, timezone.now()), Edited("0" * 64, {}, None), WEB)
    (row,) = document.incidents.priorities
    client.force_login(board_member)
    opened = [client.get(share.url).context["table"].paginator.count for share in (row.resolution, row.response)]
    assert opened == [5, 5]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(client, db, secretary, rows, django_assert_num_queries):
    for step in range(rows):
        made.edition(quarter=THIRD.shifted(-step))
    client.force_login(secretary)
    with django_assert_num_queries(7):
        client.get(LIST)


def test_a_draft_is_asked_for_and_followed(client, secretary, levels):
    client.force_login(secretary)
    answer = client.post(reverse("reports:edition-draft"), {"quarter": "2026Q3"})
    job = Job.objects.get()
    assert (job.kind, job.key, answer.url) == ("board-report", "2026Q3", f"/arbeid/{job.pk}/")


def test_a_quarter_that_has_not_ended_is_refused_with_words(client, secretary):
    client.force_login(secretary)
    answer = client.post(reverse("reports:edition-draft"), {"quarter": "2099Q1"}, follow=True)
    assert "Velg et kvartal som er slutt, har tall og ikke er utgitt." in answer.content.decode()
    assert not Job.objects.exists()


def test_only_quarters_with_figures_and_without_a_published_report_are_offered(levels):
    assert [code for code, _name in DraftForm().choices] == ["2026Q3"]
    made.published()
    assert DraftForm().choices == []


def test_a_published_report_is_not_made_anew(client, secretary, levels):
    edition = made.published()
    client.force_login(secretary)
    answer = client.post(reverse("reports:edition-redraft", args=[edition.pk]), follow=True)
    assert "Rapporten er utgitt og kan ikke lenger endres." in answer.content.decode()
    assert not Job.objects.exists()


def test_a_draft_that_was_asked_for_before_the_publication_says_that_it_made_nothing(secretary, levels):
    job = open_draft_job(quarter=THIRD, by=secretary)
    made.published()
    done = jobs.perform(job.pk)
    assert (done.state, done.error) == (JobState.FAILED, "Rapporten er utgitt og kan ikke lenger endres.")


def test_a_job_that_runs_twice_leaves_one_report_with_three_papers(secretary, levels):
    first = jobs.perform(open_draft_job(quarter=THIRD, by=secretary).pk)
    again = jobs.perform(open_draft_job(quarter=THIRD, by=secretary).pk)
    assert (first.state, again.state) == (JobState.DONE, JobState.DONE)
    assert Edition.objects.get().pk == first.result["edition"] == again.result["edition"]
    assert sorted(Rendering.objects.values_list("language", flat=True)) == ["en", "nb", "nn"]


def test_a_comment_is_saved_kept_and_taken_away(client, secretary, levels):
    edition = made.edition()
    client.force_login(secretary)
    address = reverse("reports:comment-edit", args=[edition.pk, "services"])
    assert client.post(address, {"text": "Vi følger med."}).url == f"/rapporter/{edition.pk}/#services"
    assert "Vi følger med." in page(client, "edition-detail", edition.pk)
    client.post(address, {"text": ""})
    assert not edition.comments.exists()


def test_a_comment_that_is_too_long_comes_back_as_it_was_typed(client, secretary, levels):
    client.force_login(secretary)
    text = "lang " * 200
    answer = client.post(reverse("reports:comment-edit", args=[made.edition().pk, "owners"]), {"text": text})
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()


def test_a_published_report_takes_no_more_comments(client, secretary, levels):
    edition = made.published()
    client.force_login(secretary)
    answer = client.post(reverse("reports:comment-edit", args=[edition.pk, "front"]), {"text": "For sent"})
    assert answer.status_code == 422
    assert not edition.comments.exists()


def test_a_draft_does_not_exist_for_a_secretary_of_one_municipality(client, arendal, levels):
    client.force_login(make.person("Ola Moen", Role.MEETING_SECRETARY, at=arendal))
    assert client.get(reverse("reports:edition-detail", args=[made.edition().pk])).status_code == 404


def test_a_draft_cannot_be_published(client, secretary, levels):
    edition = made.edition()
    client.force_login(secretary)
    answer = client.post(reverse("reports:edition-publish", args=[edition.pk]), follow=True)
    assert "Frys tallene før rapporten blir utgitt." in answer.content.decode()
    assert not Job.objects.exists()


def test_freezing_is_one_button(client, secretary, levels):
    edition = made.edition()
    client.force_login(secretary)
    client.post(reverse("reports:edition-freeze", args=[edition.pk]))
    edition.refresh_from_db()
    assert (edition.status, edition.frozen_at is not None) == (Status.FROZEN, True)


def test_publishing_renders_with_comments_and_notes_whom_to_tell(secretary, board_member, levels):
    edition = made.edition("frozen")
    actions.comment(edition=edition, section="front", text="Styret bør lese side 2.", by=secretary)
    production.publish(edition=edition, by=secretary)
    production.publish(edition=edition, by=secretary)
    edition.refresh_from_db()
    assert edition.status == Status.PUBLISHED
    assert "Styret bør lese side 2." in edition.renderings.get(language="nn").html
    assert list(Distribution.objects.values_list("person", "sent_at")) == [(board_member.pk, None)]


def test_publishing_a_draft_by_a_job_is_refused_with_words(secretary, levels):
    job = jobs.perform(open_publish_job(edition=made.edition(), by=secretary).pk)
    assert (job.state, job.error) == (JobState.FAILED, "Frys tallene før rapporten blir utgitt.")


def test_the_board_is_told_once_each_in_its_own_language(levels, board_member):
    nynorsk = make.person("Åse Vik", Role.BOARD_MEMBER, email="ase.vik@example.no", language="nn")
    edition = made.published()
    send_report(edition.pk)
    send_report(edition.pk)
    told = {message.to[0]: message for message in mail.outbox}
    assert len(mail.outbox) == 2
    assert told[nynorsk.email].subject == "Styrerapporten for 3. kvartal 2026 er klar"
    assert "Hovudfunnet:" in told[nynorsk.email].body
    assert f"http://localhost:8000/rapporter/{edition.pk}/" in told[board_member.email].body
    assert not Distribution.objects.filter(sent_at=None).exists()


def test_a_reading_is_noted_once_by_a_post(client, levels, board_member):
    edition = made.published()
    client.force_login(board_member)
    opened = page(client, "edition-detail", edition.pk)
    assert 'hx-trigger="load, submit"' in opened
    assert not Reading.objects.exists()
    for _time in range(2):
        client.post(reverse("reports:reading-add", args=[edition.pk]))
    assert Reading.objects.get().person == board_member
    assert "Du åpnet rapporten" in page(client, "edition-detail", edition.pk)


def test_those_who_prepare_see_readers_as_a_total(client, levels, secretary, board_member):
    edition = made.published()
    Distribution.objects.update(sent_at=timezone.now())
    Reading.objects.create(edition=edition, person=board_member)
    client.force_login(secretary)
    assert "Sendt til 1 av 1 styremedlemmer, åpnet av 1." in page(client, "edition-detail", edition.pk)
    assert board_member.name not in page(client, "edition-detail", edition.pk)


def test_readers_who_were_not_told_are_counted_apart(client, levels, secretary, board_member):
    edition = made.published()
    for name in ("Siv Li", "Ulf Berg"):
        Reading.objects.create(edition=edition, person=make.person(name, Role.AUDITOR))
    client.force_login(secretary)
    assert "0 av 1 og 2 andre" in page(client, "edition-list")
    shown = page(client, "edition-detail", edition.pk)
    assert "Sendt til 0 av 1 styremedlemmer, åpnet av 0. 2 andre har også åpnet den." in shown


def test_files_are_attachments_with_a_name(client, levels, board_member):
    edition = made.published()
    client.force_login(board_member)
    answer = client.get(reverse("reports:rendering-pdf", args=[edition.pk, "nn"]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="styrerapport-2026Q3-nn.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert client.get(reverse("reports:rendering-pdf", args=[edition.pk, "sv"])).status_code == 404


def test_every_share_on_the_page_opens(client, levels, board_member):
    edition = made.published()
    client.force_login(board_member)
    shown = page(client, "edition-detail", edition.pk)
    email, grimstad = levels.email, levels.incidents[-1].organisation
    for address in (
        "/tjenesteniva/?metric=resolution&amp;period=2026Q3",
        f"/feil/?service={email.pk}&amp;metric=response&amp;counted=2026Q3",
        f"/feil/?owner={grimstad.pk}&amp;metric=resolution&amp;counted=2026Q3",
        f"/tjenesteniva/EPOST/{grimstad.pk}/?metric=resolution&amp;period=2026Q3",
        "/feil/?deadline=none&amp;reported=2026Q3",
    ):
        assert f'href="{address}"' in shown
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_the_nightly_task_drafts_the_quarter_that_ended_once(arendal, monkeypatch):
    sent: list[int] = []
    monkeypatch.setattr("reports.tasks.perform_job.delay_on_commit", sent.append)
    draft_last_quarter()
    assert sent == []
    email, day = make.service(), production.last_closed().start.replace(hour=9, day=6)
    make.agreement((email, arendal))
    measured.reported(email, arendal, day, measured.HELD)
    measured.recalculate()
    draft_last_quarter()
    draft_last_quarter()
    assert sent == [Job.objects.get().pk] * 2
    made.edition(quarter=production.last_closed())
    draft_last_quarter()
    assert len(sent) == 2


def test_the_reading_that_is_swapped_in_is_what_the_page_shows(client, levels, board_member):
    edition = made.published()
    client.force_login(board_member)
    swapped = client.post(
        reverse("reports:reading-add", args=[edition.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert swapped.strip() in page(client, "edition-detail", edition.pk)
