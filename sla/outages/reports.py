"""What somebody reports of an outage, whoever it is: a file, a machine or a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from partnership.models import Organisation
from services.models import Service
from sla.models import OutageKind

OWN_SOURCE = "fellesgrep"
"""The source of what a person registers here."""

type Name = tuple[str, str]
"""A source and its number there."""

type Place = tuple[int, int | None]
"""The ids of a service and of an organisation; None is everyone who has the service."""


@dataclass(frozen=True)
class Hit:
    """Without an organisation: everyone who has the service."""

    service: Service
    organisation: Organisation | None
    share: Decimal = Decimal(1)

    @property
    def place(self) -> Place:
        return self.service.pk, self.organisation and self.organisation.pk


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything that is known of one outage. Without an end it goes on; without a title it keeps the one it has."""

    hits: Sequence[Hit]
    started: datetime
    ended: datetime | None = None
    kind: OutageKind = OutageKind.UNPLANNED
    notified: datetime | None = None
    title: str | None = None

    def named(self, source: str, external_id: str) -> "Report":
        return Report(source=source, external_id=external_id, **vars(self))


@dataclass(frozen=True, kw_only=True)
class Report(Draft):
    """An outage with its name at the source."""

    source: str
    external_id: str

    @property
    def name(self) -> Name:
        return self.source, self.external_id
