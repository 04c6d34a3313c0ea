"""A board and a council of representatives, with a year of meetings, through the ordinary actions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from partnership.actions.bodies import add_body, add_seat
from partnership.actions.meetings import add_item, add_meeting, call_meeting, hold_meeting, record_attendance
from partnership.actions.minutes import approve_minutes
from partnership.actions.resolutions import add_follow_up, close_follow_up, treat_item
from partnership.models import Body, BodyKind, Meeting, Organisation, SeatRole, User
from portal.demonstration.days import meeting_day, meeting_time

BOARD = (
    ("Tor Lund", SeatRole.CHAIR), ("Berit Foss", SeatRole.DEPUTY_CHAIR), ("Kjell Omdal", SeatRole.MEMBER),
    ("Randi Sørbø", SeatRole.MEMBER), ("Aslak Tveite", SeatRole.MEMBER), ("Mona Rygh", SeatRole.MEMBER),
    ("Geir Løvdal", SeatRole.MEMBER), ("Hilde Espeland", SeatRole.MEMBER),
)  # fmt: skip
BOARD_DEPUTIES = ("Terje Mykland", "Grete Haugland", "Odd Birkeland")
COUNCIL = (
    "Åse Tønnessen", "Leif Dahle", "Unni Kjær", "Sverre Bang", "Torhild Nes", "Even Songe", "Gunn Mo", "Ole Vehus",
)  # fmt: skip
COUNCIL_DEPUTIES = (
    ("Marit Aabø", "Jon Haaland"), ("Siri Lien", "Knut Moy"), ("Elin Steen", "Per Holte"), ("Anja Vik", "Nils Røed"),
    ("Trine Lauve", "Ivar Mjåland"), ("Liv Goderstad", "Arne Sandø"), ("Wenche Skåli", "Tom Eikeland"),
    ("Kirsten Espeli", "Dag Ubergsmoen"),
)  # fmt: skip


@dataclass(frozen=True)
class Matter:
    title: str
    proposal: str
    against: int = 0
    dissent: str = ""
    todo: str = ""
    owner: str = ""
    due: int = 0
    done: str = ""
    """`due` is days from now; `done` says what came of it."""


ACCOUNTS = (
    Matter("Årsregnskap og årsberetning", "Styret avlegger årsregnskapet og årsberetningen.",
           todo="Send regnskapet til revisor", owner="Harald Moen", due=-165, done="Sendt og mottatt."),
    Matter("Felles innkjøp av PC-er", "Styret godkjenner felles avrop på PC-er for alle eierne.", against=1,
           dissent="Geir Løvdal vil vente til prisene er kjent.",
           todo="Legg fram en plan for utskifting", owner="Ola Nygård", due=-12),
)  # fmt: skip
BREACHES = Matter(
    "Brudd på løsningstid i sak/arkiv",
    "Daglig leder legger fram tiltak i neste møte.",
    todo="Legg fram tiltak for sak/arkiv",
    owner="Ingrid Dahl",
    due=10,
)
SECURITY = (
    Matter("Handlingsplan for informasjonssikkerhet", "Styret vedtar handlingsplanen.",
           todo="Orienter eiermøtet om handlingsplanen", owner="Tor Lund", due=-3),
    Matter("Tilganger til fagsystemene", "Systemeierne går gjennom tilgangene før nyttår.",
           todo="Gå gjennom tilgangene i Grimstad", owner="Jon Lie", due=15),
    Matter("Øvelse: en dag uten nett", "Hver eier øver før utgangen av året.",
           todo="Gjennomfør øvelsen i Risør", owner="Siri Berge", due=12),
    Matter("Kostnadsfordeling neste år", "Økonomen regner ut virkningen for hver eier.",
           todo="Legg fram virkningen for hver eier", owner="Harald Moen", due=8),
)  # fmt: skip
"""One of them waits for the chair, one for a system owner, one for a local ICT contact and one for the economist."""
COMING = (
    Matter("Budsjett for neste år", "Styret legger budsjettet fram for representantskapet."),
    Matter("Ny tjenesteavtale", "Styret godkjenner utkastet til tjenesteavtale."),
)


def load_bodies(*, now: datetime, people: dict[str, User], owners: dict[str, Organisation], first_day: date) -> None:
    """`people` by name, `owners` by number; seats are held from `first_day`."""
    board, council = _board(people, first_day), _council(owners, first_day)
    _held(board, now + timedelta(days=-180), ACCOUNTS, people, is_approved=True)
    _held(board, now + timedelta(days=-48), [BREACHES], people, is_approved=False)
    _held(board, now + timedelta(days=-20), SECURITY, people, is_approved=False)
    budget = Matter("Årsregnskap", "Representantskapet fastsetter årsregnskapet.")
    _held(council, now + timedelta(days=-150), [budget], people, is_approved=True)
    call_meeting(meeting=_planned(board, now + timedelta(days=16), COMING), by=people["Solveig Aas"], at=now)
    plan = Matter("Økonomiplan og årsbudsjett", "Representantskapet vedtar økonomiplan og årsbudsjett.")
    _planned(council, now + timedelta(days=29), [plan])


def _board(people: dict[str, User], first_day: date) -> Body:
    names = {"name_nb": "Styret", "name_nn": "Styret", "name_en": "The board"}
    board = add_body(kind=BodyKind.BOARD, notice_days=14, rule_source="IKS-loven §§\u00a010–12", by=None, **names)
    for name, role in BOARD:
        add_seat(body=board, role=role, first_day=first_day, by=None, **_holder(name, people))
    for rank, name in enumerate(BOARD_DEPUTIES, 1):
        add_seat(body=board, role=SeatRole.DEPUTY, rank=rank, person_name=name, first_day=first_day, by=None)
    return board


def _holder(name: str, people: dict[str, User]) -> dict[str, Any]:
    return {"user": people[name]} if name in people else {"person_name": name}


def _council(owners: dict[str, Organisation], first_day: date) -> Body:
    names = {"name_nb": "Representantskapet", "name_nn": "Representantskapet", "name_en": "The council"}
    rules = {"is_open": True, "notice_days": 28, "deputies_wanted": 2, "rule_source": "IKS-loven §§\u00a06–9"}
    council = add_body(kind=BodyKind.COUNCIL, by=None, **names, **rules)
    for place, (owner, name, deputies) in enumerate(zip(owners.values(), COUNCIL, COUNCIL_DEPUTIES, strict=True)):
        seated = {"body": council, "organisation": owner, "appointed_by": owner, "first_day": first_day, "by": None}
        seated["resolution"] = "kommunestyresak 61/23"
        add_seat(person_name=name, role=SeatRole.MEMBER if place else SeatRole.CHAIR, **seated)
        for rank, deputy in enumerate(deputies, 1):
            add_seat(person_name=deputy, role=SeatRole.DEPUTY, rank=rank, **seated)
    return council


def _planned(body: Body, when: datetime, matters: Any) -> Meeting:
    day = meeting_day(timezone.localdate(when))
    meeting = add_meeting(body=body, day=day, clock=time(10), place="Arendal kulturhus", by=None)
    for matter in matters:
        case = "Saken er forberedt av daglig leder."
        add_item(meeting=meeting, title=matter.title, case_text=case, proposal=matter.proposal, by=None)
    return meeting


def _held(body: Body, when: datetime, matters: Any, people: dict[str, User], *, is_approved: bool) -> None:
    secretary, when = people["Solveig Aas"], meeting_time(when)
    meeting = _planned(body, when, matters)
    call_meeting(meeting=meeting, by=secretary, at=when - timedelta(days=body.notice_days))
    seats = list(body.seats.members())
    record_attendance(meeting=meeting, present=dict.fromkeys(seats, True), by=secretary)
    for item, matter in zip(meeting.items.all(), matters, strict=True):
        _decide(item, matter, len(seats), people)
    hold_meeting(meeting=meeting, by=secretary)
    if is_approved:
        approve_minutes(meeting=meeting, language="nb", by=secretary, at=when + timedelta(days=7))


def _decide(item: Any, matter: Matter, votes: int, people: dict[str, User]) -> None:
    secretary = people["Solveig Aas"]
    resolution = treat_item(
        item=item,
        text=matter.proposal,
        votes_for=Decimal(votes - matter.against),
        votes_against=Decimal(matter.against),
        votes_blank=Decimal(0),
        dissent=matter.dissent,
        revision=0,
        by=secretary,
    )
    if matter.todo:
        due = timezone.localdate() + timedelta(days=matter.due)
        row = add_follow_up(resolution=resolution, text=matter.todo, owner=people[matter.owner], due=due, by=secretary)
        if matter.done:
            close_follow_up(follow_up=row, note=matter.done, by=people[matter.owner], on=due - timedelta(days=2))
