"""The language of the access matrix: a page, and who gets in.

Each module of this package holds `PAGES` for one app. The matrix walks each page as every role, a person without a
role and nobody, to an own and, where there is one, a foreign row.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from partnership.access import Role

WIDE = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.MEETING_SECRETARY,
        Role.ECONOMIST,
        Role.SERVICE_MANAGER,
        Role.BOARD_MEMBER,
        Role.AUDITOR,
        Role.INTEGRATION,
    }
)
"""Held in the whole partnership in the matrix; the others are held in Arendal."""

EVERYONE = frozenset(Role)
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

type Arguments = Callable[[SimpleNamespace], dict[str, Any]]


def no_arguments(world: SimpleNamespace) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Page:
    """A URL name and its expected answers.

    own             arguments of a row in Arendal (or of the whole partnership); saves what it needs
    foreign         the same in Grimstad; None where the page is no municipality's
    allowed         the roles that get in; `foreign_allowed` those that get in at Grimstad's row
    refused         status for the other roles; 404 where the row does not exist for them
    blind           the roles for whom no such row exists: 404, whatever `refused` says
    stranger        status for a logged-in person without a role
    anonymous       302 to the login, or 401 for machines, or the status of an open page
    succeeded       what those allowed get
    """

    name: str
    allowed: frozenset[Role] = EVERYONE
    own: Arguments = no_arguments
    foreign: Arguments | None = None
    foreign_allowed: frozenset[Role] = WIDE
    refused: int = 403
    foreign_refused: int = 404
    blind: frozenset[Role] = frozenset()
    stranger: int = 403
    anonymous: int = 302
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    succeeded: frozenset[int] = frozenset({200})
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


DONE = frozenset({200, 302, 422})
"""A POST got in: it was done, or its form came back with words about a field."""
