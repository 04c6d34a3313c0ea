"""The page of a long task: followed by the one who started it, stopped from it, and told when it ends."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partnership import job_stories
from partnership.job_stories import JobStory
from partnership.jobs import open_job
from partnership.models import Job, JobState
from partnership.models.jobs import SILENT_AFTER
from tests.swaps import assert_swap_equals_reload

STORY = JobStory(
    title="Counts sheep",
    outcome=lambda job: f"Counted {job.result['sheep']} sheep.",
    back=lambda job: ("To the meadow", "/meadow/"),
    result=lambda job: ("See the sheep", "/sheep/"),
)


@pytest.fixture
def job(administrator, client, monkeypatch):
    monkeypatch.setitem(job_stories.STORIES, "sheep", STORY)
    client.force_login(administrator)
    return open_job(kind="sheep", key="a", by=administrator)


def page_of(client, job: Job, **changes) -> str:
    Job.objects.filter(pk=job.pk).update(**changes)
    return client.get(reverse("partnership:job-detail", args=[job.pk])).content.decode()


def test_the_page_says_how_far_the_work_is(client, job):
    page = page_of(client, job, state=JobState.RUNNING, done=1200, total=4800, step="Counting")
    assert "1\u00a0200 av 4\u00a0800" in page
    assert 'value="0.250"' in page
    assert 'hx-trigger="every 1s"' in page
    assert "Counting" in page


def test_what_is_polled_is_what_a_reload_shows(client, job):
    page_of(client, job, state=JobState.RUNNING, done=1, total=3)
    assert_swap_equals_reload(client, reverse("partnership:job-detail", args=[job.pk]))


def test_the_last_poll_asks_for_the_whole_page(client, job):
    Job.objects.filter(pk=job.pk).update(state=JobState.DONE, result={"sheep": 3})
    polled = client.get(reverse("partnership:job-detail", args=[job.pk]), headers={"HX-Request": "true"})
    assert polled.headers["HX-Refresh"] == "true"
    assert "hx-trigger" not in polled.content.decode()


def test_a_job_that_is_done_tells_what_came_of_it_and_leads_on(client, job):
    page = page_of(client, job, state=JobState.DONE, result={"sheep": 3})
    assert "Counted 3 sheep." in page
    assert 'href="/sheep/"' in page
    assert 'href="/meadow/"' in page


def test_a_job_that_failed_says_why_and_leads_back(client, job):
    page = page_of(client, job, state=JobState.FAILED, error="The fence is down.")
    assert "The fence is down." in page
    assert 'href="/sheep/"' not in page


def test_a_silent_job_says_that_it_goes_on_by_itself(client, job):
    loud = page_of(client, job, state=JobState.RUNNING)
    silent = page_of(client, job, heartbeat=timezone.now() - SILENT_AFTER * 2)
    assert ["Ingen livstegn" in page for page in (loud, silent)] == [False, True]


def test_stopping_ends_a_job_that_waits(client, job):
    assert client.post(reverse("partnership:job-cancel", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED


def test_a_get_does_not_stop_a_job(client, job):
    assert client.get(reverse("partnership:job-cancel", args=[job.pk])).status_code == 405
