"""The cast: two municipalities that must never see each other's rows, and the people who act in the tests."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright

from partnership.access import Role
from partnership.models import Organisation, User
from tests import eyes, make, template
from tests.guard import GuardedClient

hypothesis_settings.register_profile("shared machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("shared machine")


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits and remembered answers belong to one test."""
    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """The hash that production keeps is slow on purpose, and Django's own choice; no test asks about it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template.migrated()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module: while Playwright's loop runs, Django refuses the database to others of the same process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=eyes.CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def client() -> GuardedClient:
    """A browser whose GETs fail the test when they write."""
    return GuardedClient()


@pytest.fixture
def arendal(db) -> Organisation:
    return make.organisation("4203")


@pytest.fixture
def grimstad(db) -> Organisation:
    return make.organisation("4202")


@pytest.fixture
def order_placer(arendal: Organisation) -> User:
    return make.person("Kari Nordmann", Role.ORDER_PLACER, at=arendal)


@pytest.fixture
def approver(arendal: Organisation) -> User:
    return make.person("Anne Gro Haugen", Role.APPROVER, at=arendal)


@pytest.fixture
def foreign_order_placer(grimstad: Organisation) -> User:
    return make.person("Per Hansen", Role.ORDER_PLACER, at=grimstad)


@pytest.fixture
def foreign_approver(grimstad: Organisation) -> User:
    return make.person("Liv Berg", Role.APPROVER, at=grimstad)


@pytest.fixture
def board_member(db) -> User:
    return make.person("Tor Lund", Role.BOARD_MEMBER)


@pytest.fixture
def administrator(db) -> User:
    return make.person("Ingrid Dahl", Role.ADMINISTRATOR)


@pytest.fixture
def stranger(db) -> User:
    return make.person("Ukjent Person")


@pytest.fixture
def world(arendal: Organisation, grimstad: Organisation) -> SimpleNamespace:
    """A partnership of the two municipalities: where the access matrix is walked."""
    return SimpleNamespace(
        arendal=arendal,
        grimstad=grimstad,
        partnership=make.partnership(),
        owners=[make.participation(arendal), make.participation(grimstad)],
    )
