"""Jobs that calculate service levels. The door that opens one sends it to a worker by `perform_job.delay_on_commit`."""

from collections.abc import Iterable
from uuid import uuid4

from django.db import transaction
from django.db.models import Q

from partnership.jobs import open_job
from partnership.models import Job, User
from services.models import ServiceCalendar
from sla.models import Coverage
from sla.querysets import Pair

JOB_KIND = "recalculation"
EVERYTHING = "everything"


@transaction.atomic
def open_full_recalculation(*, by: User | None) -> Job:
    """Everything; the one that waits or runs already, if there is one."""
    return open_job(kind=JOB_KIND, key=EVERYTHING, by=by)


@transaction.atomic
def open_recalculation(*, pairs: Iterable[Pair], by: User | None, cause: str) -> Job:
    """After a change of an agreement. Always a job of its own: one that runs already may have read the old terms."""
    return open_job(kind=JOB_KIND, key=str(uuid4()), by=by, arguments={"pairs": sorted(pairs), "cause": cause})


def judged_by(calendar: ServiceCalendar) -> set[Pair]:
    """The pairs that an agreement judges by this calendar, as its own or a target's."""
    uses = Q(version__calendar=calendar) | Q(version__targets__calendar=calendar)
    return set(Coverage.objects.holding().filter(uses).values_list("service_id", "organisation_id"))
