"""Outages and maintenance windows: registered, corrected, ended, and judged anew as planned or not.

The availability that they touch is calculated again in the same transaction.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.formats import OSLO
from partnership.access import Permission, reach
from partnership.history import recorded
from partnership.models import User
from sla.models import Coverage, Outage, OutageKind, Reclassification
from sla.outages.files import Problem, read_outages
from sla.outages.merging import Change, changes, hits_of, story_of
from sla.outages.reports import OWN_SOURCE, Draft, Name, Place, Report, endless, refused_start
from sla.outages.saving import save
from sla.querysets import Pair
from sla.recalculation import recalculate_availability
from sla.spans import month_of

LOCK = 0x0D7
"""The advisory lock under which outages are saved and numbers given: two who tell of the same wait for each other."""


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
def save_outages(*, reports: Sequence[Report], by: User | None, is_whole: bool = True) -> Saved:
    """Creates or changes outages by source and number; of two reports about one place the last counts.

    What is known already touches nothing. The reports of a number tell everything about it, unless they are not whole:
    then places that they do not name stay. PermissionDenied where an outage hits someone for whom `by` may not import,
    ValidationError for a start or an end that cannot be meant.
    """
    _refuse_instants(reports)
    wait_for_turn()
    told: dict[Name, list[Report]] = {}
    for report in reports:
        told.setdefault(report.name, []).append(report)
    known = _locked(list(told))
    _refuse_others([outage for parts in known.values() for outage in parts], reports, by)
    found = [change for name, own in told.items() for change in changes(known.get(name, []), own, is_whole=is_whole)]
    touching = [change for change in found if _is_news(change)]
    stories = [_story(change.outage) for change in touching if change.outage]
    kept = _kept(known, told)
    save(touching, {name: max(outage.part for outage in parts) for name, parts in known.items()})
    told_now = [_told(change.report) for change in touching if change.report]
    _calculate([*stories, *told_now], by, cause=", ".join(sorted({f"{source} {number}" for source, number in told})))
    created = sum(change.outage is None for change in touching)
    return Saved(created, len(touching) - created, len(found) - len(touching), kept)


@recorded
def import_outages(*, file: BinaryIO, by: User | None) -> tuple[Saved | None, list[Problem]]:
    """What was saved, or what is wrong: with a single bad row nothing is saved. Refused where it is no such file."""
    reports, problems = read_outages(file)
    return (None, problems) if problems else (save_outages(reports=reports, by=by, is_whole=False), [])


@recorded
def register_outage(*, draft: Draft, outage: Outage | None, by: User | None) -> Outage:
    """What a person registers here gets a number here; one of ours that is known is corrected."""
    wait_for_turn()
    number = outage.external_id if outage else _next_number(draft.started.astimezone(OSLO).year)
    save_outages(reports=[draft.named(OWN_SOURCE, number)], by=by)
    return Outage.objects.get(source=OWN_SOURCE, external_id=number)


def wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _next_number(year: int) -> str:
    """The next of the year, without gaps: whoever gives one has waited for the turn."""
    newest = Outage.objects.filter(source=OWN_SOURCE, external_id__startswith=f"N-{year}-").order_by("pk").last()
    return f"N-{year}-{int(newest.external_id.rpartition('-')[2]) + 1 if newest else 1:05}"


@recorded
def reclassify(*, outage: Outage, kind: OutageKind, reason: str, by: User | None) -> Outage:
    """Counts as planned, or as unplanned, from now on and for good; planned then means notified in time.

    What still goes on cannot be planned until its end is known, and what is to come cannot be unplanned.
    """
    outage = Outage.objects.select_for_update().get(pk=outage.pk)
    if endless(kind, outage.ended):
        words = _("It still goes on. Register the planned work with its end instead, or judge this when it is over.")
        raise ValidationError({"kind": words})
    if words := refused_start(kind, outage.started, timezone.now()):
        raise ValidationError({"kind": words})
    decision = Reclassification(outage=outage, kind=kind, reason=reason, by=by)
    decision.full_clean()
    decision.save()
    outage.kind, outage.notified = kind, None
    outage.save()
    _calculate([_story(outage)], by, cause=f"{outage}: {reason}")
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


def _calculate(stories: Collection[Story], by: User | None, *, cause: str) -> None:
    """All their months for all whom they hit."""
    if not stories:
        return
    now = timezone.now()
    first = min(month_of(story.started) for story in stories)
    last = max(month_of(max(story.ended or now, story.started)) for story in stories)
    places = {place for story in stories for place in story.places}
    recalculate_availability(pairs=_pairs(places), months=(first, last), by=by, cause=cause)


def _pairs(places: Collection[Place]) -> set[Pair]:
    named = {(service, organisation) for service, organisation in places if organisation is not None}
    everyone = {service for service, organisation in places if organisation is None}
    covered = Coverage.objects.holding().filter(service__in=everyone)
    return named | set(covered.values_list("service_id", "organisation_id"))


def _locked(names: Sequence[Name]) -> dict[Name, list[Outage]]:
    """The parts of each that is known."""
    by_source: dict[str, list[str]] = {}
    for source, number in names:
        by_source.setdefault(source, []).append(number)
    match = Q(pk__in=[])
    for source, numbers in by_source.items():
        match |= Q(source=source, external_id__in=numbers)
    rows = Outage.objects.filter(match).select_for_update().order_by("pk")
    found: dict[Name, list[Outage]] = {}
    for outage in rows.prefetch_related("reach__service", "reach__organisation", "reclassifications"):
        found.setdefault((outage.source, outage.external_id), []).append(outage)
    return found


def _refuse_instants(reports: Iterable[Report]) -> None:
    now, refused = timezone.now(), defaultdict[str, list[str]](list)
    for report in reports:
        for name, words in report.refused(now).items():
            refused[name].append(f"{report.external_id}: {words}")
    if refused:
        raise ValidationError(dict(refused))


def _refuse_others(known: Iterable[Outage], reports: Iterable[Report], by: User | None) -> None:
    """Names are free to guess: without this, a report could take another organisation's outage away from it."""
    within = reach(by, Permission.IMPORT_INCIDENTS) if by else None
    if within is None:
        return
    stories = [*(_story(outage) for outage in known), *(_told(report) for report in reports)]
    if not {organisation for story in stories for _service, organisation in story.places} <= within:
        raise PermissionDenied


def _kept(known: Mapping[Name, Sequence[Outage]], told: Mapping[Name, Sequence[Report]]) -> list[Outage]:
    """Those that a person has judged otherwise than the source now says."""
    return [
        outage
        for name, parts in known.items()
        for outage in parts
        if outage.is_decided and any(_is_about(report, outage) and report.kind != outage.kind for report in told[name])
    ]


def _is_about(report: Report, outage: Outage) -> bool:
    return not {hit.place for hit in report.hits}.isdisjoint(_story(outage).places)


def _is_news(change: Change) -> bool:
    if change.outage is None or change.report is None:
        return True
    is_told_otherwise = story_of(change.outage) != replace(change.report, hits=())
    return is_told_otherwise or set(hits_of(change.outage)) != set(change.report.hits)
