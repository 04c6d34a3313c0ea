"""One search over what the partnership works with: each room finds its own, and only what this person may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from benefits.figures import find_benefits
from kit.closeness import closeness
from partnership import access
from partnership.access import Permission
from partnership.models import Participation, User
from partnership.waiting import find_resolutions
from services.models import Service
from services.order_words import state_words
from services.waiting import find_orders
from sla.models import Incident, ServiceAgreement

SHOWN = 5
SHORTEST = 2
"""One letter finds everything, and says nothing."""


@dataclass(frozen=True)
class Hit:
    """`order_url` leads straight to the form, for whoever may order what was found."""

    title: str
    detail: str
    url: str
    order_url: str = ""


@dataclass(frozen=True)
class Found:
    """The first hits of one kind; `more_url` is its own list, narrowed alike, where there are more."""

    label: str
    hits: list[Hit]
    more_url: str


@dataclass(frozen=True)
class Kind:
    """`permission` opens its list; `find` gives its hits, the best first, one more than are shown at most."""

    label: Any
    permission: Permission
    list_url: str
    find: Callable[[User, str], Iterable[Hit]]


def search(user: User, text: str) -> list[Found]:
    """By kind, in the order of the kinds; those that hold nothing are left out."""
    if len(text) < SHORTEST:
        return []
    kinds = [kind for kind in KINDS if access.holds_anywhere(user, kind.permission)]
    return [found for kind in kinds if (found := _found(kind, user, text)).hits]


def _found(kind: Kind, user: User, text: str) -> Found:
    hits = list(islice(kind.find(user, text), SHOWN + 1))
    more = f"{reverse(kind.list_url)}?{urlencode({'q': text})}" if len(hits) > SHOWN else ""
    return Found(str(kind.label), hits[:SHOWN], more)


def _owners(user: User, text: str) -> Iterable[Hit]:
    named = Q(organisation__name__icontains=text) | Q(organisation__municipality__number__startswith=text)
    owners = Participation.objects.visible_to(user).current().filter(named).select_related("organisation")
    closest = closeness(text, "organisation__name", "organisation__municipality__number")
    return (
        Hit(owner.organisation.name, owner.organisation.number, reverse("partnership:owner-detail", args=[owner.pk]))
        for owner in owners.order_by(closest, "organisation__sort_key")[: SHOWN + 1]
    )


def _services(user: User, text: str) -> Iterable[Hit]:
    closest = closeness(text, "code", "name_nb", "name_nn", "name_en")
    services = Service.objects.visible_to(user).matching(text).order_by(closest, "-likeness", "sort_key")  # type: ignore[misc]
    may_order = access.holds_anywhere(user, Permission.PLACE_ORDERS)
    return (
        Hit(
            service.name,
            service.description,
            reverse("services:service-detail", args=[service.pk]),
            reverse("services:order-add", args=[service.pk]) if may_order and service.is_offered else "",
        )
        for service in services[: SHOWN + 1]
    )


def _agreements(user: User, text: str) -> Iterable[Hit]:
    agreements = ServiceAgreement.objects.visible_to(user).filter(name__icontains=text)
    return (
        Hit(agreement.name, agreement.get_phase_display(), reverse("sla:agreement-detail", args=[agreement.pk]))
        for agreement in agreements.order_by(closeness(text, "name"), "sort_key")[: SHOWN + 1]
    )


def _incidents(user: User, text: str) -> Iterable[Hit]:
    """The number itself first, which an index finds; a million rows are not sorted by closeness."""
    every = Incident.objects.visible_to(user).select_related("organisation", "service")
    numbers = {text, text.upper()}
    exact = every.filter(external_id__in=numbers)
    others = every.matching(text).exclude(external_id__in=numbers)
    return (
        Hit(
            incident.external_id,
            " · ".join(filter(None, [incident.title, incident.service.name, incident.organisation.name])),
            reverse("sla:incident-detail", args=[incident.pk]),
        )
        for incident in chain(exact[: SHOWN + 1], others[: SHOWN + 1])
    )


def _orders(user: User, text: str) -> Iterable[Hit]:
    return (
        Hit(
            str(order),
            f"{order.service.name} · {order.organisation.name} · {state_words(order, user)}",
            reverse("services:order-detail", args=[order.pk]),
        )
        for order in find_orders(user, text, most=SHOWN + 1)
    )


def _benefits(user: User, text: str) -> Iterable[Hit]:
    return (
        Hit(str(benefit), benefit.indicator, reverse("benefits:benefit-detail", args=[benefit.pk]))
        for benefit in find_benefits(user, text)[: SHOWN + 1]
    )


def _resolutions(user: User, text: str) -> Iterable[Hit]:
    return (
        Hit(
            str(resolution.item),
            str(resolution.item.meeting.body),
            reverse("partnership:resolution-detail", args=[resolution.pk]),
        )
        for resolution in find_resolutions(user, text)[: SHOWN + 1]
    )


KINDS = (
    Kind(_("Orders"), Permission.SEE_ORDERS, "services:order-list", _orders),
    Kind(_("Services"), Permission.SEE_PARTNERSHIP, "services:service-list", _services),
    Kind(_("Agreements"), Permission.SEE_SERVICE_LEVELS, "sla:agreement-list", _agreements),
    Kind(_("Incidents"), Permission.SEE_SERVICE_LEVELS, "sla:incident-list", _incidents),
    Kind(_("Benefits"), Permission.SEE_BENEFITS, "benefits:share-list", _benefits),
    Kind(_("Resolutions"), Permission.SEE_BODIES, "partnership:resolution-list", _resolutions),
    Kind(_("Owners"), Permission.SEE_PARTNERSHIP, "partnership:owner-list", _owners),
)
"""In the order in which they are shown. A room that is built joins here."""


def state(found: list[Found], text: str) -> str:
    """What came of it, in a sentence."""
    if not text:
        return gettext("Write a word, a number or a part of a name.")
    if len(text) < SHORTEST:
        return gettext("Write at least two characters.")
    if not found:
        return gettext("Nothing that you may see matches “%(text)s”. Try a shorter word.") % {"text": text}
    return gettext("What matches “%(text)s”, the best first.") % {"text": text}
