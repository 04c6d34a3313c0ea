"""How a page is looked at in the browser: by axe, on a phone and on a desk, in the light and in the dark."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page

CHROMIUM = "/usr/bin/chromium"
AXE = (Path(settings.BASE_DIR) / "node_modules/axe-core/axe.min.js").read_text()
VIOLATIONS = """async (rules) => (await axe.run({resultTypes: ["violations"], ...rules})).violations
  .map((one) => [one.id, one.nodes[0].html])"""
RULES = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
"""The dark differs from the light in its colours only."""
TARGETS = """(least) => [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")]
  .filter((element) => element.checkVisibility({visibilityProperty: true}))
  .filter((element) => !element.closest(".ds-skip-link, .choice, .figure"))
  .filter((element) => element.getBoundingClientRect().height < least)
  .map((element) => element.outerHTML)"""
LEAST_TARGET = {"phone": 44, "desk": 24}
HEIGHT = 900
WIDTHS = {"phone": 320, "desk": 1280}


def size(width: str) -> Any:
    return {"width": WIDTHS[width], "height": HEIGHT}


def complaints(page: Page) -> Iterator[tuple[Any, ...]]:
    """What axe finds, and a page wider than its window, in each width and colour scheme."""
    page.evaluate(AXE)
    for width, scheme in product(WIDTHS, RULES):
        page.set_viewport_size(size(width))
        page.emulate_media(color_scheme=scheme)
        yield from ((width, scheme, *violation) for violation in page.evaluate(VIOLATIONS, RULES[scheme]))
        if (wide := page.evaluate("document.documentElement.scrollWidth")) != WIDTHS[width]:
            yield width, scheme, f"is {wide} pixels wide"


def low_targets(page: Page) -> list[tuple[str, str]]:
    """What a finger or a mouse may miss. Asked of components, not of pages, as links within words are exempt."""
    low: list[tuple[str, str]] = []
    for width, least in LEAST_TARGET.items():
        page.set_viewport_size(size(width))
        low.extend((width, html) for html in page.evaluate(TARGETS, least))
    return low


def shortcomings(page: Page, language: str) -> Iterator[str]:
    """What the head of every page must say."""
    if (headings := page.locator("h1").count()) != 1:
        yield f"has {headings} first headings"
    if not page.title().split("·")[0].strip():
        yield "has no title"
    if (lang := page.locator("html").get_attribute("lang")) != language:
        yield f"says it is in {lang}"


def listen(page: Page) -> list[str]:
    """What the browser complains of from now on. That a form was refused with 422 is no complaint."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "status of 422" not in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
