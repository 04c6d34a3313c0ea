"""History of rows that come a hundred thousand at a time: the same record, by statement triggers."""

from collections.abc import Callable

import pghistory
import pgtrigger
from django.db.models import Model


def tracked_in_bulk[M: type[Model]]() -> Callable[[M], M]:
    """As `partnership.history.tracked`; on 500 000 rows a statement trigger costs a third of a row trigger's time."""
    level = pgtrigger.Statement
    return pghistory.track(  # type: ignore[no-any-return]
        pghistory.InsertEvent(level=level), pghistory.UpdateEvent(level=level), pghistory.DeleteEvent(level=level)
    )
