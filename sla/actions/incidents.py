"""Incidents from a machine, many at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from partnership.access import Permission, reach
from partnership.history import recorded
from partnership.models import User
from sla.models import Incident, Pause

type Row = Mapping[str, Any]
type Name = tuple[str, str]

FIELDS = (
    "organisation",
    "service",
    "priority",
    "impact",
    "title",
    "state",
    "opened",
    "responded",
    "resolved",
    "closed",
)
EMPTY = {"impact": None, "title": "", "state": "", "responded": None, "resolved": None, "closed": None}


@dataclass
class UpsertResult:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    touched: list[int] = field(default_factory=list)
    """Ids of the incidents that were created or changed: what must be recalculated."""


@recorded
def upsert_incidents(*, rows: Sequence[Row], by: User | None) -> UpsertResult:
    """Creates or changes incidents by source and external id; the last of two rows of one name counts.

    A row that says what is known already touches nothing, so that the history stays quiet. PermissionDenied where an
    incident of that name belongs to an organisation for which `by` may not import.
    """
    wanted = {(row["source"], row["external_id"]): EMPTY | dict(row) for row in rows}
    known = _locked(list(wanted))
    _refuse_others(known.values(), by)
    new = [name for name in wanted if name not in known]
    changed = [name for name, incident in known.items() if _differs(incident, wanted[name])]
    created = Incident.objects.bulk_create(_written(Incident(), wanted[name]) for name in new)
    Incident.objects.bulk_update((_written(known[name], wanted[name]) for name in changed), FIELDS)
    touched = created + [known[name] for name in changed]
    _replace_pauses(touched, wanted)
    return UpsertResult(len(new), len(changed), len(known) - len(changed), [incident.pk for incident in touched])


def _locked(names: list[Name]) -> dict[Name, Incident]:
    match = Q(*(Q(source=source, external_id=number) for source, number in names), _connector=Q.OR)
    known = Incident.objects.filter(match).select_for_update().order_by("pk").prefetch_related("pauses")
    return {(incident.source, incident.external_id): incident for incident in known}


def _refuse_others(known: Iterable[Incident], by: User | None) -> None:
    """Names are free to guess: without this, a row could take another organisation's incident away from it."""
    within = reach(by, Permission.IMPORT_INCIDENTS) if by else None
    if within is not None and any(incident.organisation_id not in within for incident in known):
        raise PermissionDenied


def _differs(incident: Incident, row: Row) -> bool:
    told = (pause for pause in incident.pauses.all() if pause.by_id is None)
    pauses = {(pause.started, pause.ended, pause.reason, pause.was_solved) for pause in told}
    return pauses != _pauses(row) or any(getattr(incident, name) != row[name] for name in FIELDS)


def _pauses(row: Row) -> set[tuple[Any, Any, str, bool]]:
    return {
        (pause["started"], pause.get("ended"), pause.get("reason", ""), pause.get("was_solved", False))
        for pause in row.get("pauses", [])
    }


def _written(incident: Incident, row: Row) -> Incident:
    for name in ("source", "external_id", *FIELDS):
        setattr(incident, name, row[name])
    return incident


def _replace_pauses(incidents: list[Incident], wanted: Mapping[Name, Row]) -> None:
    """Those of the source; what a person has set here stays."""
    Pause.objects.of_source().filter(incident__in=incidents).delete()
    Pause.objects.bulk_create(
        Pause(incident=incident, started=started, ended=ended, reason=reason, was_solved=was_solved)
        for incident in incidents
        for started, ended, reason, was_solved in _pauses(wanted[incident.source, incident.external_id])
    )
