"""History of every domain model: PostgreSQL triggers write each insert, update and delete, with person and request."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Model

from partnership import clashes


def tracked[M: type[Model]](*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Class decorator. Derived tables are not tracked: they carry digest, versions and run id instead."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude)
    )


def recorded[**P, T](action: Callable[P, T]) -> Callable[P, T]:
    """Decorator of an action: one transaction, and a history that names `by` outside requests too.

    What a constraint refuses because somebody else was first comes out as a ValidationError (`partnership.clashes`).
    `by` is None where the machine itself acts, such as the loader of the demonstration.
    """

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        by: Any = kwargs["by"]
        with clashes.told(), transaction.atomic(), pghistory.context(user=by and by.pk):
            return action(*args, **kwargs)

    return run
