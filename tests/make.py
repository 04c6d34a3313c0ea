"""What tests are made of: each function saves one thing with plain defaults and returns it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from partnership.access import Role
from partnership.models import Municipality, Organisation, OrganisationKind, Participation, Partnership, RoleGrant, User
from partnership.periods import NO_DAYS, days
from services.models import (
    CalendarVersion,
    NoticeKind,
    NoticeMessage,
    NoticeReach,
    Service,
    ServiceCalendar,
    ServiceNotice,
    Subscription,
)
from sla.models import (
    AgreementVersion,
    Coverage,
    Credit,
    CreditLine,
    Incident,
    Metric,
    Phase,
    ServiceAgreement,
    Stage,
    Target,
)

OSLO = ZoneInfo("Europe/Oslo")
LONG_AGO = date(2015, 1, 1)
FAR_AHEAD = date(2099, 1, 1)
OFFICE_HOURS = {day: [["08:00", "15:45"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def oslo(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=OSLO)  # type: ignore[arg-type, misc]


def organisation(number: str) -> Organisation:
    """The organisation of a municipality in the register."""
    row = Municipality.objects.get(number=number)
    return Organisation.objects.create(
        kind=OrganisationKind.MUNICIPALITY,
        municipality=row,
        name=row.name,
        organisation_number=row.organisation_number,
        language_form=row.language_form,
    )


def partnership(name: str = "Fellesdrift Agder IKS", **fields: Any) -> Partnership:
    return Partnership.objects.create(name=name, **fields)


def participation(owner: Organisation, first: date = LONG_AGO, last: date | None = None) -> Participation:
    return Participation.objects.create(organisation=owner, period=days(first, last))


def person(name: str, *roles: Role, at: Organisation | None = None, **fields: Any) -> User:
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@example.no")
    user = User.objects.create_user(email=email, name=name, **fields)
    for role in roles:
        grant(user, role, at)
    return user


def grant(user: User, role: Role, at: Organisation | None = None, first: date = LONG_AGO) -> RoleGrant:
    return RoleGrant.objects.create(user=user, role=role, organisation=at, period=days(first))


def calendar(name: str = "Kontortid", *, first: date = LONG_AGO, **fields: Any) -> ServiceCalendar:
    calendar = ServiceCalendar.objects.create(name=name)
    CalendarVersion.objects.create(
        calendar=calendar, number=1, period=days(first), **({"weekly": OFFICE_HOURS} | fields)
    )
    return calendar


def service(code: str = "EPOST", name: str = "E-post", **fields: Any) -> Service:
    return Service.objects.create(code=code, name_nb=name, **fields)


def subscription(
    owner: Organisation, service: Service, first: date = LONG_AGO, last: date | None = None
) -> Subscription:
    return Subscription.objects.create(organisation=owner, service=service, period=days(first, last))


def agreement(
    *covered: tuple[Service, Organisation],
    name: str = "Driftsavtalen",
    hours: ServiceCalendar | None = None,
    first: date = LONG_AGO,
    last: date | None = None,
) -> AgreementVersion:
    """A first version with a target of one hour to answer and eight to solve, for priorities 1 to 4."""
    version = AgreementVersion.objects.create(
        agreement=ServiceAgreement.objects.create(name=name, phase=Phase.OPERATION),
        number=1,
        calendar=hours or calendar(f"Kontortid, {name}"),
        period=days(first, last),
    )
    for one, owner in covered:
        Coverage.objects.create(version=version, service=one, organisation=owner, period=version.period)
    for priority in range(1, 5):
        Target.objects.create(version=version, metric=Metric.RESPONSE, priority=priority, minutes=60, pauses=False)
        Target.objects.create(version=version, metric=Metric.RESOLUTION, priority=priority, minutes=480, pauses=True)
    return version


def draft(*covered: tuple[Service, Organisation], name: str = "Driftsavtalen", **promised: Any) -> AgreementVersion:
    """Of the next version of an agreement, with one target."""
    agreement = ServiceAgreement.objects.filter(name=name).first() or ServiceAgreement.objects.create(name=name)
    version = AgreementVersion.objects.create(
        agreement=agreement,
        number=agreement.versions.count() + 1,
        calendar=calendar(f"Utkast {agreement.versions.count()}, {name}"),
        stage=Stage.DRAFT,
        period=NO_DAYS,
        planned_day=FAR_AHEAD,
    )
    for one, owner in covered:
        Coverage.objects.create(version=version, service=one, organisation=owner, period=NO_DAYS)
    values = {"metric": Metric.RESOLUTION, "priority": 3, "minutes": 240, "pauses": True} | promised
    Target.objects.create(version=version, **values)
    return version


def incident(service: Service, owner: Organisation, opened: datetime, **fields: Any) -> Incident:
    number = f"INC{Incident.objects.count() + 1:07}"
    values = {"source": "test", "external_id": number, "priority": 3, "title": f"Feil {number}"} | fields
    return Incident.objects.create(service=service, organisation=owner, opened=opened, **values)


def credit(owner: Organisation, **fields: Any) -> Credit:
    """Proposed for August 2026, of a new service under a version of its own."""
    one = service(f"P{Credit.objects.count() + 1}")
    values = {
        "version": agreement((one, owner), name=f"Avtale {one.code}"),
        "month": date(2026, 8, 1),
        "percent": 5,
    } | fields
    made = Credit.objects.create(service=one, organisation=owner, **values)
    wanted = {"counted": 1000, "met": 990, "wanted": 995, "percent": 5}
    CreditLine.objects.create(credit=made, metric=Metric.AVAILABILITY, **wanted)
    return made


def notice(owner: Organisation, *hit: Service, starts: datetime | None = None, **fields: Any) -> ServiceNotice:
    """Of a failure that goes on; of one new service, unless others are named."""
    values = {"kind": NoticeKind.FAULT, "title": "E-post er nede"} | fields
    made = ServiceNotice.objects.create(starts=starts or oslo(2026, 9, 16, 8), **values)
    for one in hit or (service(f"V{made.pk}"),):
        NoticeReach.objects.create(notice=made, service=one, organisation=owner)
    NoticeMessage.objects.create(notice=made, text="Vi leter etter årsaken.", at=made.starts)
    return made
