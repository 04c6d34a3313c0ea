"""Days on which a calendar keeps other hours than its week says, and nights on which the clock was set."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from kit.windows import constant_offsets
from kit.worktime import WorkTime
from services.models import CalendarVersion
from services.timetable import OpenDay, Page

LOOKED_THROUGH = timedelta(days=370)
ONE_DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def odd_days(version: CalendarVersion, start: datetime, end: datetime) -> list[OpenDay]:
    """In the local days from start to end, at most a year of them, in order; each with its reason by name."""
    page = Page(version)
    zone = page.work_time.zone
    first, last = start.astimezone(zone).date(), min(end, start + LOOKED_THROUGH).astimezone(zone).date()
    days = (page.day(first + number * ONE_DAY) for number in range((last - first).days + 1))
    return [day for day in days if day.reason]


def clock_changes(hours: WorkTime, start: datetime, end: datetime) -> Iterator[tuple[datetime, timedelta]]:
    """Instants at which the clock was set while it was open, and by how much: forward is more."""
    first, last = int(start.timestamp()), int(end.timestamp())
    if first >= last:
        return
    before = None
    for since, _until, offset in constant_offsets(hours.zone, first, last):
        at = datetime.fromtimestamp(since, UTC)
        if before is not None and since < last and hours.openings(at - MINUTE, at + MINUTE):
            yield at.astimezone(hours.zone), timedelta(seconds=offset - before)
        before = offset
