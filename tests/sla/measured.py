"""A small partnership with measured service levels, for the tests of pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from partnership.models import Organisation
from services.models import Service
from sla.models import AgreementVersion, Incident
from sla.recalculation import recalculate
from tests import make

QUARTER = "?period=2026Q3"
HELD, BROKEN = timedelta(hours=2), timedelta(days=9)


@dataclass(frozen=True)
class Levels:
    """Two services for two owners. E-post is 2 of 3 in Arendal and 1 of 1 in Grimstad; Sak/arkiv is 0 of 1 there."""

    email: Service
    archive: Service
    version: AgreementVersion
    incidents: list[Incident]


def reported(service: Service, place: Organisation, opened: datetime, taking: timedelta, **fields: object) -> Incident:
    times = {"responded": opened + timedelta(minutes=20), "resolved": opened + taking}
    return make.incident(service, place, opened, **(times | fields))


def levels(arendal: Organisation, grimstad: Organisation) -> Levels:
    for place in (arendal, grimstad):
        make.participation(place)
    email, archive = make.service("EPOST", "E-post"), make.service("SAK", "Sak/arkiv")
    version = make.agreement((email, arendal), (email, grimstad), (archive, grimstad))
    incidents = [
        reported(email, arendal, make.oslo(2026, 7, 6, 9), HELD),
        reported(email, arendal, make.oslo(2026, 8, 3, 9), BROKEN),
        reported(email, arendal, make.oslo(2026, 8, 10, 9), HELD),
        reported(email, grimstad, make.oslo(2026, 9, 7, 9), HELD),
        reported(archive, grimstad, make.oslo(2026, 9, 14, 9), BROKEN),
    ]
    recalculate()
    return Levels(email, archive, version, incidents)
