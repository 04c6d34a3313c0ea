"""Long work in a worker, or in a command's own process: one at a time per key, alive or taken up again.

A handler is registered for a kind and gets a `Progress`. It must be able to run again from the start after a crash
and leave the same rows. An advisory lock on the job lets one process run it; a thread on a connection of its own
writes heartbeat and progress, so that both are seen while the handler's transaction is open.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self

import pghistory
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from partnership.models import Job, JobState, User
from partnership.models.jobs import UNFINISHED

HEARTBEAT_SECONDS = 2.0
LOCK_SPACE = 0x10B  # our own namespace of advisory locks

Handler = Callable[["Job", "Progress"], dict[str, Any]]
HANDLERS: dict[str, Handler] = {}


class Cancelled(Exception):  # noqa: N818 - not an error
    """Somebody asked this job to stop; what was not committed is rolled back."""


class JobError(Exception):
    """A failure told to the person who waits, in words already translated."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    def register(function: Handler) -> Handler:
        HANDLERS[kind] = function
        return function

    return register


class Progress(AbstractContextManager["Progress"]):
    """How far a handler is. `at` costs nothing and raises `Cancelled` when somebody asked for that."""

    def __init__(self, job: Job) -> None:
        self.job_id = job.pk
        self.done, self.total, self.step = job.done, job.total, job.step
        self._stop = threading.Event()
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{job.pk}", daemon=True)

    def at(self, done: int, total: int, step: str = "") -> None:
        self.done, self.total, self.step = done, total, step or self.step
        if self._cancelled.is_set():
            raise Cancelled

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        try:
            while not self._stop.wait(HEARTBEAT_SECONDS):
                self._write()
        finally:
            connection.close()

    def _write(self) -> None:
        job = Job.objects.filter(pk=self.job_id)
        job.update(heartbeat=timezone.now(), done=self.done, total=self.total, step=self.step)
        if job.filter(cancel_wanted=True).exists():
            self._cancelled.set()


@transaction.atomic
def open_job(*, kind: str, key: str, by: User | None, arguments: dict[str, Any] | None = None) -> Job:
    """The unfinished job of this kind and key, or a new one that waits."""
    job, _created = Job.objects.get_or_create(
        kind=kind, key=key, state__in=UNFINISHED, defaults={"by": by, "arguments": arguments or {}}
    )
    return job


def ask_to_cancel(*, job: Job) -> None:
    """A waiting job ends at once; a running one at its next step."""
    Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(state=JobState.CANCELLED, finished=timezone.now())
    Job.objects.unfinished().filter(pk=job.pk).update(cancel_wanted=True)


def perform(job_id: int) -> Job:
    """Runs a job to its end, unless it is finished or another process has it."""
    if not _lock(job_id):
        return Job.objects.get(pk=job_id)
    try:
        job = Job.objects.select_related("by").get(pk=job_id)
        return job if job.is_finished else _run(job)
    finally:
        _unlock(job_id)


def _lock(job_id: int) -> bool:
    """The lock goes with the connection; a killed worker's long statement ends within seconds, and its lock with it."""
    with connection.cursor() as cursor:
        cursor.execute("set client_connection_check_interval = '2s'")
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, job_id])
        (locked,) = cursor.fetchone()
    return bool(locked)


def _unlock(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s, %s)", [LOCK_SPACE, job_id])


def _run(job: Job) -> Job:
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, heartbeat=timezone.now())
    job.state = JobState.RUNNING
    progress = Progress(job)
    try:
        with progress, pghistory.context(user=job.by_id, job=job.pk):
            result = HANDLERS[job.kind](job, progress)
        _finish(job, JobState.DONE, done=progress.total, total=progress.total, result=result)
    except Cancelled:
        _finish(job, JobState.CANCELLED, done=progress.done, total=progress.total, step=progress.step)
    except JobError as error:
        _finish(job, JobState.FAILED, error=str(error))
    except Exception:
        _finish(job, JobState.FAILED, error=gettext("An unforeseen error stopped it. Nothing was half saved."))
        raise
    return job


def _finish(job: Job, state: JobState, **fields: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, finished=timezone.now(), **fields)
    job.refresh_from_db()
