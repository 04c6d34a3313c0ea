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


@dataclass(frozen=True)
class Hit:
    """Without an organisation: everyone who has the service."""

    service: Service
    organisation: Organisation | None
    share: Decimal = Decimal(1)

    @property
    def place(self) -> tuple[int, int | None]:
        return self.service.pk, self.organisation and self.organisation.pk


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything that is known of one outage; what is not in it is no longer known. Without an end it goes on."""

    hits: Sequence[Hit]
    started: datetime
    ended: datetime | None = None
    kind: OutageKind = OutageKind.UNPLANNED
    notified: datetime | None = None
    title: str = ""

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
