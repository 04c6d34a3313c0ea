"""Loads the demonstration through the ordinary actions, in one transaction: all of it, or nothing.

Every number on screen is then calculated from what was loaded, as it would be for anybody else.
"""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.quarters import Quarter
from kit.shares import split
from partnership import jobs
from partnership.actions.cooperation import found_partnership
from partnership.actions.organisations import organisation_of
from partnership.actions.owners import add_municipality_as_owner
from partnership.actions.people import add_person
from partnership.actions.roles import give_role
from partnership.models import JobState, LegalForm, Municipality, Organisation, Partnership, User
from portal.demonstration import agreements, benefits, cast, incidents, notices, orders, outages
from portal.demonstration.bodies import load_bodies
from portal.demonstration.catalogue import AROUND_THE_CLOCK, CATALOGUE, NEEDS, OFFICE_HOURS
from portal.demonstration.days import meeting_day
from reports import production
from reports.actions import comment, freeze, note_sent, set_meeting
from reports.models import Edition, SectionKey
from services.actions.calendars import add_calendar
from services.actions.catalogue import add_service
from services.actions.dependencies import set_dependencies
from services.actions.subscriptions import subscribe_to_many
from services.models import Service
from sla.actions.imports import open_import_job, prepare_import
from sla.imports.mapping import read_codes
from sla.models import Incident, ServiceAgreement

FOUNDED = date(2019, 1, 1)
SOURCE = "servicenow"
UNTIL_THE_BOARD_MEETS = timedelta(days=16)
READS_HER_OWN = "4212"
MILLIONTH = Decimal("0.000001")

type Tell = Callable[[str], object]


class NotEmptyError(Exception):
    """The database holds somebody's work already."""


class DemonstrationError(Exception):
    """The demonstration could not be loaded; nothing of it was kept."""


def refuse_work_of_others() -> None:
    """The register and other migrated rows are nobody's work."""
    kept = {
        _("a partnership"): Partnership,
        _("people"): User,
        _("agreements"): ServiceAgreement,
        _("incidents"): Incident,
    }
    if found := [words for words, model in kept.items() if model.objects.exists()]:
        held = ", ".join(found)
        raise NotEmptyError(_("The demonstration wants an empty database; this one holds %(held)s.") % {"held": held})


@transaction.atomic
def load(*, now: datetime, tell: Tell) -> Partnership:
    """`now` is the cut-off of the data: what lies later has not happened."""
    refuse_work_of_others()
    today = timezone.localdate(now)
    tell(_("The partnership, its owners and its people"))
    partnership, owners = _partnership(), _owners()
    people = _people(owners)
    tell(_("Bodies, meetings and resolutions"))
    load_bodies(now=now, people=people, owners=owners, first_day=FOUNDED)
    tell(_("Services, opening hours and agreements"))
    services = _services(people["Ola Nygård"])
    _subscriptions(services, owners)
    agreements.load(services=services, owners=owners, people=people, today=today)
    tell(_("Orders from every owner"))
    orders.load(now=now, owners=owners, services=services, people=orders.people_of(owners, people, FOUNDED))
    tell(_("Incidents, and the service levels that they give"))
    _incidents(now)
    outages.load(now=now, owners=owners, services=services)
    agreements.decide_credits(now, people)
    notices.load(now=now, services=services)
    tell(_("Goals, benefits and three years of measurements"))
    benefits.load(owners=owners, people=people, today=today)
    tell(_("A board report, in three languages"))
    meets_on = meeting_day(today + UNTIL_THE_BOARD_MEETS)
    edition = _board_report(Quarter.last_closed(today), people["Solveig Aas"], meets_on)
    production.make_own(edition=edition, owner=owners[READS_HER_OWN], language="nb", by=None)
    return partnership


def _partnership() -> Partnership:
    partnership = found_partnership(
        name=cast.NAME, organisation_number="", form=LegalForm.IKS, first_day=FOUNDED, resolution="", by=None
    )
    partnership.is_demonstration = True
    partnership.save()
    return partnership


def _owners() -> dict[str, Organisation]:
    register = Municipality.objects.in_bulk(cast.OWNERS)
    weights = [register[number].population for number in cast.OWNERS]
    shares = dict(zip(cast.OWNERS, split(Decimal(100), weights, unit=MILLIONTH), strict=True))
    for number, share in shares.items():
        add_municipality_as_owner(municipality=register[number], first_day=FOUNDED, ownership=share, by=None)
    return {number: organisation_of(municipality=register[number], by=None) for number in cast.OWNERS}


def _people(owners: dict[str, Organisation]) -> dict[str, User]:
    people = {}
    for one in cast.PEOPLE:
        person = add_person(
            email=one.email, name=one.name, title=one.title, language=one.language, password=cast.PASSWORD, by=None
        )
        where = owners[one.municipality] if one.municipality else None
        give_role(person=person, role=one.role, organisation=where, first_day=FOUNDED, by=None)
        people[one.name] = person
    return people


def _services(owner: User) -> dict[str, Service]:
    hours = add_calendar(name="Kontortid", first_day=FOUNDED, hours=OFFICE_HOURS, by=None)
    add_calendar(name="Døgnvakt", first_day=FOUNDED, hours=AROUND_THE_CLOCK, by=None)
    services = {
        offer.code: add_service(calendar=hours.calendar, owner=owner, by=None, **offer.fields) for offer in CATALOGUE
    }
    for code, needed in NEEDS.items():
        set_dependencies(service=services[code], needed=[services[one] for one in needed], by=None)
    return services


def _subscriptions(services: dict[str, Service], owners: dict[str, Organisation]) -> None:
    for number, owner in owners.items():
        had = [services[offer.code] for offer in CATALOGUE if number not in offer.without]
        subscribe_to_many(organisation=owner, services=had, first_day=FOUNDED, by=None)


def _incidents(now: datetime) -> None:
    cut_off = timezone.localtime(now).replace(tzinfo=None)
    rows = list(incidents.moved(incidents.read_export(), cut_off))
    codes = {
        "municipality": incidents.spread(rows, "location", _population()),
        "service": incidents.spread(rows, "category", {offer.code: offer.share for offer in CATALOGUE}),
    }
    with TemporaryDirectory() as folder:
        path = Path(folder) / "demonstrasjon.csv"
        incidents.write_export(path, rows)
        _import(path, json.dumps(codes))


def _population() -> dict[str, int]:
    return {number: row.population for number, row in Municipality.objects.in_bulk(cast.OWNERS).items()}


def _import(path: Path, mapping: str) -> None:
    with path.open("rb") as file:
        size = path.stat().st_size
        codes = read_codes(mapping)
        one = prepare_import(file=file, name=path.name, size=size, source=SOURCE, codes=codes, by=None)
    job = jobs.perform(open_import_job(one=one, by=None).pk)
    if job.state != JobState.DONE:
        raise DemonstrationError(job.error)


def _board_report(quarter: Quarter, secretary: User, meeting_on: date) -> Edition:
    edition = production.draft(quarter=quarter, by=secretary)
    set_meeting(edition=edition, meeting_on=meeting_on, by=secretary)
    comment(edition=edition, section=SectionKey.OWNERS, text=cast.COMMENT, by=secretary)
    freeze(edition=edition, by=secretary)
    production.publish(edition=edition, by=secretary)
    for distribution in edition.distributions.all():
        note_sent(distribution=distribution, by=None)
    return edition
