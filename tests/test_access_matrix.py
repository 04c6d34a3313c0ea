"""Every URL x every role x own and foreign: who gets in, who is refused, for whom it does not exist."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.access
from partnership.access import Role
from tests import make
from tests.access.matrix import WIDE, Page

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


def send(client, page: Page, arguments: dict[str, object]) -> int:
    url = reverse(page.name, kwargs=arguments) + page.query
    return getattr(client, page.method)(url, page.data, headers=page.headers).status_code


def test_every_url_stands_in_the_matrix():
    assert {page.name for page in PAGES} == set(url_names(get_resolver().url_patterns))


def refusal(page: Page, role: Role) -> int:
    return 404 if role in page.blind else page.refused


@pytest.mark.parametrize("page", PAGES, ids=str)
@pytest.mark.parametrize("role", Role)
def test_a_role_gets_what_the_matrix_says(client, world, page: Page, role: Role):
    client.force_login(make.person("Rolle Rollesen", role, at=None if role in WIDE else world.arendal))
    status = send(client, page, page.own(world))
    assert status in page.succeeded if role in page.allowed else status == refusal(page, role)


@pytest.mark.parametrize("page", [page for page in PAGES if page.foreign], ids=str)
@pytest.mark.parametrize("role", Role)
def test_a_role_gets_at_a_foreign_municipality_what_the_matrix_says(client, world, page: Page, role: Role):
    client.force_login(make.person("Rolle Rollesen", role, at=None if role in WIDE else world.arendal))
    assert page.foreign
    status = send(client, page, page.foreign(world))
    if role in page.foreign_allowed:
        assert status in page.succeeded
    else:
        assert status == (refusal(page, role) if role in WIDE else page.foreign_refused)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_person_without_a_role_gets_what_the_matrix_says(client, world, stranger, page: Page):
    client.force_login(stranger)
    assert send(client, page, page.own(world)) == page.stranger


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_nobody_gets_what_the_matrix_says(client, world, page: Page):
    assert send(client, page, page.own(world)) == page.anonymous


@pytest.mark.parametrize("name", ["admin:index", "admin:partnership_user_changelist"])
def test_the_technical_administration_is_closed_to_every_role(client, administrator, name: str):
    client.force_login(administrator)
    assert client.get(reverse(name)).status_code == 302
