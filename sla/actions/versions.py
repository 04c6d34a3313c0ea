"""The way of a version: drafted, proposed to a body, approved by its resolution, and in force from its day.

What is approved is never edited, only followed by another. Whoever calls these lets the pairs that they return be
calculated again (`sla.recalculation`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.actions.versions import make_room
from partnership.history import recorded
from partnership.models import Body, Organisation, Resolution, User
from partnership.periods import NO_DAYS
from services.models import ServiceCalendar
from sla.actions.agreements import (
    Promise,
    add_agreement,
    copy_targets,
    refuse_overlap,
    set_coverage,
    set_targets,
)
from sla.actions.credits import copy_credits, refuse_empty_ladders, set_credits
from sla.credits.ladder import Ladder
from sla.hours import refuse_missing_hours
from sla.models import AgreementVersion, Availability, Clock, Impact, Metric, Phase, ServiceAgreement, Stage, Target
from sla.models.agreements import AT_RISK_PERCENT
from sla.querysets import Pair


@dataclass(frozen=True)
class Content:
    """What a version says."""

    calendar: ServiceCalendar
    pairs: Collection[Pair]
    promises: Sequence[Promise]


@dataclass(frozen=True)
class Written:
    """A version as saved, and the pairs whose incidents it or its forerunner judges: to calculate again."""

    version: AgreementVersion
    touched: set[Pair]


@recorded
def write_agreement(*, name: str, first_day: date, content: Content, by: User | None) -> AgreementVersion:
    """A new agreement, in preparation, with the draft of its first version."""
    return write_draft(agreement=add_agreement(name=name, by=by), first_day=first_day, content=content, by=by)


@recorded
def rename_agreement(
    *,
    agreement: ServiceAgreement,
    name: str,
    responsible: User | None,
    at_risk_percent: int = AT_RISK_PERCENT,
    by: User | None,
) -> ServiceAgreement:
    """Whoever calls this lets the incidents that are open be calculated again where `at_risk_percent` is another."""
    agreement.name, agreement.responsible, agreement.at_risk_percent = name, responsible, at_risk_percent
    agreement.full_clean()
    agreement.save()
    return agreement


@recorded
def write_draft(*, agreement: ServiceAgreement, first_day: date, content: Content, by: User | None) -> AgreementVersion:
    """The draft of the next version, begun or changed. It judges nothing before it is approved.

    What deviates for an owner or an impact in the newest version that is approved does so in the draft, if it covers
    that owner.
    ValidationError once it is proposed: what a body has before it stands still.
    """
    _refuse_ended(lock(agreement))
    known = agreement.versions.open().first()
    if known and known.stage == Stage.PROPOSED:
        raise ValidationError(_("%(version)s is proposed. Take it back to change it."), params={"version": known})
    draft = known or AgreementVersion(
        agreement=agreement, number=_next_number(agreement), stage=Stage.DRAFT, period=NO_DAYS
    )
    draft.planned_day, draft.calendar = first_day, content.calendar
    draft.full_clean()
    draft.save()
    set_coverage(version=draft, pairs=content.pairs, by=by)
    set_targets(version=draft, promises=content.promises, by=by)
    newest = agreement.versions.approved().order_by("-period").first()
    if newest and not known:
        copy_targets(_deviating(newest, draft), draft)
        copy_credits(newest, draft)
    return draft


def _deviating(newest: AgreementVersion, draft: AgreementVersion) -> QuerySet[Target]:
    """What is not common in the newest version, of those whom the draft covers."""
    for_owners = Q(organisation__in=draft.coverage.values("organisation"))
    for_impacts = Q(organisation=None, impact__isnull=False)
    covered = Q(service=None) | Q(service__in=draft.coverage.values("service"))
    return newest.targets.filter(for_owners | for_impacts).filter(covered)


@recorded
def write_deviation(
    *,
    version: AgreementVersion,
    organisation: Organisation | None = None,
    impact: Impact | None = None,
    promises: Sequence[Promise],
    by: User | None,
) -> AgreementVersion:
    """What a draft promises one organisation, or of incidents of one impact, in the place of what is common; without
    promises nothing deviates.
    """
    draft = _open(version, Stage.DRAFT)
    set_targets(version=draft, promises=promises, organisation=organisation, impact=impact, by=by)
    return draft


@recorded
def write_credits(
    *, version: AgreementVersion, cap: Decimal | None, ladders: Mapping[Metric, Ladder], by: User | None
) -> AgreementVersion:
    """What a draft gives for guarantees that are missed; without a cap nothing."""
    draft = _open(version, Stage.DRAFT)
    set_credits(version=draft, cap=cap, ladders=ladders, by=by)
    return draft


@recorded
def discard_draft(*, version: AgreementVersion, by: User | None) -> None:
    """As if it had not been; the history keeps it."""
    _open(version, Stage.DRAFT).delete()


@recorded
def propose_version(*, version: AgreementVersion, proposed_to: Body, by: User | None) -> AgreementVersion:
    """ValidationError for one that covers nobody or promises nothing, or by opening hours that are not there."""
    draft = _open(version, Stage.DRAFT)
    if not draft.coverage.exists() or not draft.targets.exists():
        raise ValidationError(_("Say whom the version covers and what it promises before it is proposed."))
    refuse_empty_ladders(draft)
    if draft.first_day:
        refuse_missing_hours(draft, draft.first_day)
    draft.stage, draft.proposed_to, draft.proposed_on = Stage.PROPOSED, proposed_to, timezone.localdate()
    draft.full_clean()
    draft.save()
    return draft


@recorded
def take_back(*, version: AgreementVersion, by: User | None) -> AgreementVersion:
    """What is proposed becomes a draft again."""
    draft = _open(version, Stage.PROPOSED)
    draft.stage, draft.proposed_to, draft.proposed_on = Stage.DRAFT, None, None
    draft.save()
    return draft


@recorded
def approve_version(
    *,
    version: AgreementVersion,
    first_day: date,
    decided_in: Resolution | None,
    resolution: str,
    by: User | None,
) -> Written:
    """What is proposed holds from `first_day`, past or to come, until the next version known, or until the agreement
    ends where that is stated; the one in force then ends the day before.

    ValidationError without a resolution, where a version begins on that very day, where another agreement covers the
    same, and where there are no opening hours to judge by.
    """
    _refuse_ended(lock(version.agreement))
    proposed = _open(version, Stage.PROPOSED)
    resolved = named_resolution(decided_in, resolution)
    approved = version.agreement.versions.approved()
    _refuse_same_day(approved, first_day)
    followed = approved.on(first_day).first()
    touched = followed.coverage.pairs() if followed else set()
    room = make_room(approved.order_by("period"), first_day)
    if followed:
        room = DateRange(first_day, followed.period.upper)
        proposed.end_resolution = followed.end_resolution
        approved.filter(pk=followed.pk).update(end_resolution="")
    proposed.period, proposed.stage = room, Stage.APPROVED
    proposed.planned_day, proposed.approved_on = None, timezone.localdate()
    proposed.decided_in, proposed.resolution = decided_in, resolved
    covered = proposed.coverage.pairs()
    refuse_overlap(proposed, covered)
    refuse_missing_hours(proposed, first_day)
    proposed.full_clean()
    proposed.save()
    return Written(proposed, covered | touched)


@recorded
def withdraw_approval(*, version: AgreementVersion, by: User | None) -> Written:
    """What is approved and does not hold yet becomes a proposal again; the one before goes on in its place.

    ValidationError for one that holds already, and while another is drafted.
    """
    lock(version.agreement)
    approved = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if not is_still_to_come(approved):
        words = _("%(version)s holds already, and stands. Make a new version.")
        raise ValidationError(words, params={"version": approved})
    period, ended = approved.period, approved.end_resolution
    approved.stage = Stage.PROPOSED if approved.proposed_to_id else Stage.DRAFT
    approved.planned_day, approved.period, approved.end_resolution = period.lower, NO_DAYS, ""
    approved.decided_in, approved.resolution, approved.approved_on = None, "", None
    approved.full_clean()
    approved.save()
    touched = approved.coverage.pairs()
    for earlier in version.agreement.versions.approved().filter(period__endswith=period.lower):
        earlier.period, earlier.end_resolution = DateRange(earlier.period.lower, period.upper), ended
        earlier.save()
        touched |= earlier.coverage.pairs()
    return Written(approved, touched)


def is_still_to_come(version: AgreementVersion) -> bool:
    """Approved, without holding or having judged anything yet."""
    return version.begins_later and not has_judged(version)


def has_judged(version: AgreementVersion) -> bool:
    """A clock or a month has been calculated by it."""
    judged = (model.objects.filter(target__version=version) for model in (Clock, Availability))
    return any(rows.exists() for rows in judged)


def lock(agreement: ServiceAgreement) -> ServiceAgreement:
    return ServiceAgreement.objects.select_for_update().get(pk=agreement.pk)


def _refuse_ended(agreement: ServiceAgreement) -> None:
    if agreement.phase == Phase.ENDED:
        raise ValidationError(_("%(agreement)s has ended. Make a new agreement."), params={"agreement": agreement})


def _next_number(agreement: ServiceAgreement) -> int:
    return (agreement.versions.aggregate(highest=Max("number"))["highest"] or 0) + 1


def _open(version: AgreementVersion, stage: Stage) -> AgreementVersion:
    """The version as it stands now, where it stands at this stage."""
    fresh = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    if fresh.stage != stage:
        words = _("%(version)s is %(stage)s. Load the page again to see where it stands.")
        raise ValidationError(words, params={"version": fresh, "stage": fresh.get_stage_display()})
    return fresh


def _refuse_same_day(approved: Collection[AgreementVersion], first_day: date) -> None:
    for other in approved:
        if other.first_day == first_day:
            words = _("%(version)s is approved from this day, and stands. Choose another day.")
            raise ValidationError({"first_day": ValidationError(words, params={"version": other})})


def named_resolution(decided_in: Resolution | None, written: str) -> str:
    """As it is written, or else the name of the one chosen. ValidationError at `resolution` without any."""
    if written:
        return written
    if decided_in is None:
        raise ValidationError({"resolution": _("Choose the resolution, or write its case number and date.")})
    day = timezone.localdate(decided_in.meeting.starts)
    return f"{decided_in.meeting.body} {decided_in.label}, {day:%d.%m.%Y}"[:100]
