"""Long work: one at a time per key, taken up again after a crash, told in words when it fails."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from partnership import jobs
from partnership.models import Job, JobState
from partnership.tasks import perform_job, revive_jobs


@pytest.fixture
def handlers(monkeypatch):
    monkeypatch.setattr(jobs, "HANDLERS", {})
    return jobs.HANDLERS


def test_a_job_runs_once_and_keeps_its_result(administrator, handlers):
    runs = []
    handlers["count"] = lambda job, progress: runs.append(job.arguments["to"]) or {"counted": 3}
    job = jobs.open_job(kind="count", key="a", by=administrator, arguments={"to": 3})
    jobs.perform(job.pk)
    jobs.perform(job.pk)
    job.refresh_from_db()
    assert (runs, job.state, job.result) == ([3], JobState.DONE, {"counted": 3})
    assert job.finished is not None


def test_the_same_key_gives_the_job_that_is_unfinished(administrator):
    first = jobs.open_job(kind="count", key="a", by=administrator)
    assert jobs.open_job(kind="count", key="a", by=administrator) == first
    assert jobs.open_job(kind="count", key="b", by=administrator) != first
    Job.objects.filter(pk=first.pk).update(state=JobState.DONE)
    assert jobs.open_job(kind="count", key="a", by=administrator) != first


def test_a_failure_that_is_told_ends_the_job_in_words(administrator, handlers):
    def fail(job, progress):
        raise jobs.JobError("Filen er tom.")

    handlers["fail"] = fail
    job = jobs.perform(jobs.open_job(kind="fail", key="a", by=administrator).pk)
    assert (job.state, job.error) == (JobState.FAILED, "Filen er tom.")


def test_an_unforeseen_failure_is_raised_for_the_log_and_told_without_its_inner_words(administrator, handlers):
    handlers["break"] = lambda job, progress: 1 / 0
    job = jobs.open_job(kind="break", key="a", by=administrator)
    with pytest.raises(ZeroDivisionError):
        jobs.perform(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (
        JobState.FAILED,
        "En uforutsett feil stoppet det. Ingenting ble halvveis lagret.",
    )


def test_a_waiting_job_is_cancelled_at_once(administrator, handlers):
    job = jobs.open_job(kind="count", key="a", by=administrator)
    jobs.ask_to_cancel(job=job)
    assert jobs.perform(job.pk).state == JobState.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_a_running_job_is_cancelled_at_its_next_step(handlers, monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT_SECONDS", 0.01)

    def wait(job, progress):
        jobs.ask_to_cancel(job=job)
        while True:
            progress.at(1, 2, "venter")

    handlers["wait"] = wait
    job = jobs.perform(jobs.open_job(kind="wait", key="a", by=None).pk)
    assert (job.state, job.step) == (JobState.CANCELLED, "venter")


@pytest.mark.django_db(transaction=True)
def test_a_job_that_another_process_runs_is_left_alone(handlers):
    handlers["count"] = lambda job, progress: {}
    job = jobs.open_job(kind="count", key="a", by=None)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s, %s)", [jobs.LOCK_SPACE, job.pk])
        assert jobs.perform(job.pk).state == JobState.WAITING
        cursor.execute("select pg_advisory_unlock(%s, %s)", [jobs.LOCK_SPACE, job.pk])
    other.close()
    assert jobs.perform(job.pk).state == JobState.DONE


def test_only_silent_jobs_are_sent_to_a_worker_again(administrator, handlers):
    handlers["count"] = lambda job, progress: {}
    silent = jobs.open_job(kind="count", key="silent", by=administrator)
    alive = jobs.open_job(kind="count", key="alive", by=administrator)
    Job.objects.filter(pk=silent.pk).update(heartbeat=timezone.now() - timedelta(seconds=31), state=JobState.RUNNING)
    perform_job.app.conf.task_always_eager = True
    try:
        revive_jobs()
    finally:
        perform_job.app.conf.task_always_eager = False
    silent.refresh_from_db()
    alive.refresh_from_db()
    assert (silent.state, alive.state) == (JobState.DONE, JobState.WAITING)


def test_a_job_is_seen_by_the_one_who_started_it(administrator, stranger):
    job = jobs.open_job(kind="count", key="a", by=administrator)
    assert list(Job.objects.visible_to(administrator)) == [job]
    assert list(Job.objects.visible_to(stranger)) == []
