"""The components say the same to eyes, keyboards and screen readers, under a policy that forbids inline code."""

import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Browser, Page, Route, expect

from kit.charts import Status
from tests import eyes, guide

ADDRESS = "http://guide.test"
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'"
COUNT_SENDINGS = """() => {
  window.sent = 0;
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) window.sent += 1;
    event.preventDefault();
  });
}"""


def found(pattern: str, html: str) -> list[str]:
    return re.findall(pattern, html)


@pytest.mark.parametrize("name", guide.NAMES)
def test_a_page_has_one_heading_and_one_main_and_no_inline_code(name):
    html = guide.render(name)
    assert len(found("<h1", html)) == 1
    assert len(found("<main", html)) == 1
    assert found(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", html) == []


@pytest.mark.parametrize("name", guide.NAMES)
def test_no_page_uses_an_id_twice(name):
    ids = found(r'\sid="([^"]+)"', guide.render(name))
    assert sorted(ids) == sorted(set(ids))


def test_the_error_summary_leads_to_every_field_that_must_be_mended():
    html = guide.render("form")
    summary = found(r"(?s)<ds-error-summary.*?</ds-error-summary>", html)[0]
    targets = found(r'href="#([^"]+)"', summary)
    assert targets == ["id_name", "id_email", "id_first_day", "id_unit", "id_kind_0", "id_agreed"]
    assert [target for target in targets if f'id="{target}"' not in html] == []


def test_a_field_with_an_error_is_described_by_its_help_and_its_error():
    field = guide.PersonForm({"email": "no"})["email"].as_field_group()
    described = found(r'aria-describedby="([^"]+)"', field)[0].split()
    assert described == ["id_email_helptext", "id_email_error"]
    assert [name for name in described if f'id="{name}"' not in field] == []
    assert found(r'aria-invalid="(\w+)"', field) == ["true"]


def test_only_fields_that_may_be_left_out_are_marked():
    form = guide.PersonForm()
    with translation.override("nb"):
        marked = [field.name for field in form if "(valgfritt)" in field.as_field_group()]
    assert marked == ["password", "share", "access", "file", "note"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", ["på mål", "godt nok", "ikke godt nok", "ikke målt", "pågår", "står stille"]),
        ("nn", ["på mål", "godt nok", "ikkje godt nok", "ikkje målt", "går enno", "står stille"]),
        ("en", ["on target", "good enough", "not good enough", "not measured", "ongoing", "standing still"]),
    ],
)
def test_a_status_is_a_symbol_and_a_word(language, words):
    with translation.override(language):
        shown = [render_to_string("components/status.html", {"status": status}) for status in Status]
    assert [found(r"<span>([^<]+)</span>", html)[0] for html in shown] == words
    assert len({found(r"(?s)<svg.*?</svg>", html)[0] for html in shown}) == len(Status)


def test_only_the_first_thing_to_do_has_a_filled_button():
    html = render_to_string("components/today.html", {"tasks": guide.TASKS})
    assert found(r'data-variant="(\w+)"', html) == ["primary", "secondary", "secondary"]


def test_a_table_says_how_it_is_sorted_and_which_page_is_shown():
    with translation.override("nb"):
        html = guide.render("list")
    assert found(r'aria-sort="(\w+)"', html) == ["ascending"]
    assert found(r'href="\?(page=\d)" aria-current="page"', html) == ["page=1"]
    assert found(r"<p>([^<]+ av \d+)</p>", html) == ["1–3 av 9"]


def test_an_error_interrupts_and_good_news_waits():
    html = guide.render("parts")
    assert found(r'data-color="(\w+)" role="(\w+)"', html) == [("success", "status"), ("danger", "alert")]


def test_a_cell_that_was_not_measured_is_no_link():
    cells = [guide.cell(met, counted) for met, counted in ((3, 5), (0, 0))]
    html = [render_to_string("components/sla_cell.html", {"cell": cell}) for cell in cells]
    assert [len(found("<a ", one)) for one in html] == [1, 0]


@pytest.mark.parametrize("share", [None, 0.5])
def test_progress_asks_again_only_while_the_work_goes_on(share):
    shown = [
        render_to_string("components/progress.html", {"running": running, "share": share, "url": "/job/1/"})
        for running in (True, False)
    ]
    assert [found(r'hx-get="([^"]+)"', html) for html in shown] == [["/job/1/"], []]
    assert found(r'value="([^"]+)"', shown[0]) == ([] if share is None else ["0.500"])


def test_the_frame_of_an_anonymous_page_has_no_menu_and_still_a_choice_of_language():
    html = guide.render("login")
    assert found('class="menu"', html) == []
    assert found("oppdiktede tall|invented figures", html) != []


def answer(pages: dict[str, str], route: Route) -> None:
    """The pages of the guide under the product's content security policy, and the static files beside them."""
    path = route.request.url.removeprefix(ADDRESS)
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html", headers={"Content-Security-Policy": POLICY})
        return
    file = finders.find(path.removeprefix("/static/"))
    assert isinstance(file, str), path
    route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0] or "font/woff2")


@contextmanager
def opened(browser: Browser, name: str, width: str = "desk") -> Iterator[Page]:
    """A page of the guide in the browser; a complaint in its console fails the test."""
    pages = {f"/{name}/": guide.render(name)}
    page = browser.new_page(viewport=eyes.size(width))
    page.route("**/*", lambda route: answer(pages, route))
    heard = eyes.listen(page)
    page.goto(f"{ADDRESS}/{name}/")
    yield page
    page.close()
    assert heard == []


@pytest.mark.browser
@pytest.mark.parametrize("name", guide.NAMES)
def test_everyone_can_use_every_component(browser, name):
    with opened(browser, name) as page:
        assert list(eyes.complaints(page)) == []
        assert eyes.low_targets(page) == []


@pytest.mark.browser
def test_the_phones_menu_opens_and_escape_closes_it_and_gives_the_focus_back(browser):
    with opened(browser, "home", "phone") as page:
        summary, entry = page.locator(".unfold-menu > summary"), page.locator(".unfold-menu .menu a").first
        summary.click()
        expect(entry).to_be_visible()
        page.keyboard.press("Escape")
        expect(entry).to_be_hidden()
        expect(summary).to_be_focused()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "selector"), [("form", "ds-error-summary"), ("panel", ".panel-close")])
def test_the_focus_goes_where_the_news_is(browser, name, selector):
    with opened(browser, name) as page:
        expect(page.locator(selector)).to_be_focused()


@pytest.mark.browser
def test_a_link_of_the_error_summary_puts_the_focus_in_its_field(browser):
    with opened(browser, "form") as page:
        page.locator("ds-error-summary a").nth(2).click()
        expect(page.locator("#id_first_day")).to_be_focused()


@pytest.mark.browser
def test_a_double_press_sends_a_form_once(browser):
    with opened(browser, "form") as page:
        page.evaluate(COUNT_SENDINGS)
        for _press in range(2):
            page.get_by_role("button", name="Fortsett").click()
        assert page.evaluate("window.sent") == 1


@pytest.mark.browser
def test_a_question_before_what_cannot_be_undone_takes_the_focus_and_gives_it_back(browser):
    with opened(browser, "parts") as page:
        asks = page.get_by_role("button", name="Slett avtalen …")
        asks.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(asks).to_be_focused()
