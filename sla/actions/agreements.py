"""Agreements and their versions: what holds when, for whom, and what it promises.

Whoever calls these lets the pairs that they return be calculated again (`sla.recalculation`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from partnership.actions.versions import start_version
from partnership.history import recorded
from partnership.models import Organisation, User
from partnership.periods import days
from services.models import Service, ServiceCalendar
from sla.actions.credits import copy_credits
from sla.models import (
    AgreementVersion,
    Commitment,
    Coverage,
    Impact,
    Metric,
    Phase,
    PhaseChange,
    ServiceAgreement,
    Target,
)
from sla.models.targets import GOOD_ENOUGH, WANTED, pauses_by_default
from sla.querysets import Pair, any_of_pairs


@dataclass(frozen=True)
class Promise:
    """What a target says. Without `pauses` the metric's default holds. A deadline has minutes or else working days;
    availability has `notice_days` in the place of a priority and a deadline; a lead time has days, and may be of one
    service.
    """

    metric: Metric
    priority: int | None = None
    minutes: int | None = None
    wanted: Decimal = WANTED
    good_enough: Decimal = GOOD_ENOUGH
    pauses: bool | None = None
    calendar: ServiceCalendar | None = None
    commitment: Commitment = Commitment.DECLARATION
    notice_days: int | None = None
    days: int | None = None
    until_closing: bool = False
    service: Service | None = None


@recorded
def add_agreement(
    *, name: str, by: User | None, phase: Phase = Phase.PREPARATION, since: date | None = None
) -> ServiceAgreement:
    """In this phase since that day, or since today."""
    agreement = ServiceAgreement(name=name, phase=phase)
    agreement.full_clean()
    agreement.save()
    PhaseChange.objects.create(agreement=agreement, phase=phase, day=since or timezone.localdate(), by=by)
    return agreement


@recorded
def start_agreement_version(
    *,
    agreement: ServiceAgreement,
    first_day: date,
    calendar: ServiceCalendar,
    by: User | None,
    resolution: str = "",
) -> AgreementVersion:
    """An approved version from `first_day` until the next one known; the one in force ends the day before.

    It begins with the coverage and the targets of the one before. One that begins on that very day is changed instead.
    """
    ServiceAgreement.objects.select_for_update().get(pk=agreement.pk)
    known = agreement.versions.filter(period__startswith=first_day).first()
    before = agreement.versions.filter(period__startswith__lt=first_day).order_by("-period").first()
    highest = agreement.versions.aggregate(highest=Max("number"))["highest"] or 0
    if not known:
        agreement.versions.on(first_day).update(end_resolution="")
    version = start_version(
        agreement.versions.all(),
        first_day,
        agreement=agreement,
        number=known.number if known else highest + 1,
        calendar=calendar,
        resolution=resolution,
    )
    if before and not known:
        _copy_content(before, version)
    return version


@recorded
def end_agreement_version(*, version: AgreementVersion, last_day: date, by: User | None) -> set[Pair]:
    """Incidents that open later are without an agreement. Returns the pairs to calculate again."""
    refuse_end_before(version, last_day)
    version.period = days(version.first_day, last_day)
    version.save()
    return version.coverage.pairs()


def refuse_end_before(version: AgreementVersion, last_day: date) -> None:
    """ValidationError where the day lies before the first."""
    if version.first_day and last_day < version.first_day:
        words = _("%(version)s begins on %(day)s; it cannot end before that.")
        params = {"version": version, "day": date_format(version.first_day, "SHORT_DATE_FORMAT")}
        raise ValidationError({"last_day": ValidationError(words, params=params)})


@recorded
def set_coverage(*, version: AgreementVersion, pairs: Collection[Pair], by: User | None) -> set[Pair]:
    """Exactly these pairs are covered. Returns those that were or are, to calculate again."""
    wanted, known = set(pairs), version.coverage.pairs()
    refuse_overlap(version, wanted - known)
    if gone := known - wanted:
        version.coverage.filter(any_of_pairs(gone)).delete()
        version.targets.filter(organisation__in={owner for _service, owner in gone - wanted}).exclude(
            organisation__in={owner for _service, owner in wanted}
        ).delete()
        version.targets.exclude(service=None).exclude(service__in={service for service, _owner in wanted}).delete()
    Coverage.objects.bulk_create(
        Coverage(version=version, service_id=service, organisation_id=organisation, period=version.period)
        for service, organisation in sorted(wanted - known)
    )
    return wanted | known


@recorded
def set_targets(
    *,
    version: AgreementVersion,
    promises: Iterable[Promise],
    organisation: Organisation | None = None,
    impact: Impact | None = None,
    by: User | None,
) -> set[Pair]:
    """Exactly these targets for everyone; or, for one organisation or incidents of one impact, in the place of those.
    Returns the pairs to calculate again.
    """
    promised = list(promises)
    for name, one in (("organisation", organisation), *(("service", promise.service) for promise in promised)):
        if one and not version.coverage.filter(**{name: one}).exists():
            raise ValidationError(_("%(version)s does not cover %(what)s."), params={"version": version, "what": one})
    there = version.targets.filter(organisation=organisation, impact=impact)
    known = {(target.metric, target.priority, target.service_id): target for target in there}
    for promise in promised:
        target = known.pop((promise.metric, promise.priority, promise.service.pk if promise.service else None), None)
        _fulfil(target or Target(version=version, organisation=organisation, impact=impact), promise)
    for target in known.values():
        target.delete()
    return version.coverage.pairs()


def _fulfil(target: Target, promise: Promise) -> None:
    for name, value in vars(promise).items():
        setattr(target, name, value)
    if promise.pauses is None:
        target.pauses = pauses_by_default(promise.metric)
    target.full_clean()
    target.save()


def _copy_content(before: AgreementVersion, version: AgreementVersion) -> None:
    pairs = sorted(before.coverage.pairs())
    refuse_overlap(version, pairs)
    Coverage.objects.bulk_create(
        Coverage(version=version, service_id=service, organisation_id=organisation, period=version.period)
        for service, organisation in pairs
    )
    copy_targets(before.targets.all(), version)
    copy_credits(before, version)


def copy_targets(targets: Iterable[Target], version: AgreementVersion) -> None:
    for target in targets:
        target.pk, target.version, target._state.adding = None, version, True
        target.save()


def refuse_overlap(version: AgreementVersion, pairs: Collection[Pair]) -> None:
    """The database refuses it too; here it is told in words."""
    if not pairs:
        return
    others = Coverage.objects.filter(any_of_pairs(pairs), period__overlap=version.period).exclude(version=version)
    if other := others.select_related("version__agreement", "service", "organisation").first():
        words = _("%(version)s covers %(coverage)s in part of this period already.")
        raise ValidationError(words, params={"version": other.version, "coverage": other})
