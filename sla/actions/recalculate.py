"""Jobs that calculate service levels. The door that opens one sends it to a worker by `perform_job.delay_on_commit`."""

from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction

from partnership.jobs import open_job
from partnership.models import Job, User
from sla.querysets import Pair

JOB_KIND = "recalculation"
EVERYTHING = "everything"


@transaction.atomic
def open_full_recalculation(*, by: User | None) -> Job:
    """Everything; the one that waits or runs already, if there is one."""
    return open_job(kind=JOB_KIND, key=EVERYTHING, by=by)


@transaction.atomic
def open_recalculation(*, pairs: Iterable[Pair], by: User | None) -> Job:
    """After a change of an agreement. Always a job of its own: one that runs already may have read the old terms."""
    return open_job(kind=JOB_KIND, key=str(uuid4()), by=by, arguments={"pairs": sorted(pairs)})
