"""The pictures of README.md: a demonstration on a day that never changes, so that nothing but a new look changes them.

The clock stands still in this process, which is why it is the web server too. PostgreSQL's own clock goes on, so a page
whose history was written by its triggers tells today's date and is no page for a picture.
"""

import io
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import django
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from script.embedded import passing_servers
from script.machine import Refusal, answer, say
from script.project import ROOT, project_environment

FOLDER = ROOT / "docs" / "pictures"
MONDAY_MORNING = datetime(2026, 11, 23, 7, 40, tzinfo=ZoneInfo("Europe/Oslo"))
HOST = "127.0.0.1"
CHROMIUM = "chromium"
PDF_PRINTER = "pdftoppm"
PACKAGES = {CHROMIUM: "chromium", PDF_PRINTER: "poppler-utils"}
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}
HEIGHT = "document.documentElement.scrollHeight"
CELL = ".sla-grid tbody tr:first-child [data-status=not-good-enough]"
INCIDENT, BENEFIT = "INC0000304", "Felles mobilavtale"
"""An incident behind that cell, with a pause; a benefit in which every owner has a share."""
DOTS_PER_INCH = 80

type Picture = bytes


@dataclass(frozen=True)
class Visitor:
    """Opens windows at the demonstration, each as somebody who has logged in there."""

    browser: Browser
    address: str

    def visit(self, who: str, size: ViewportSize = DESK) -> Page:
        from portal.demonstration import cast  # knows models, which Django has not read before it is told to

        email = next(person.email for person in cast.PEOPLE if person.name == who)
        page = self.browser.new_context(base_url=self.address, viewport=size).new_page()
        page.goto("/")
        page.get_by_label("E-post").fill(email)
        page.get_by_label("Passord").fill(cast.PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Logg inn").click()
        return page


def main() -> None:
    require_programs()
    for preset in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(preset, None)  # what the caller works with is no place for a demonstration
    with passing_servers("pictures") as servers:
        os.environ.update(project_environment(servers))
        with stopped_clock(), demonstration() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM), args=["--no-sandbox"])
            visitor = Visitor(browser, address)
            for name, draw in PICTURES.items():
                save(name, draw(visitor))
            browser.close()


def require_programs() -> None:
    if missing := [package for program, package in PACKAGES.items() if not shutil.which(program)]:
        names = " ".join(missing)
        raise Refusal(f"The pictures want {names}; install with: sudo apt-get install {names}")


@contextmanager
def stopped_clock() -> Iterator[None]:
    """Stopped before Django reads the models, as the defaults of their fields take the clock with them."""
    with patch.object(timezone, "now", new=monday_morning):
        yield


def monday_morning() -> datetime:
    return MONDAY_MORNING


@contextmanager
def demonstration() -> Iterator[str]:
    """The address of one on a free port."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    say("Loading the demonstration.")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo", stdout=io.StringIO())
    server = ThreadedWSGIServer((HOST, 0), Silent)
    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{HOST}:{server.server_port}"
    finally:
        server.shutdown()


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it is called by
        """Every picture is told of; a request is not."""


def home(visitor: Visitor) -> Picture:
    return whole(visitor.visit("Ingrid Dahl"))


def service_levels(visitor: Visitor) -> Picture:
    page = visitor.visit("Ingrid Dahl")
    page.goto("/tjenesteniva/")
    page.locator(CELL).click()
    page.locator(".panel h2").first.wait_for()
    return whole(page)


def incident(visitor: Visitor) -> Picture:
    page = visitor.visit("Ingrid Dahl")
    follow(page, f"/feil/?q={INCIDENT}", INCIDENT)
    return whole(page)


def board_report(visitor: Visitor) -> Picture:
    page = visitor.visit("Ingrid Dahl")
    follow(page, "/rapporter/", re.compile("kvartal"))
    paper = page.request.get(f"{page.url}nb.pdf").body()
    command = [PDF_PRINTER, "-png", "-r", str(DOTS_PER_INCH), "-f", "1", "-l", "1", "-"]
    return subprocess.run(command, input=paper, stdout=subprocess.PIPE, check=True).stdout


def benefit(visitor: Visitor) -> Picture:
    page = visitor.visit("Ingrid Dahl")
    follow(page, f"/gevinster/?q={BENEFIT}", re.compile(BENEFIT))
    page.get_by_label("Du er her").get_by_role("link", name=re.compile(BENEFIT)).click()
    return whole(page)


def order(visitor: Visitor) -> Picture:
    """On a phone, before it is sent."""
    page = visitor.visit("Kari Nilsen", PHONE)
    page.get_by_role("region", name="Hva trenger du?").get_by_role("link").first.click()
    page.get_by_label("Det du trenger").fill("Bærbar PC til ny fagleder")
    page.get_by_label("Enhet").fill("Hjemmetjenesten")
    page.get_by_role("main").get_by_role("button", name="Fortsett").click()
    page.get_by_role("heading", name="Stemmer dette?").wait_for()
    return whole(page)


PICTURES: dict[str, Callable[[Visitor], Picture]] = {
    "home": home,
    "service-levels": service_levels,
    "incident": incident,
    "benefit": benefit,
    "board-report": board_report,
    "order": order,
}
"""By the names of their files, in the order of README.md."""


def follow(page: Page, listing: str, name: str | re.Pattern[str]) -> None:
    page.goto(listing)
    page.get_by_role("main").get_by_role("table").get_by_role("link", name=name).first.click()


def whole(page: Page) -> Picture:
    """All of the page in one window, so that what stands at the foot of a window stands at the foot of the picture."""
    page.wait_for_load_state("networkidle")
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": page.evaluate(HEIGHT)})
    return page.screenshot(animations="disabled", caret="hide")


def save(name: str, picture: Picture) -> None:
    """With few colours, which is all that flat areas and letters need; a rare one, such as a status, is kept."""
    file = FOLDER / f"{name}.png"
    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    say(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    answer(main)
