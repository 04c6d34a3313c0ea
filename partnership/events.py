"""What the triggers have written down of each change: the one place where the history of a row is read."""

from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet


def events_of(app: str, model: str, *related: str) -> QuerySet[Any]:
    """Every insert, update and delete of the rows of a model, with the context it was made in."""
    return apps.get_model(app, f"{model}Event")._default_manager.select_related("pgh_context", *related)


def newest_event(row: Model, model: str = "", path: str = "pgh_obj") -> Any:
    """Of the row itself, or of the rows of another model that belong to it by this path."""
    events = events_of(row._meta.app_label, model or type(row).__name__)
    return events.filter(**{path: row.pk}).order_by("-pgh_id").first()


def actor_of(event: Any) -> Any:
    """The id of the person it was done by; None where no person stood behind."""
    return event and event.pgh_context and event.pgh_context.metadata.get("user")


def deletions(model: type[Model], pk: int) -> QuerySet[Any]:
    """The deletion of a row that stood here, with all its fields as they were; empty for what never was."""
    return events_of(model._meta.app_label, model.__name__).filter(pgh_obj_id=pk, pgh_label="delete")
