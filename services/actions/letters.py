"""Who is told of a move: whoever must act now, and whoever placed the order; never the one who did it."""

from datetime import datetime

from django.db.models import Q

from partnership.access import Permission, Role, roles_with
from partnership.history import recorded
from partnership.models import RoleGrant, User
from services.models import Order, OrderLetter, OrderMove
from services.treatments import Act

TO_APPROVERS = frozenset({Act.SEND})
TO_THE_DESK = frozenset({Act.APPROVE, Act.OBJECT, Act.CONFIRM, Act.CANCEL, Act.COMMENT})
DESK = roles_with(Permission.HANDLE_ORDERS) - {Role.ADMINISTRATOR}
"""An administrator may do the work of the desk, but is not written to for each order."""


def note_letters(move: OrderMove) -> None:
    """A row for each who is to be told; the door sends them once all is saved."""
    order = move.order
    people = {order.placer_id, *_who_acts(order, Act(move.act))} - {move.by_id}
    OrderLetter.objects.bulk_create([OrderLetter(move=move, person_id=person) for person in sorted(people)])


def _who_acts(order: Order, act: Act) -> set[int]:
    if act in TO_APPROVERS:
        return _holders(order, roles_with(Permission.APPROVE_ORDERS))
    if act not in TO_THE_DESK or (act == Act.CANCEL and order.approved_at is None):
        return set()
    desk = _holders(order, DESK)
    return desk & {order.service.owner_id} or desk


def _holders(order: Order, roles: frozenset[Role]) -> set[int]:
    here = Q(organisation=order.organisation_id) | Q(organisation=None)
    grants = RoleGrant.objects.current().filter(here, role__in=roles, user__is_active=True)
    return set(grants.values_list("user", flat=True))


@recorded
def note_letter_sent(*, letter: OrderLetter, at: datetime, by: User | None) -> None:
    letter.sent_at = at
    letter.save(update_fields=["sent_at"])
