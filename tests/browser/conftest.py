"""A browser before a running instance, and people who use it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.demonstration import cast
from tests import eyes
from tests.browser.instance import Instance, email_of, running

type Visit = Callable[..., Page]
"""`visit("Ingrid Dahl", width="phone", javascript=False)`: a window of hers at her home page; nobody's at the login."""


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Instance]:
    with running(tmp_path_factory.mktemp("instance"), worker_id) as instance:
        yield instance


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """The cookies of who has logged in, so that each does so once."""
    return {}


@pytest.fixture
def visit(browser: Browser, instance: Instance, sessions: dict[str, Any]) -> Iterator[Visit]:
    """A complaint in the console of any window fails the test."""
    windows, heard = [], []

    def open_window(who: str = "", *, width: str = "desk", javascript: bool = True, **options: Any) -> Page:
        window = browser.new_context(
            base_url=instance.address,
            viewport=eyes.size(width),
            java_script_enabled=javascript,
            storage_state=sessions.get(who),
            **options,
        )
        windows.append(window)
        page = window.new_page()
        heard.append(eyes.listen(page))
        page.goto("/")
        if who and who not in sessions:
            log_in(page, email_of(who))
            sessions[who] = window.storage_state()
        return page

    yield open_window
    for window in windows:
        window.close()
    assert [text for texts in heard for text in texts] == []


def log_in(page: Page, email: str, password: str = cast.PASSWORD) -> None:
    page.get_by_label("E-post").fill(email)
    page.get_by_label("Passord").fill(password)
    page.get_by_role("main").get_by_role("button", name="Logg inn").click()
