"""Outages and maintenance windows: registered, corrected, ended, and judged anew as planned or not.

The availability that they touch is calculated again in the same transaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Max, Q
from django.utils import timezone

from kit.formats import OSLO
from partnership.access import Permission, reach
from partnership.history import recorded
from partnership.models import User
from sla.models import Coverage, Outage, OutageKind, OutageReach, Reclassification
from sla.outages.files import Problem, read_outages
from sla.outages.reports import OWN_SOURCE, Draft, Name, Report
from sla.querysets import Pair
from sla.recalculation import recalculate_availability
from sla.spans import Month, month_of

NUMBERS = 0x0D7
"""The advisory lock under which numbers of outages are given; its second key is the year."""


@dataclass(frozen=True)
class Touched:
    """What an outage has to do with: places, and months from the first to the last."""

    pairs: frozenset[Pair]
    first: Month
    last: Month

    def __or__(self, other: "Touched") -> "Touched":
        return Touched(self.pairs | other.pairs, min(self.first, other.first), max(self.last, other.last))


@dataclass
class Saved:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[Outage] = field(default_factory=list)
    """Those whose kind a person has decided, which the source now says otherwise: the person's word stands."""
    touched: Touched | None = None

    def touch(self, more: Touched) -> None:
        self.touched = more if self.touched is None else self.touched | more


@recorded
def save_outages(*, reports: Sequence[Report], by: User | None) -> Saved:
    """Creates or changes outages by source and number; the last of two reports of one name counts.

    What is known already touches nothing. PermissionDenied where an outage hits someone for whom `by` may not import.
    """
    wanted = {report.name: report for report in reports}
    known = _locked(list(wanted))
    saved = Saved()
    for name, report in wanted.items():
        outage = known.get(name)
        _refuse_others(outage, report, by)
        _save(outage, report, saved)
    if saved.touched:
        _calculate(saved.touched, by)
    return saved


@recorded
def import_outages(*, file: BinaryIO, by: User | None) -> tuple[Saved | None, list[Problem]]:
    """What was saved, or what is wrong: with a single bad row nothing is saved. Refused where it is no such file."""
    reports, problems = read_outages(file)
    return (None, problems) if problems else (save_outages(reports=reports, by=by), [])


@recorded
def register_outage(*, draft: Draft, outage: Outage | None, by: User | None) -> Outage:
    """What a person registers here gets a number here; one of ours that is known is corrected."""
    number = outage.external_id if outage else _next_number(draft.started.astimezone(OSLO).year)
    save_outages(reports=[draft.named(OWN_SOURCE, number)], by=by)
    return Outage.objects.get(source=OWN_SOURCE, external_id=number)


def _next_number(year: int) -> str:
    """The next of the year, without gaps: the lock is held until the number is saved, or the registering undone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERS, year])
    numbered = Outage.objects.filter(source=OWN_SOURCE, external_id__startswith=f"N-{year}-")
    newest = numbered.aggregate(newest=Max("external_id"))["newest"]
    return f"N-{year}-{int(newest.rpartition('-')[2]) + 1 if newest else 1:05}"


@recorded
def reclassify(*, outage: Outage, kind: OutageKind, reason: str, by: User | None) -> Outage:
    """Counts as planned, or as unplanned, from now on and for good; planned then means notified in time."""
    outage = Outage.objects.select_for_update().get(pk=outage.pk)
    decision = Reclassification(outage=outage, kind=kind, reason=reason, by=by)
    decision.full_clean()
    decision.save()
    outage.kind, outage.notified = kind, None
    outage.save()
    _calculate(touched_by(outage), by)
    return outage


def _calculate(touched: Touched, by: User | None) -> None:
    recalculate_availability(pairs=touched.pairs, months=(touched.first, touched.last), by=by)


def touched_by(outage: Outage) -> Touched:
    """As it stands in the database."""
    return Touched(frozenset(_pairs(outage)), month_of(outage.started), month_of(outage.ended or timezone.now()))


def _pairs(outage: Outage) -> Iterable[Pair]:
    for hit in outage.reach.all():
        if hit.organisation_id is None:
            yield from Coverage.objects.filter(service=hit.service_id).values_list("service_id", "organisation_id")
        else:
            yield hit.service_id, hit.organisation_id


def _locked(names: Sequence[Name]) -> dict[Name, Outage]:
    if not names:
        return {}
    match = Q(*(Q(source=source, external_id=number) for source, number in names), _connector=Q.OR)
    known = Outage.objects.filter(match).select_for_update().order_by("pk")
    rows = known.prefetch_related("reach__service", "reach__organisation", "reclassifications")
    return {(outage.source, outage.external_id): outage for outage in rows}


def _refuse_others(outage: Outage | None, report: Report, by: User | None) -> None:
    """Names are free to guess: without this, a report could take another organisation's outage away from it."""
    within = reach(by, Permission.IMPORT_INCIDENTS) if by else None
    if within is None:
        return
    hit = {one.organisation and one.organisation.pk for one in report.hits}
    if outage:
        hit |= {one.organisation_id for one in outage.reach.all()}
    if not hit <= within:
        raise PermissionDenied


def _save(outage: Outage | None, report: Report, saved: Saved) -> None:
    if outage is None:
        outage = Outage(source=report.source, external_id=report.external_id)
        saved.created += 1
    elif not _differs(outage, report, saved):
        saved.unchanged += 1
        return
    else:
        saved.changed += 1
        saved.touch(touched_by(outage))
    _write(outage, report)
    saved.touch(touched_by(outage))


def _differs(outage: Outage, report: Report, saved: Saved) -> bool:
    is_decided = bool(outage.reclassifications.all())
    if is_decided and outage.kind != report.kind:
        saved.kept.append(outage)
    kind = (outage.kind, outage.notified) if is_decided else (report.kind, report.notified)
    known = (outage.started, outage.ended, outage.title, (outage.kind, outage.notified))
    hits = {(hit.service_id, hit.organisation_id, hit.affected_share) for hit in outage.reach.all()}
    told = (report.started, report.ended, report.title, kind)
    return known != told or hits != {(*hit.place, hit.share) for hit in report.hits}


def _write(outage: Outage, report: Report) -> None:
    outage.started, outage.ended, outage.title = report.started, report.ended, report.title
    if outage._state.adding or not outage.reclassifications.exists():
        outage.kind, outage.notified = report.kind, report.notified
    outage.full_clean(validate_unique=False, validate_constraints=False)
    outage.save()
    _write_reach(outage, report)


def _write_reach(outage: Outage, report: Report) -> None:
    wanted = {hit.place: hit for hit in report.hits}
    for row in outage.reach.all():
        hit = wanted.pop((row.service_id, row.organisation_id), None)
        if hit is None:
            row.delete()
        elif row.affected_share != hit.share:
            row.affected_share = hit.share
            row.save()
    OutageReach.objects.bulk_create(
        OutageReach(outage=outage, service=hit.service, organisation=hit.organisation, affected_share=hit.share)
        for hit in wanted.values()
    )
    outage._prefetched_objects_cache = {}  # type: ignore[attr-defined]
