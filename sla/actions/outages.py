"""Outages and maintenance windows: registered, corrected, ended, and judged anew as planned or not.

The availability that they touch is calculated again in the same transaction.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
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
from sla.outages.reports import OWN_SOURCE, Draft, Hit, Name, Report
from sla.querysets import Pair
from sla.recalculation import recalculate_availability
from sla.spans import month_of

NUMBERS = 0x0D7
"""The advisory lock under which numbers of outages are given; its second key is the year."""


type Place = tuple[int, int | None]
"""The ids of a service and of an organisation; None is everyone who has the service."""


@dataclass(frozen=True)
class Saved:
    """How many were created, changed and known already. `kept` are those whose kind a person has decided, which the
    source now says otherwise: the person's word stands.
    """

    created: int
    changed: int
    unchanged: int
    kept: list[Outage]


@recorded
def save_outages(*, reports: Sequence[Report], by: User | None) -> Saved:
    """Creates or changes outages by source and number; the last of two reports of one name counts.

    What is known already touches nothing. PermissionDenied where an outage hits someone for whom `by` may not import.
    """
    wanted = {report.name: report for report in reports}
    known = _locked(list(wanted))
    _refuse_others(known.values(), wanted.values(), by)
    new = [report for name, report in wanted.items() if name not in known]
    changed = [(outage, wanted[name]) for name, outage in known.items() if _differs(outage, wanted[name])]
    stories = [_story(outage) for outage, _report in changed]
    _create(new)
    for outage, report in changed:
        _write(outage, report)
    _calculate([*stories, *(_told(report) for report in new), *(_told(report) for _outage, report in changed)], by)
    kept = [outage for name, outage in known.items() if _is_decided(outage) and outage.kind != wanted[name].kind]
    return Saved(len(new), len(changed), len(known) - len(changed), kept)


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
    _calculate([_story(outage)], by)
    return outage


@dataclass(frozen=True)
class Story:
    """When something happened, and to whom: what has to be calculated again."""

    places: Collection[Place]
    started: datetime
    ended: datetime | None


def _told(report: Report) -> Story:
    return Story([hit.place for hit in report.hits], report.started, report.ended)


def _story(outage: Outage) -> Story:
    places = [(hit.service_id, hit.organisation_id) for hit in outage.reach.all()]
    return Story(places, outage.started, outage.ended)


def _calculate(stories: Collection[Story], by: User | None) -> None:
    """All their months for all whom they hit."""
    if not stories:
        return
    now = timezone.now()
    first = min(month_of(story.started) for story in stories)
    last = max(month_of(max(story.ended or now, story.started)) for story in stories)
    places = {place for story in stories for place in story.places}
    recalculate_availability(pairs=_pairs(places), months=(first, last), by=by)


def _pairs(places: Collection[Place]) -> set[Pair]:
    named = {(service, organisation) for service, organisation in places if organisation is not None}
    everyone = {service for service, organisation in places if organisation is None}
    covered = Coverage.objects.filter(service__in=everyone)
    return named | set(covered.values_list("service_id", "organisation_id"))


def _locked(names: Sequence[Name]) -> dict[Name, Outage]:
    by_source: dict[str, list[str]] = {}
    for source, number in names:
        by_source.setdefault(source, []).append(number)
    match = Q(pk__in=[])
    for source, numbers in by_source.items():
        match |= Q(source=source, external_id__in=numbers)
    known = Outage.objects.filter(match).select_for_update().order_by("pk")
    rows = known.prefetch_related("reach", "reclassifications")
    return {(outage.source, outage.external_id): outage for outage in rows}


def _refuse_others(known: Iterable[Outage], reports: Iterable[Report], by: User | None) -> None:
    """Names are free to guess: without this, a report could take another organisation's outage away from it."""
    within = reach(by, Permission.IMPORT_INCIDENTS) if by else None
    if within is None:
        return
    stories = [*(_story(outage) for outage in known), *(_told(report) for report in reports)]
    if not {organisation for story in stories for _service, organisation in story.places} <= within:
        raise PermissionDenied


def _is_decided(outage: Outage) -> bool:
    return bool(outage.reclassifications.all())


def _differs(outage: Outage, report: Report) -> bool:
    kind = (outage.kind, outage.notified) if _is_decided(outage) else (report.kind, report.notified)
    known = (outage.started, outage.ended, outage.title, (outage.kind, outage.notified))
    hits = {(hit.service_id, hit.organisation_id, hit.affected_share) for hit in outage.reach.all()}
    told = (report.started, report.ended, report.title, kind)
    return known != told or hits != {(*hit.place, hit.share) for hit in report.hits}


def _create(reports: Sequence[Report]) -> None:
    outages = Outage.objects.bulk_create(_filled(Outage(), report) for report in reports)
    OutageReach.objects.bulk_create(
        _reach(outage, hit) for outage, report in zip(outages, reports, strict=True) for hit in report.hits
    )


def _filled(outage: Outage, report: Report) -> Outage:
    outage.source, outage.external_id, outage.title = report.source, report.external_id, report.title
    outage.started, outage.ended = report.started, report.ended
    if outage._state.adding or not _is_decided(outage):
        outage.kind, outage.notified = report.kind, report.notified
    outage.clean_fields()
    return outage


def _reach(outage: Outage, hit: Hit) -> OutageReach:
    return OutageReach(outage=outage, service=hit.service, organisation=hit.organisation, affected_share=hit.share)


def _write(outage: Outage, report: Report) -> None:
    _filled(outage, report).save()
    wanted = {hit.place: hit for hit in report.hits}
    for row in outage.reach.all():
        hit = wanted.pop((row.service_id, row.organisation_id), None)
        if hit is None:
            row.delete()
        elif row.affected_share != hit.share:
            row.affected_share = hit.share
            row.save()
    OutageReach.objects.bulk_create(_reach(outage, hit) for hit in wanted.values())
