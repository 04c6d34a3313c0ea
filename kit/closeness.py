"""The order of what a search finds: what is called exactly so, then what begins so, then the rest."""

from typing import Any

from django.db.models import Case, Q, Value, When

EXACT, BEGINS, ELSEWHERE = range(3)


def closeness(text: str, *fields: str) -> Case:
    """0 where one of the fields is the text, 1 where one begins with it, 2 else; case does not count. To sort by."""
    return Case(
        When(_any(text, "iexact", fields), then=Value(EXACT)),
        When(_any(text, "istartswith", fields), then=Value(BEGINS)),
        default=Value(ELSEWHERE),
    )


def _any(text: str, lookup: str, fields: tuple[str, ...]) -> Q:
    conditions: list[Any] = [(f"{field}__{lookup}", text) for field in fields]
    return Q(*conditions, _connector=Q.OR)
