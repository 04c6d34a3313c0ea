"""Two years of downtime and planned work: some hit everyone, some one owner, and one was notified too late."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kit.formats import OSLO
from partnership.models import Organisation
from portal.demonstration.days import meeting_day
from services.models import Service
from sla.actions.outages import reclassify, register_outage, save_outages
from sla.models import ChangedFigure, Outage, OutageKind
from sla.outages.reports import Draft, Hit
from sla.recalculation import recalculate

SOURCE = "overvåking"


@dataclass(frozen=True)
class Failure:
    """So many days before now, at this time of day, for so many minutes; without owners everyone was hit."""

    days: int
    clock: str
    minutes: int
    service: str
    title: str
    owners: tuple[str, ...] = ()
    share: str = "1"


FAILURES = [
    Failure(9, "10:20", 55, "EPOST", "E-post tok ikke imot fra eksterne"),
    Failure(23, "08:05", 140, "SAK", "Sak/arkiv svarte ikke etter oppdatering"),
    Failure(37, "13:10", 35, "NETT", "Fiberbrudd mot rådhuset", ("4211",)),
    Failure(58, "09:40", 95, "OPPVEKST", "Pålogging i skolen feilet", (), "0.4"),
    Failure(66, "11:30", 75, "LONN", "Lønn fikk ikke kontakt med banken"),
    Failure(94, "08:15", 210, "HELSE", "Journal utilgjengelig etter disksvikt"),
    Failure(121, "14:00", 40, "TELEFONI", "Sentralbordet nede", ("4203", "4202")),
    Failure(163, "10:00", 180, "NETT", "Ruter sviktet i datarommet"),
    Failure(212, "09:05", 65, "EPOST", "Sertifikat løp ut"),
    Failure(268, "12:20", 120, "SAK", "Søk i arkivet feilet", (), "0.25"),
    Failure(331, "08:30", 45, "BRUKER", "Portalen svarte ikke"),
    Failure(402, "10:45", 150, "HELSE", "Integrasjon mot fastleger nede", (), "0.6"),
]
MAINTENANCE = [
    Failure(16, "14:00", 180, "SAK", "Oppgradering av sak/arkiv"),
    Failure(79, "13:30", 240, "NETT", "Bytte av brannmur"),
    Failure(170, "14:30", 150, "LONN", "Ny versjon av økonomi og lønn"),
]
LATE = "OPP-2"
"""Registered as downtime, though the board had been told; a person has judged it anew."""
TOLD_OF = "NED-1"
"""The monitoring missed it: users told of it, and a person registered it here."""


def load(*, now: datetime, owners: Mapping[str, Organisation], services: Mapping[str, Service]) -> None:
    """With the availability of every month since the agreements began."""
    drafts = dict(_drafts(now, owners, services))
    register_outage(draft=drafts.pop(TOLD_OF), outage=None, by=None)
    save_outages(reports=[draft.named(SOURCE, number) for number, draft in drafts.items()], by=None)
    recalculate()
    ChangedFigure.objects.all().delete()  # what is loaded is no change of what somebody has read
    late = Outage.objects.get(source=SOURCE, external_id=LATE)
    reason = "Varslet eierne på e-post i god tid; meldingen ble ikke registrert her."
    reclassify(outage=late, kind=OutageKind.PLANNED, reason=reason, by=None)


def _drafts(
    now: datetime, owners: Mapping[str, Organisation], services: Mapping[str, Service]
) -> Iterator[tuple[str, Draft]]:
    for number, one in enumerate(FAILURES, 1):
        yield f"NED-{number}", _draft(one, now, owners, services)
    for number, one in enumerate(MAINTENANCE, 1):
        draft = _draft(one, now, owners, services)
        if f"OPP-{number}" != LATE:
            notice = timedelta(days=1 if number == len(MAINTENANCE) else 14)
            draft = replace(draft, kind=OutageKind.PLANNED, notified=draft.started - notice)
        yield f"OPP-{number}", draft


def _draft(one: Failure, now: datetime, owners: Mapping[str, Organisation], services: Mapping[str, Service]) -> Draft:
    started = _when(now.astimezone(OSLO).date() - timedelta(days=one.days), one.clock)
    hit = [owners[number] for number in one.owners] or [None]
    return Draft(
        title=one.title,
        started=started,
        ended=started + timedelta(minutes=one.minutes),
        hits=[Hit(services[one.service], owner, Decimal(one.share)) for owner in hit],
    )


def _when(day: date, clock: str) -> datetime:
    """On that day or the next working day."""
    return datetime.combine(meeting_day(day), time.fromisoformat(clock), OSLO)
