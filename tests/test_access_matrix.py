"""Every URL x every role x own and foreign: who gets in, who is refused, for whom it does not exist.

A page's row is made once, and each person asks for it in a savepoint of her own: what she did is undone before the next
one asks, so that nobody meets another's traces and the walk through some four thousand answers stays short.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from partnership.access import Role
from partnership.models import Organisation, User
from tests import make
from tests.access.matrix import WIDE, Page
from tests.guard import GuardedClient

pytestmark = pytest.mark.xdist_group("access")
"""The largest group is begun first: beside it the other worker loads the demonstration that browsers meet."""

NOT_OURS = {"admin"}


def pages() -> list[Page]:
    names = [module.name for module in pkgutil.iter_modules(tests.access.__path__) if module.name != "matrix"]
    return [page for name in sorted(names) for page in importlib.import_module(f"tests.access.{name}").PAGES]


def url_names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace not in NOT_OURS:
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from url_names(pattern.url_patterns, inner)
        elif pattern.name:
            yield namespace + pattern.name


PAGES = pages()


def test_every_url_stands_in_the_matrix():
    assert {page.name for page in PAGES} == set(url_names(get_resolver().url_patterns))


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_role_gets_what_the_matrix_says(world, page: Page):
    arguments = page.own(world)
    answers = {role: answer(page, arguments, role, world.arendal) for role in Role}
    assert otherwise(answers, {role: promised(page, role) for role in Role}) == {}


@pytest.mark.parametrize("page", [page for page in PAGES if page.foreign], ids=str)
def test_each_role_gets_at_a_foreign_municipality_what_the_matrix_says(world, page: Page):
    assert page.foreign
    arguments = page.foreign(world)
    answers = {role: answer(page, arguments, role, world.arendal) for role in Role}
    assert otherwise(answers, {role: promised_abroad(page, role) for role in Role}) == {}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_nobody_and_a_person_without_a_role_get_what_the_matrix_says(world, stranger, page: Page):
    arguments = page.own(world)
    with undone():
        assert ask(page, arguments, stranger) == page.stranger
    with undone():
        assert ask(page, arguments) == page.anonymous


@pytest.mark.parametrize("name", ["admin:index", "admin:partnership_user_changelist"])
def test_the_technical_administration_is_closed_to_every_role(client, administrator, name: str):
    client.force_login(administrator)
    assert client.get(reverse(name)).status_code == 302


def answer(page: Page, arguments: dict[str, Any], role: Role, home: Organisation) -> int:
    with undone():
        return ask(page, arguments, make.person("Rolle Rollesen", role, at=None if role in WIDE else home))


@contextmanager
def undone() -> Iterator[None]:
    """What is saved in here is held against the constraints that wait for the end, and is gone afterwards."""
    cache.clear()
    with transaction.atomic():
        yield
        connection.check_constraints()
        transaction.set_rollback(True)


def ask(page: Page, arguments: dict[str, Any], person: User | None = None) -> int:
    client = GuardedClient()
    if person:
        client.force_login(person)
    url = reverse(page.name, kwargs=arguments) + page.query
    return getattr(client, page.method)(url, page.data, headers=page.headers).status_code


def promised(page: Page, role: Role) -> frozenset[int]:
    return page.succeeded if role in page.allowed else refusal(page, role)


def promised_abroad(page: Page, role: Role) -> frozenset[int]:
    if role in page.foreign_allowed:
        return page.succeeded
    return refusal(page, role) if role in WIDE else frozenset({page.foreign_refused})


def refusal(page: Page, role: Role) -> frozenset[int]:
    return frozenset({404 if role in page.blind else page.refused})


def otherwise(answers: dict[Role, int], promises: dict[Role, frozenset[int]]) -> dict[Role, int]:
    """The answers that nobody promised."""
    return {role: status for role, status in answers.items() if status not in promises[role]}
