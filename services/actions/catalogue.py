"""Services come into the catalogue, are described better, and leave it. A code never changes: others write it down."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from partnership.history import recorded
from partnership.models import User
from services.models import Service, Stage


@recorded
def add_service(*, by: User | None, **fields: Any) -> Service:
    """A new service; `fields` are those of the model."""
    service = Service(**fields)
    service.full_clean()
    service.save()
    return service


@recorded
def describe_service(*, service: Service, by: User | None, **fields: Any) -> Service:
    """Changes what is said of a service, all but its code and its stage."""
    for name, value in fields.items():
        setattr(service, name, value)
    service.full_clean()
    service.save()
    return service


@recorded
def move_service(*, service: Service, stage: str, by: User | None) -> Service:
    """On to another stage of its life; the history keeps the day. Nobody may have a closed service."""
    if stage == Stage.CLOSED and (count := service.subscriptions.lasting().count()):
        raise ValidationError({"stage": _still_held(count)})
    service.stage = stage
    service.full_clean()
    service.save()
    return service


def _still_held(count: int) -> str:
    words = ngettext(
        "%(count)s organisation has the service today or later. End that first, or choose “being closed”.",
        "%(count)s organisations have the service today or later. End that first, or choose “being closed”.",
        count,
    )
    return words % {"count": count}
