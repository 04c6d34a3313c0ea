"""What a board report says of resolutions, ready to be frozen: open, over their due date, and done in the quarter."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from kit.quarters import Quarter
from partnership.models import FollowUp
from partnership.models.meetings import BEHIND


@dataclass(frozen=True)
class FollowUpLine:
    """`number` and `title` are the matter's, `body` the body's name in bokmål, nynorsk and English."""

    number: str
    title: str
    body: tuple[str, str, str]
    text: str
    owner: str
    due: date
    done_on: date | None
    is_overdue: bool


@dataclass(frozen=True)
class Resolutions:
    """Follow-ups of what held meetings had decided by a day. `open` counts the overdue too."""

    open: int
    overdue: int
    done: int
    open_lines: tuple[FollowUpLine, ...]
    done_lines: tuple[FollowUpLine, ...]


def resolutions_of(quarter: Quarter, until: date | None = None) -> Resolutions:
    """What is open, and what has been done since the quarter began, as it stood at the end of a day.

    `until` is that day; the quarter's last, or today while it runs, when none is given.
    """
    last = until or min(quarter.last, timezone.localdate())
    lines = [_line(row, last) for row in _decided_until(last)]
    left = tuple(line for line in lines if line.done_on is None)
    done = tuple(line for line in lines if line.done_on and quarter.first <= line.done_on)
    overdue = sum(line.is_overdue for line in left)
    return Resolutions(open=len(left), overdue=overdue, done=len(done), open_lines=left, done_lines=done)


def _decided_until(last: date) -> Any:
    rows = FollowUp.objects.filter(
        resolution__item__meeting__starts__date__lte=last, resolution__item__meeting__state__in=BEHIND
    )
    return rows.select_related("owner", "resolution__item__body").order_by("due", "pk")


def _line(row: FollowUp, last: date) -> FollowUpLine:
    item = row.resolution.item
    done_on = row.done_on if row.done_on and row.done_on <= last else None
    body = item.body
    return FollowUpLine(
        number=item.label,
        title=item.title,
        body=(body.name_nb, body.name_nn or body.name_nb, body.name_en or body.name_nb),
        text=row.text,
        owner=row.owner.name,
        due=row.due,
        done_on=done_on,
        is_overdue=done_on is None and row.due < last,
    )
