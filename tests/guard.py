"""A GET never writes: the statements of every GET in every test are read, and anything but reading fails."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

ALLOWED = re.compile(
    r"^[\s(]*(SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|SET|WITH|DECLARE|FETCH|CLOSE)\b", re.IGNORECASE
)
WRITES_INSIDE = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE|MERGE INTO|FOR UPDATE)\s", re.IGNORECASE)
SESSIONS = '"django_session"'


class WroteOnGetError(AssertionError):
    pass


def refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    text = str(sql)
    if SESSIONS not in text and (not ALLOWED.match(text) or WRITES_INSIDE.search(text)):
        raise WroteOnGetError(f"A GET may not write: {text[:200]}")
    return execute(sql, params, many, context)


class GuardedClient(Client):
    def get(self, *args: Any, **kwargs: Any) -> Any:
        with connection.execute_wrapper(refuse_writes):
            return super().get(*args, **kwargs)
