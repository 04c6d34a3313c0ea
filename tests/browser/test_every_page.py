"""Everyone can use every page: whoever follows the links meets nothing that axe, a phone or the browser objects to."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from partnership.access import Role
from tests import eyes
from tests.test_access_matrix import PAGES

# beside the journeys, in a worker and an instance of their own: together they would take one core twice as long
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

NOT_OURS = ("api:", "admin:")
LINKS = "links => links.map((link) => link.href)"
WITHOUT_A_LINK = (
    "/konto/stengt/",
    "/konto/logg-ut/",
    "/konto/passord/glemt/sendt/",
    "/samarbeidet/eiere/ny/4217/",
    "/sok/?q=e-post",
    "/avtaler/2/",  # of which there is a draft; the next four are of the first
    "/avtaler/1/levering/",
    "/avtaler/versjon/3/godkjenn/",
    "/avtaler/versjon/3/ta-tilbake/",
    "/avtaler/1/avslutt/",
)
"""A person is led there by what she has just done, or from a page whose kind has been seen."""
NOT_WALKED = {
    "account_reset_password",  # walked by nobody
    "account_reset_password_from_key",  # needs a key: test_logging_in
    "account_set_password",  # for who has none yet
    "benefits:measurement-correct",  # of the first share that a link leads to, nothing is measured
    "partnership:attendance-edit",  # a meeting that is going on: test_meeting, as all that follow
    "partnership:item-disqualify",
    "partnership:item-treat",
    "partnership:meeting-hold",
    "partnership:minutes-approve",
    "partnership:minutes-file",  # a file
    "portal:health",
    "reports:own-pdf",  # a file, as the next two
    "reports:rendering-csv",
    "reports:rendering-pdf",
    "services:version-edit",  # the demonstration has no version that is still to come
    "sla:import-columns",  # looked at in test_importing, as are the next two
    "sla:import-map",
    "sla:import-preview",
    "sla:import-problems",
    "sla:version-withdraw",  # the demonstration has no version that is approved and still to come
}


@pytest.mark.parametrize(
    ("who", "language"),
    [("Kari Nilsen", "nb"), ("Berit Foss", "nn"), ("", "nb")],
    ids=["order-placer", "board member in Nynorsk", "nobody"],
)
def test_everyone_can_use_every_page_that_a_link_leads_to(visit, who, language):
    objections = walk(visit(who), language)
    assert {name: said for name, said in objections.items() if said} == {}


def test_an_administrator_can_use_every_page_there_is(visit):
    objections = walk(visit("Ingrid Dahl"), "nb", *WITHOUT_A_LINK)
    assert {name: said for name, said in objections.items() if said} == {}
    assert pages_of_an_administrator() - objections.keys() == NOT_WALKED


def walk(page: Page, language: str, *also: str) -> dict[str, list[object]]:
    """The name of each kind of page that links lead to from here, with what can be objected to it."""
    return {
        view_of(page.url): [*eyes.shortcomings(page, language), *eyes.complaints(page)] for page in met(page, *also)
    }


def met(page: Page, *also: str) -> Iterator[Page]:
    """One page of each kind, each when it has been opened."""
    address, names = page.url.partition("/konto/")[0].rstrip("/"), set()
    ahead = [page.url, *(address + path for path in also)]
    while ahead:
        url = ahead.pop(0)
        if view_of(url) in names or view_of(url).startswith(NOT_OURS) or not is_page(page, url):
            continue
        names.add(view_of(url))
        page.goto(url)
        yield page
        links = page.eval_on_selector_all("a[href]", LINKS)
        ahead += [link.partition("#")[0] for link in links if link.startswith(address)]


def view_of(url: str) -> str:
    return resolve(urlsplit(url).path).view_name


def is_page(page: Page, url: str) -> bool:
    """Not a file."""
    answer = page.request.get(url)
    assert answer.ok, url
    return answer.headers["content-type"].startswith("text/html")


def pages_of_an_administrator() -> set[str]:
    opened = [page for page in PAGES if page.method == "get" and 200 in page.succeeded]
    names = {page.name for page in opened if Role.ADMINISTRATOR in page.allowed}
    return {name for name in names if not name.startswith(NOT_OURS)}
