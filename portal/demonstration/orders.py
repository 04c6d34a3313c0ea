"""Orders of the demonstration: two years of them from every owner, and some that wait for somebody today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from uuid import UUID

from django.utils import timezone

from kit.formats import OSLO
from kit.worktime import WorkTime
from partnership.access import Role
from partnership.actions.people import add_person_with_role
from partnership.models import Organisation, User
from portal.demonstration import cast
from services import promises
from services.actions.orders import move_order, save_draft, send_order
from services.models import Order, Service
from services.treatments import Act

QUARTERS = 8
DAYS = QUARTERS * 91
NEEDS = (
    ("ARBEIDSFLATE", "Bærbar PC til ny ansatt i hjemmetjenesten", "Hjemmetjenesten", "1310 · 2540", 1),
    ("ARBEIDSFLATE", "Skjermer til møterom", "Servicetorget", "1200 · 1200", 2),
    ("TELEFONI", "Mobilabonnement til vaktlag", "Teknisk drift", "1330 · 3450", 3),
    ("EPOST", "Fellespostboks for byggesak", "Plan og byggesak", "1270 · 3010", 1),
    ("NETT", "Flere trådløse punkter på skolen", "Ungdomsskolen", "1220 · 2020", 4),
    ("SAK", "Tilgang til sak/arkiv for ny saksbehandler", "Arkivet", "1205 · 1200", 1),
    ("BRUKER", "Opplæring i digitale møter", "Rådhuset", "1200 · 1200", 1),
    ("OPPVEKST", "Brukere til ny barnehage", "Barnehagen", "1211 · 2010", 12),
    ("LONN", "Tilgang til reiseregninger", "Personal", "1205 · 1200", 1),
    ("HELSE", "Mobil journal på nye nettbrett", "Sykehjemmet", "1310 · 2530", 5),
)
WEIGHTS = {"4203": 9, "4202": 7, "4215": 4, "4201": 3, "4214": 3, "4213": 3, "4211": 2, "4212": 4}
"""How often an owner orders; the larger ones oftener."""
ALL_THE_WAY = (Act.APPROVE, Act.ACCEPT, Act.START, Act.DELIVER, Act.CONFIRM)
TODAY: tuple[tuple[str, int, tuple[Act, ...]], ...] = (
    ("4212", 1, ()),
    ("4212", 2, ()),
    ("4203", 1, ()),
    ("4202", 3, (Act.APPROVE,)),
    ("4212", 3, (Act.APPROVE,)),
    ("4203", 6, (Act.APPROVE, Act.ACCEPT)),
    ("4201", 16, (Act.APPROVE, Act.ACCEPT, Act.START)),
    ("4212", 18, (Act.APPROVE, Act.ACCEPT, Act.START)),
    ("4215", 5, (Act.APPROVE, Act.ACCEPT, Act.START)),
    ("4212", 9, (Act.APPROVE, Act.ACCEPT, Act.START, Act.DELIVER)),
    ("4203", 8, (Act.APPROVE, Act.ACCEPT, Act.START, Act.DELIVER)),
    ("4202", 8, (Act.APPROVE, Act.ACCEPT, Act.START, Act.DELIVER)),
    ("4212", 20, (Act.REJECT,)),
    ("4214", 12, (Act.CANCEL,)),
)
"""Owner, how many days ago it was sent, and how far it has come."""
NOTES = {Act.REJECT: "Ikke i budsjettet i år. Send den på nytt i januar.", Act.CANCEL: "Den ansatte takket nei."}
MINUTES_APART = 7


PLACERS = {
    "4215": "Trine Aasen",
    "4201": "Geir Solberg",
    "4214": "Hanne Lunde",
    "4213": "Morten Eik",
    "4211": "Wenche Dale",
}
APPROVERS = {
    "4203": "Kjersti Aune",
    "4202": "Odd Strand",
    "4215": "Gunn Myhre",
    "4201": "Bjarne Holm",
    "4214": "Astrid Bakke",
    "4213": "Sverre Lien",
    "4211": "Randi Moe",
}
"""Where nobody of the cast has the role. They act in the demonstration, and nobody logs in as them."""


@dataclass(frozen=True)
class People:
    """Who acts: the order-placer and the approver of each owner, and the one who does the work."""

    placers: Mapping[str, User]
    approvers: Mapping[str, User]
    desk: User


def people_of(owners: Mapping[str, Organisation], cast_of: Mapping[str, User], since: date) -> People:
    """Those of the cast, and a colleague where an owner lacks one."""
    held = {(one.role, one.municipality): cast_of[one.name] for one in cast.PEOPLE if one.municipality}

    def of_role(role: Role, colleagues: Mapping[str, str]) -> dict[str, User]:
        return {
            number: held.get((role, number)) or _colleague(colleagues[number], role, owner, since)
            for number, owner in owners.items()
        }

    placers, approvers = of_role(Role.ORDER_PLACER, PLACERS), of_role(Role.APPROVER, APPROVERS)
    return People(placers, approvers, cast_of["Ola Nygård"])


def _colleague(name: str, role: Role, owner: Organisation, since: date) -> User:
    email = f"{name.lower().replace(' ', '.')}@{cast.DOMAIN}"
    return add_person_with_role(email=email, name=name, role=role, organisation=owner, first_day=since, by=None)


def load(*, now: datetime, owners: Mapping[str, Organisation], services: Mapping[str, Service], people: People) -> None:
    """Oldest first, so that the numbers follow the days."""
    Loader(now, owners, services, people).run()


class Loader:
    def __init__(
        self, now: datetime, owners: Mapping[str, Organisation], services: Mapping[str, Service], people: People
    ) -> None:
        self.now, self.owners, self.services, self.people = now, owners, services, people
        self.today = timezone.localdate(now)
        some = next(iter(services.values()))
        self.hours: WorkTime = promises.work_time_of(some, self.today)

    def run(self) -> None:
        told = [number for number, weight in WEIGHTS.items() for _time in range(weight)]
        count = len(told) * QUARTERS
        for serial, number in enumerate(islice(cycle(told[::3] + told[1::3] + told[2::3]), count)):
            ago = DAYS - serial * (DAYS - 25) // count
            self._order(serial, number, ago, ALL_THE_WAY if serial % 29 else (Act.REJECT,))
        newest_last = sorted(enumerate(TODAY, start=count), key=lambda row: -row[1][1])
        for serial, (number, ago, acts) in newest_last:
            self._order(serial, number, ago, acts)
        self._draft(count + len(TODAY), "4212")

    def _order(self, serial: int, number: str, ago: int, acts: tuple[Act, ...]) -> None:
        sent = self._instant(self.today - timedelta(days=ago), serial)
        draft = self._written(serial, number, sent)
        order = send_order(order=draft, by=draft.placer, now=sent, silent=True)
        at = sent
        for act in acts:
            at = self._later(order, act, at, serial)
            day = self._promised(order) if act == Act.ACCEPT else None
            order = move_order(
                order=order,
                act=act,
                by=self._who(act, number),
                note=NOTES.get(act, ""),
                promised_on=day,
                now=at,
                silent=True,
            )

    def _promised(self, order: Order) -> date:
        """As the desk is suggested to: reckoned from the approval."""
        return promises.suggested_day(order.service, order.approved_at or self.now, order.organisation)

    def _written(self, serial: int, number: str, at: datetime) -> Order:
        code, text, unit, account, quantity = NEEDS[serial % len(NEEDS)]
        return save_draft(
            organisation=self.owners[number],
            service=self.services[code],
            by=self.people.placers[number],
            token=UUID(int=serial + 1),
            quantity=quantity,
            wished_on=None,
            description=text,
            unit=unit,
            account=account,
            now=at,
        )

    def _draft(self, serial: int, number: str) -> None:
        self._written(serial, number, self.now)

    def _later(self, order: Order, act: Act, at: datetime, serial: int) -> datetime:
        """Most are delivered by the promised date; every eighth is some days late."""
        if act != Act.DELIVER:
            return min(self._next(at, 1 if act in (Act.APPROVE, Act.ACCEPT) else 0), self.now)
        promised = order.promised_on or timezone.localdate(at)
        day = promised + timedelta(days=3) if serial % 8 == 0 else promised - timedelta(days=serial % 3)
        wanted = self._instant(max(day, timezone.localdate(at)), serial)
        return min(max(wanted, at + timedelta(minutes=MINUTES_APART)), self.now)

    def _next(self, at: datetime, days: int) -> datetime:
        return (self.hours.due_workdays(at, days) or at) + timedelta(minutes=MINUTES_APART)

    def _instant(self, day: date, serial: int) -> datetime:
        """On that day, or the next on which somebody is at work, at some time before noon."""
        morning = datetime.combine(day, time(8, 5), OSLO) + timedelta(minutes=serial * MINUTES_APART % 220)
        moved = self.hours.due_workdays(morning, 0) or morning
        return min(moved, self.now)

    def _who(self, act: Act, number: str) -> User:
        if act in (Act.APPROVE, Act.REJECT):
            return self.people.approvers[number]
        return self.people.placers[number] if act in (Act.CONFIRM, Act.CANCEL) else self.people.desk
