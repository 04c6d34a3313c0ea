"""Two people at once: the second is told in words, as of bad input, and nothing that either wrote is lost in silence.

Both may add something where there is room for one: the database's constraint refuses the second in its own words.
Both may edit the same row: whoever saves what has changed since she opened it is told who was first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ExclusionViolation, UniqueViolation

from kit import formats
from partnership.events import actor_of, newest_event

CHANGED = "changed"
SOMEBODY_WAS_FIRST = _(
    "Somebody else saved something just now that does not go together with this. Look, and try again."
)


@contextmanager
def told() -> Iterator[None]:
    """Raises a ValidationError where a row stands in the way of another; a broken rule of one row passes as it is."""
    try:
        yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, ExclusionViolation | UniqueViolation):
            raise
        name = error.__cause__.diag.constraint_name
        raise ValidationError(_constraints().get(name, SOMEBODY_WAS_FIRST), code="clash") from error


@cache
def _constraints() -> dict[str | None, Any]:
    """What our constraints say, by name: those that have words of their own."""
    every = [constraint for model in apps.get_models() for constraint in model._meta.constraints]
    return {
        constraint.name: constraint.violation_error_message
        for constraint in every
        if constraint.violation_error_message != constraint.default_violation_error_message
    }


def mark_of(row: Model) -> str:
    """Where the history of a row stands, and of what is changed together with it: another mark, another content."""
    return "-".join(map(_mark, _newest_events(row)))


def refuse_changed(row: Model, *, since: str) -> None:
    """Locks the row. Raises a ValidationError that names who has changed it since it had this mark."""
    type(row)._base_manager.select_for_update().get(pk=row.pk)
    events = _newest_events(row)
    later = [event for event, mark in zip(events, since.split("-"), strict=False) if event and _mark(event) != mark]
    if since and later:
        raise _changed(max(later, key=lambda event: event.pgh_created_at))


def _changed(event: Any) -> ValidationError:
    name = get_user_model().objects.filter(pk=actor_of(event)).values_list("name", flat=True).first()
    when = formats.instant(event.pgh_created_at, get_language() or "nb")
    words = _(
        "%(name)s saved this %(when)s, after you opened it. What you typed is kept below. "
        "Look at what was saved, and press again if yours is to hold instead."
    )
    return ValidationError(words, code=CHANGED, params={"name": name or _("Somebody"), "when": when})


def _mark(event: Any) -> str:
    return str(event.pgh_id) if event else "0"


def _newest_events(row: Model) -> list[Any]:
    """Of the row, then of each model in `changed_with`, which says by what path its rows belong to this one."""
    belonging = {"": "pgh_obj", **getattr(row, "changed_with", {})}
    return [newest_event(row, name, path) for name, path in belonging.items()]
