"""Bodies are made and described, people get seats in them, and seats end."""

from datetime import date
from typing import Any

from partnership.actions.versions import checked_days, save_checked
from partnership.history import recorded
from partnership.models import Body, Seat, User


@recorded
def add_body(*, by: User | None, **fields: Any) -> Body:
    """`fields` are those of the model."""
    return _described(Body(), fields)


@recorded
def edit_body(*, body: Body, by: User | None, **fields: Any) -> Body:
    return _described(body, fields)


def _described(body: Body, fields: dict[str, Any]) -> Body:
    for name, value in fields.items():
        setattr(body, name, value)
    body.full_clean()
    body.save()
    return body


@recorded
def add_seat(*, body: Body, first_day: date, last_day: date | None = None, by: User | None, **fields: Any) -> Seat:
    """A person, or a name, in the body from `first_day`. A deputy without a rank gets the first one."""
    seat = Seat(body=body, period=checked_days(first_day, last_day), **fields)
    if seat.is_deputy and seat.rank is None:
        seat.rank = 1
    save_checked(seat)
    return seat


@recorded
def end_seat(*, seat: Seat, last_day: date, by: User | None) -> Seat:
    """The seat is held up to and including `last_day`."""
    seat.period = checked_days(seat.first_day or last_day, last_day)
    save_checked(seat)
    return seat
