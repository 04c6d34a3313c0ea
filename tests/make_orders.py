"""Orders for tests, brought by the ordinary actions to the state that is asked for."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from partnership.access import Role
from partnership.models import Organisation, User
from services.actions.orders import move_order, save_draft, send_order
from services.models import Order, Service
from services.treatments import Act, State
from tests import make

WAY = {
    State.WAITING: (),
    State.APPROVED: (Act.APPROVE,),
    State.REJECTED: (Act.REJECT,),
    State.CANCELLED: (Act.CANCEL,),
    State.WORKING: (Act.APPROVE, Act.ACCEPT, Act.START),
    State.DELIVERED: (Act.APPROVE, Act.ACCEPT, Act.START, Act.DELIVER),
    State.DONE: (Act.APPROVE, Act.ACCEPT, Act.START, Act.DELIVER, Act.CONFIRM),
}


def somebody(role: Role, at: Organisation | None) -> User:
    where = f"{at.pk}" if at else "alle"
    email = f"{role.value}.{where}@example.no"
    return User.objects.filter(email=email).first() or make.person(f"{role.label} {where}", role, at=at, email=email)


def order(
    at: Organisation,
    state: State = State.WAITING,
    *,
    service: Service | None = None,
    by: User | None = None,
    **fields: Any,
) -> Order:
    service = service or Service.objects.filter(code="PC").first() or make.service("PC", "PC-arbeidsplass")
    placer = by or somebody(Role.ORDER_PLACER, at)
    values = {"quantity": 1, "wished_on": None, "description": "Ny PC", "unit": "", "account": ""} | fields
    draft = save_draft(organisation=at, service=service, by=placer, **values)
    if state == State.DRAFT:
        return draft
    sent = send_order(order=draft, by=placer, silent=True)
    for act in WAY[state]:
        sent = moved(sent, act, placer)
    return sent


def moved(order: Order, act: Act, placer: User) -> Order:
    who = {
        Act.APPROVE: lambda: somebody(Role.APPROVER, order.organisation),
        Act.REJECT: lambda: somebody(Role.APPROVER, order.organisation),
        Act.CONFIRM: lambda: placer,
        Act.CANCEL: lambda: placer,
    }.get(act, lambda: somebody(Role.SERVICE_MANAGER, None))()
    day = timezone.localdate() + timedelta(days=5) if act == Act.ACCEPT else None
    return move_order(order=order, act=act, by=who, note="Fordi", promised_on=day, silent=True)
