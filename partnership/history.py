"""History of every domain model: PostgreSQL triggers write each insert, update and delete, with person and request."""

from collections.abc import Callable

import pghistory
from django.db.models import Model


def tracked[M: type[Model]](*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Class decorator. Derived tables are not tracked: they carry digest, versions and run id instead."""
    return pghistory.track(  # type: ignore[no-any-return]
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude)
    )
