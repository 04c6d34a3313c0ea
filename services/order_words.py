"""An order told in words: where it stands, who waits for whom, who did what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from kit import formats
from partnership import access
from partnership.access import Permission
from partnership.models import Organisation, RoleGrant, User
from services.models import Order, OrderMove
from services.treatments import Act, State

DEEDS = {
    Act.SEND: gettext_lazy("%(person)s sent the order"),
    Act.APPROVE: gettext_lazy("%(person)s approved the order"),
    Act.REJECT: gettext_lazy("%(person)s did not approve the order"),
    Act.ACCEPT: gettext_lazy("%(person)s promised a date for the order"),
    Act.START: gettext_lazy("%(person)s started the work"),
    Act.POSTPONE: gettext_lazy("%(person)s gave the order a new date"),
    Act.DELIVER: gettext_lazy("%(person)s said the order is delivered"),
    Act.CONFIRM: gettext_lazy("%(person)s confirmed receipt of the order"),
    Act.OBJECT: gettext_lazy("%(person)s said something is missing"),
    Act.CANCEL: gettext_lazy("%(person)s cancelled the order"),
    Act.COMMENT: gettext_lazy("%(person)s wrote a comment"),
}
SHAPES = {
    State.DRAFT: "not-measured",
    State.WAITING: "ongoing",
    State.APPROVED: "ongoing",
    State.WORKING: "ongoing",
    State.DELIVERED: "good-enough",
    State.DONE: "on-target",
    State.REJECTED: "not-good-enough",
    State.CANCELLED: "not-measured",
}
WAY = (
    (gettext_lazy("Sent"), State.WAITING),
    (gettext_lazy("Approval"), State.APPROVED),
    (gettext_lazy("In progress"), State.WORKING),
    (gettext_lazy("Delivered"), State.DELIVERED),
    (gettext_lazy("Received"), State.DONE),
)
REACHED = {State.WAITING: 1, State.APPROVED: 2, State.WORKING: 2, State.DELIVERED: 4, State.DONE: 5}
"""How many steps of the way are behind."""
NAMED = 3
"""So many people are named; of more it is only said who they are by their role."""


def language() -> str:
    return get_language() or "nb"


def day(value: date | None) -> str:
    return formats.day(value, language()) if value else ""


def after_wish(wished: date | None, ready: date) -> str:
    """«5 dager etter ønsket dato.»; empty where the wish can be met, or there is none."""
    late = (ready - wished).days if wished else 0
    if late <= 0:
        return ""
    return ngettext("%(count)s day after the wished date.", "%(count)s days after the wished date.", late) % {
        "count": late
    }


def deed(move: OrderMove) -> str:
    """«Anne Gro Haugen godkjente bestillingen»."""
    return str(DEEDS[Act(move.act)]) % {"person": move.by}


def deed_and_time(move: OrderMove) -> str:
    """«Anne Gro Haugen godkjente bestillingen kl. 10.07»; with the date where it was not today."""
    words = {"deed": deed(move), "time": formats.clock(move.at, language())}
    if timezone.localdate(move.at) == timezone.localdate():
        return _("%(deed)s at %(time)s.") % words
    return _("%(deed)s on %(time)s.") % (words | {"time": formats.instant(move.at, language())})


def state_label(order: Order, user: Any) -> str:
    """«Levert, venter på deg» and «Sendt, venter på deg» only to whom it waits for."""
    return str(capfirst(state_words(order, user)))


def state_words(order: Order, user: Any) -> str:
    if order.state == State.DELIVERED and not access.holds(user, Permission.PLACE_ORDERS, order.organisation):
        return _("delivered, waiting for receipt")
    if order.state == State.WAITING and approves(order, user):
        return _("sent, waiting for you")
    return str(order.get_state_display())


def approves(order: Order, user: Any) -> bool:
    """Whether this person may decide on it: whoever placed it may not."""
    return order.placer_id != user.pk and access.holds(user, Permission.APPROVE_ORDERS, order.organisation)


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    date: str = ""


def steps(order: Order) -> list[Step]:
    """✓ behind, ● now, ○ ahead; an order that was stopped has no way on."""
    if order.state in (State.REJECTED, State.CANCELLED):
        return []
    behind = REACHED[State(order.state)]
    return [
        Step(_label(order, to) or str(label), _where(number, behind), _dated(order, to))
        for number, (label, to) in enumerate(WAY)
    ]


def _where(number: int, behind: int) -> str:
    return "done" if number < behind else "current" if number == behind else "ahead"


def _label(order: Order, to: State) -> str:
    """A date that is promised is not yet one of delivery."""
    return _("Promised") if to == State.DELIVERED and order.promised_on and not order.delivered_at else ""


def _dated(order: Order, to: State) -> str:
    known = {
        State.WAITING: order.sent_at,
        State.APPROVED: order.approved_at,
        State.DELIVERED: order.delivered_at,
        State.DONE: order.since if order.state == State.DONE else None,
    }
    if instant := known.get(to):
        return day(timezone.localdate(instant))
    return day(order.promised_on) if to == State.DELIVERED else ""


def names_at(
    permission: Permission, organisation: Organisation, but: int | None = None, reader: int | None = None
) -> str:
    """Who may do this here, by name where they are few: those of the organisation itself before all others.

    The reader is «deg», and first.
    """
    grants = RoleGrant.objects.holding(permission)
    for place in (organisation, None):
        people = User.objects.filter(pk__in=grants.filter(organisation=place).values("user")).exclude(pk=but)
        near = sorted(people[: NAMED + 1], key=lambda person: person.pk != reader)
        names = [pgettext("waits for", "you") if person.pk == reader else str(person) for person in near]
        if 0 < len(names) <= NAMED:
            return _(" or ").join(names)
        if names:
            break
    return ""


NEXT = {
    State.DRAFT: gettext_lazy("A draft, which nobody has got yet."),
    State.WORKING: gettext_lazy("The work goes on. Promised %(day)s."),
    State.DELIVERED: gettext_lazy("Delivered. Waits for %(organisation)s to confirm receipt, since %(since)s."),
    State.DONE: gettext_lazy("Finished %(since)s. Nobody has to do anything."),
    State.REJECTED: gettext_lazy("Not approved %(since)s. Order again if you need it in another way."),
    State.CANCELLED: gettext_lazy("Cancelled %(since)s."),
}


def next_step(order: Order, reader: Any) -> str:
    """What happens next, in one sentence; whoever it waits for is told so and not named to herself."""
    since = day(timezone.localdate(order.since))
    words = {"since": since, "day": day(order.promised_on), "organisation": order.organisation}
    if order.state == State.WAITING:
        return _waits_for_approval(order, reader, words)
    if order.state == State.DELIVERED and access.holds(reader, Permission.PLACE_ORDERS, order.organisation):
        return _("Delivered. Waits for you to confirm receipt, since %(since)s.") % words
    if order.state == State.APPROVED and order.promised_on is None:
        return _("Waits for the service desk to promise a date, since %(since)s.") % words
    if order.state == State.APPROVED:
        return _("The work has not begun. Promised %(day)s.") % words
    return str(NEXT[State(order.state)]) % words


def _waits_for_approval(order: Order, reader: Any, words: dict[str, Any]) -> str:
    names = names_at(Permission.APPROVE_ORDERS, order.organisation, order.placer_id, reader.pk)
    if names:
        return _("Waits for %(names)s since %(since)s.") % (words | {"names": names})
    if approves(order, reader):
        return _("Waits for you or another approver of %(organisation)s since %(since)s.") % words
    return _("Waits for an approver of %(organisation)s since %(since)s.") % words


@dataclass(frozen=True)
class Told:
    """A line of «Hvem gjorde hva»."""

    when: datetime
    words: str
    note: str
    promised: str
    is_comment: bool


def told(moves: Iterable[OrderMove]) -> list[Told]:
    return [Told(move.at, deed(move), move.note, day(move.promised_on), move.act == Act.COMMENT) for move in moves]
