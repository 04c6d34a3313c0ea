"""Two people at once: what a constraint of the database refuses is told in the constraint's own words, as bad input is.

Actions look before they write, so it is met only when somebody else wrote in between.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _
from psycopg.errors import ExclusionViolation, UniqueViolation

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
