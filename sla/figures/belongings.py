"""To whom and to what the incidents of a file go, in names: seen before anything is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from partnership.models import Organisation
from services.models import Service
from sla.models.imports import MappingKind

type Counts = Sequence[tuple[str, int, int]]


@dataclass(frozen=True)
class Belongings:
    """Names and numbers of incidents, the most first."""

    owners: list[tuple[str, int]]
    services: list[tuple[str, int]]


def belongings(counts: Counts) -> Belongings | None:
    """None where there is nothing to tell of."""
    if not counts:
        return None
    parts = {kind: {key: count for of, key, count in counts if of == kind} for kind in MappingKind.values}
    owners = Organisation.objects.in_bulk(parts[MappingKind.MUNICIPALITY])
    services = Service.objects.in_bulk(parts[MappingKind.SERVICE])
    return Belongings(
        owners=[(str(owners[key]), count) for key, count in parts[MappingKind.MUNICIPALITY].items()],
        services=[(str(services[key]), count) for key, count in parts[MappingKind.SERVICE].items()],
    )
