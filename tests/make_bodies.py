"""What tests about bodies are made of."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from partnership.models import AgendaItem, Body, FollowUp, Meeting, MeetingState, Resolution, Seat, SeatRole, User
from partnership.periods import days
from tests import make

NOON = make.oslo(2026, 10, 1, 12)


def body(name: str = "Styret", **fields: Any) -> Body:
    return Body.objects.create(**({"kind": "board", "name_nb": name} | fields))


def seat(at: Body, who: User | str, role: str = SeatRole.MEMBER, **fields: Any) -> Seat:
    holder = {"person_name": who} if isinstance(who, str) else {"user": who}
    period = days(fields.pop("first", make.LONG_AGO), fields.pop("last", None))
    return Seat.objects.create(body=at, role=role, period=period, **holder, **fields)


def deputy(at: Body, who: User | str, rank: int = 1, **fields: Any) -> Seat:
    return seat(at, who, SeatRole.DEPUTY, rank=rank, **fields)


def meeting(of: Body, state: str = MeetingState.PLANNED, starts: datetime = NOON, **fields: Any) -> Meeting:
    local = timezone.localtime(starts)
    number = of.meetings.filter(year=local.year).count() + 1
    values = {"year": local.year, "number": number, "place": "Arendal"} | fields
    return Meeting.objects.create(body=of, state=state, starts=starts, **values)


def item(on: Meeting, title: str = "Budsjett", **fields: Any) -> AgendaItem:
    number = AgendaItem.objects.filter(body=on.body, year=on.year).count() + 1
    return AgendaItem.objects.create(meeting=on, body=on.body, year=on.year, number=number, title=title, **fields)


def resolution(of: AgendaItem, text: str = "Budsjettet er vedtatt.", votes: int = 1, **fields: Any) -> Resolution:
    return Resolution.objects.create(item=of, text=text, votes_for=Decimal(votes), **fields)


def follow_up(of: Resolution, owner: User, **fields: Any) -> FollowUp:
    return FollowUp.objects.create(
        resolution=of, owner=owner, **({"text": "Send til eierne", "due": make.FAR_AHEAD} | fields)
    )
