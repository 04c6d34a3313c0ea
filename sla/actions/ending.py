"""An agreement comes to an end."""

from datetime import date

from django.utils import timezone

from partnership.history import recorded
from partnership.models import Resolution, User
from sla.actions.agreements import end_agreement_version, refuse_end_before
from sla.actions.versions import Written, lock, named_resolution
from sla.models import AgreementVersion, ServiceAgreement


@recorded
def end_agreement(
    *,
    agreement: ServiceAgreement,
    last_day: date,
    decided_in: Resolution | None = None,
    resolution: str = "",
    by: User | None,
) -> Written:
    """Nothing is promised after `last_day`: the newest version ends then.

    ValidationError without a resolution where days gone by lose what judged them, or an end that is stated is moved.
    """
    lock(agreement)
    newest = agreement.versions.approved().latest("period")
    refuse_end_before(newest, last_day)
    if decided_in or resolution or _changes_what_stands(newest, last_day):
        newest.end_resolution = named_resolution(decided_in, resolution)
    elif newest.last_day is None:
        newest.end_resolution = ""
    return Written(newest, end_agreement_version(version=newest, last_day=last_day, by=by))


def _changes_what_stands(version: AgreementVersion, last_day: date) -> bool:
    if version.last_day is None:
        return last_day < timezone.localdate()
    return last_day != version.last_day
