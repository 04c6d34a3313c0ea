"""An agreement from a file, with whatever it needs that is not there yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from partnership.actions.organisations import organisation_of
from partnership.history import recorded
from partnership.models import Municipality, Organisation, User
from partnership.periods import ONE_DAY, days
from services.actions.calendars import add_calendar
from services.actions.catalogue import add_service
from services.models import CalendarVersion, Service, ServiceCalendar
from sla.actions.agreements import (
    Promise,
    add_agreement,
    end_agreement_version,
    set_coverage,
    set_targets,
    start_agreement_version,
)
from sla.actions.versions import has_judged
from sla.agreement_files import BadAgreement, Commitments
from sla.hours import refuse_missing_hours
from sla.models import AgreementVersion, Coverage, Metric, Phase, ServiceAgreement, Target
from sla.models.targets import pauses_by_default
from sla.querysets import Pair, any_of_pairs
from sla.recalculation import recalculate

PLAIN: dict[str, Any] = {"seasons": [], "half_days": {}, "exceptions": {}}
"""What the hours of a file have none of."""


@dataclass(frozen=True)
class Loaded:
    """The version, and what was covered by one that it changed or followed, and no longer is by any."""

    version: AgreementVersion
    lost: set[Pair]


@recorded
def load_agreement(*, commitments: Commitments, first_day: date, by: User | None) -> Loaded:
    """The version that holds from `first_day`, with its incidents calculated.

    It continues the agreement that covers one of its services and organisations on that day, or later, and ends every
    other one in force. A version that begins on that very day is changed until it has judged; then it stands, and the
    same again only calculates. BadAgreement where it cannot hold.
    """
    pairs = set(_pairs(commitments, by))
    agreement, touched = _agreement(pairs, first_day, by)
    if standing := _judged(agreement, first_day):
        _refuse_otherwise(standing, commitments, pairs)
        recalculate(pairs=pairs, by=by, cause=str(standing))
        return Loaded(standing, set())
    calendar = _calendar(commitments, agreement, first_day, by)
    version = start_agreement_version(agreement=agreement, first_day=first_day, calendar=calendar, by=by)
    touched |= set_coverage(version=version, pairs=pairs, by=by)
    set_targets(version=version, promises=_promises(commitments), by=by)
    refuse_missing_hours(version, first_day)
    recalculate(pairs=touched, by=by, cause=str(version))
    covered = Coverage.objects.filter(any_of_pairs(touched), period__contains=first_day)
    return Loaded(version, touched - set(covered.values_list("service_id", "organisation_id")))


def _agreement(pairs: set[Pair], first_day: date, by: User | None) -> tuple[ServiceAgreement, set[Pair]]:
    """The agreement to continue, and the pairs of what no longer is in force."""
    known = Coverage.objects.filter(any_of_pairs(pairs), period__overlap=days(first_day))
    versions = AgreementVersion.objects.filter(pk__in=known.values("version")).select_related("agreement")
    in_force = list(versions.on(first_day).order_by("agreement"))
    first = in_force[0] if in_force else versions.order_by("period").first()
    if first is None:
        return add_agreement(name=_free_name(), phase=Phase.OPERATION, since=first_day, by=by), set()
    for other in in_force[1:]:
        _end_before(other, first_day, by)
    return first.agreement, set().union(*(earlier.coverage.pairs() for earlier in in_force))


def _judged(agreement: ServiceAgreement, first_day: date) -> AgreementVersion | None:
    version = agreement.versions.approved().filter(period__startswith=first_day).first()
    return version if version and has_judged(version) else None


def _refuse_otherwise(version: AgreementVersion, commitments: Commitments, pairs: set[Pair]) -> None:
    """What has judged is never edited, only followed."""
    hours = version.calendar.versions.on(version.period.lower).filter(**commitments.hours, **PLAIN)
    said = {_key(promise): promise for promise in map(_promise, version.targets.common())}
    wanted = {_key(promise): _with_pauses(promise) for promise in _promises(commitments)}
    if pairs != version.coverage.pairs() or said != wanted or not hours.exists():
        words = _("“%(version)s” has judged since %(day)s and stands; the file says otherwise. Choose a later day.")
        raise BadAgreement(words % {"version": version, "day": version.period.lower.isoformat()})


def _promise(target: Target) -> Promise:
    return Promise(**{field.name: getattr(target, field.name) for field in fields(Promise)})


def _with_pauses(promise: Promise) -> Promise:
    return replace(promise, pauses=pauses_by_default(promise.metric))


def _key(promise: Promise) -> tuple[str, int | None, Service | None]:
    return promise.metric, promise.priority, promise.service


def _pairs(commitments: Commitments, by: User | None) -> Iterator[Pair]:
    organisations = list(_organisations(commitments.municipalities, by))
    for code in sorted(commitments.services):
        service = Service.objects.filter(code=code).first() or add_service(code=code, name_nb=code, by=by)
        yield from ((service.pk, organisation.pk) for organisation in organisations)


def _organisations(numbers: Iterable[str], by: User | None) -> Iterator[Organisation]:
    register = Municipality.objects.in_bulk(list(numbers))
    for number in sorted(numbers):
        if number not in register:
            words = _("municipality: no municipality in the register has the number “%(number)s”.")
            raise BadAgreement(words % {"number": number})
        yield organisation_of(municipality=register[number], by=by)


def _end_before(version: AgreementVersion, first_day: date, by: User | None) -> None:
    if version.first_day == first_day:
        words = _("“%(version)s” begins on %(day)s too and covers some of the same; choose a later day.")
        raise BadAgreement(words % {"version": version, "day": first_day.isoformat()})
    end_agreement_version(version=version, last_day=first_day - ONE_DAY, by=by)


def _free_name() -> str:
    names = set(ServiceAgreement.objects.values_list("name", flat=True))
    plain = _("Service agreement")
    numbered = (f"{plain} {number}" for number in range(2, len(names) + 3))
    return next(name for name in (plain, *numbered) if name not in names)


def _calendar(
    commitments: Commitments, agreement: ServiceAgreement, first_day: date, by: User | None
) -> ServiceCalendar:
    """A calendar of the agreement that keeps just these hours from that day on, or else a new one."""
    own = CalendarVersion.objects.filter(calendar__agreement_versions__agreement=agreement)
    lasting = own.on(first_day).filter(period__upper_inf=True)
    if known := lasting.filter(**commitments.hours, **PLAIN).first():
        return known.calendar
    name = _("%(agreement)s from %(day)s") % {"agreement": agreement, "day": first_day.isoformat()}
    taken = ServiceCalendar.objects.filter(name__startswith=name).count()
    unique = f"{name} ({taken + 1})" if taken else name
    return add_calendar(name=unique, first_day=first_day, hours=commitments.hours, by=by).calendar


def _promises(commitments: Commitments) -> Iterator[Promise]:
    for (priority, metric), minutes in sorted(commitments.minutes.items()):
        yield Promise(metric, priority, minutes, commitments.wanted, commitments.good_enough)
    if up := commitments.availability:
        yield Promise(Metric.AVAILABILITY, wanted=up.wanted, good_enough=up.good_enough, notice_days=up.notice_days)
