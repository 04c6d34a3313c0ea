"""Who changed what when about a person, told in words from the history that the database's triggers keep."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from kit import formats
from partnership.events import actor_of, events_of
from partnership.models import RoleGrant, User
from partnership.periods import ONE_DAY

TOLD = ("name", "email", "title", "phone", "language")


@dataclass(frozen=True)
class Change:
    """`by` is the name of the one who did it, empty where no person stood behind."""

    when: datetime
    by: str
    words: str


def changes_of(person: User, roles: Iterable[RoleGrant], language: str) -> list[Change]:
    """The newest first. `roles` are those of the person's that the reader may see."""
    told = [*_about_person(_events("User", id=person.pk)), *_about_roles(roles, language)]
    names = _names({actor_of(event) for event, _words in told})
    changes = [Change(event.pgh_created_at, names.get(actor_of(event), ""), words) for event, words in told]
    return sorted(changes, key=lambda change: change.when)[::-1]


def _events(model: str, *related: str, **of: Any) -> list[Any]:
    return list(events_of("partnership", model, *related).filter(**of).order_by("pgh_id"))


def _names(people: Iterable[Any]) -> dict[Any, str]:
    return dict(User.objects.filter(pk__in=[pk for pk in people if pk]).values_list("pk", "name"))


def _about_person(events: list[Any]) -> Iterator[tuple[Any, str]]:
    for event in events:
        if event.pgh_label == "insert":
            yield event, _("Added the person.")
    for before, after in pairwise(events):
        yield from ((after, words) for words in _differences(before, after))


def _differences(before: Any, after: Any) -> Iterator[str]:
    for name in TOLD:
        old, new = _shown(before, name), _shown(after, name)
        if old != new:
            yield _difference(after._meta.get_field(name).verbose_name, old, new)
    if before.is_active != after.is_active:
        yield _("Opened the login.") if after.is_active else _("Closed the login.")


def _difference(field: Any, old: str, new: str) -> str:
    values = {"field": field, "old": old, "new": new}
    if not old:
        return _("Wrote in %(field)s: “%(new)s”.") % values
    if not new:
        return _("Took out %(field)s: “%(old)s”.") % values
    return _("Changed %(field)s from “%(old)s” to “%(new)s”.") % values


def _shown(event: Any, name: str) -> str:
    shown = getattr(event, f"get_{name}_display", None)
    return str(shown() if shown else getattr(event, name))


def _about_roles(roles: Iterable[RoleGrant], language: str) -> Iterator[tuple[Any, str]]:
    for event in _events("RoleGrant", "organisation", id__in=[role.pk for role in roles]):
        yield event, _role_words(event, language)


def _role_words(event: Any, language: str) -> str:
    values = {
        "role": event.get_role_display(),
        "place": event.organisation.name if event.organisation else _("the whole partnership"),
        "first": formats.day(event.period.lower, language),
        "last": event.period.upper and formats.day(event.period.upper - ONE_DAY, language),
    }
    if event.pgh_label == "update":
        return _("Ended the role %(role)s, %(place)s, after %(last)s.") % values
    if event.period.upper:
        return _("Gave the role %(role)s, %(place)s, from %(first)s to %(last)s.") % values
    return _("Gave the role %(role)s, %(place)s, from %(first)s.") % values
