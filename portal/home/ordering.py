"""The way from home to an order: one tap to the form of what is ordered most."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from partnership import access
from partnership.access import Permission
from partnership.models import User
from services.habits import often_ordered

AT_HAND = 3


@dataclass(frozen=True)
class Tile:
    label: str
    url: str
    icon: str


def tiles_for(user: User) -> Iterator[Tile]:
    """Nothing for those who place no orders."""
    if access.holds_anywhere(user, Permission.PLACE_ORDERS):
        for service in often_ordered(user, most=AT_HAND):
            yield Tile(service.name, reverse("services:order-add", args=[service.pk]), "plus")
        yield Tile(gettext("Something else …"), reverse("services:order-start"), "more")
