"""What somebody reports of an outage, whoever it is: a file, a machine or a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnership.models import Organisation
from services.models import Service
from sla.models import OutageKind
from sla.models.outages import CLOCKS_DIFFER

OWN_SOURCE = "fellesgrep"
"""The source of what a person registers here."""

LONGEST_PLANNED = timedelta(days=366)

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

    def refused(self, now: datetime) -> dict[str, Any]:
        return refused(self.kind, self.started, self.ended, now)

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


def refused(kind: str, started: datetime, ended: datetime | None, now: datetime) -> dict[str, Any]:
    """By field, in words: a start or an end that cannot be meant."""
    found = {"started": refused_start(kind, started, now), "ended": refused_end(kind, started, ended, now)}
    return {name: words for name, words in found.items() if words}


def refused_start(kind: str, started: datetime, now: datetime) -> Any:
    """What is not planned cannot begin later than now, by any clock; None where the start can be meant."""
    is_ahead = kind != OutageKind.PLANNED and started - now > CLOCKS_DIFFER
    return _("This is in the future. Only planned work can be registered ahead.") if is_ahead else None


def endless(kind: str, ended: datetime | None) -> Any:
    """Planned work goes before downtime, so that without an end it would hide all that comes; None where it has one."""
    is_endless = kind == OutageKind.PLANNED and ended is None
    return _("Say when the planned work ends. It can be changed.") if is_endless else None


def refused_end(kind: str, started: datetime, ended: datetime | None, now: datetime) -> Any:
    """Of what is planned an end that is to come, but not in years; of what is not, none that has not been."""
    if ended is None:
        return None
    if kind == OutageKind.PLANNED:
        return _("Planned work lasts a year at most.") if ended - started > LONGEST_PLANNED else None
    return _("This has not come yet.") if ended - now > CLOCKS_DIFFER else None
