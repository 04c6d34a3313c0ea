"""HTML to a PDF that a screen reader can read: tagged PDF/UA-1, and the same bytes for the same page and instant.

The only file that knows WeasyPrint. Its tags alone do not pass a checker, so pikepdf mends the rest; docs/adr/0021
says what and why. Nothing is fetched: the page may name data: addresses and what the caller hands over.
"""

import logging
import mimetypes
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Lock
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import weasyprint
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from kit.pdf_tags import mended

BASE_URL = "https://document.invalid/"
FONT_FILES = {
    "inter-latin-opsz-normal.woff2": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, "
    "U+0308, U+0329, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "inter-latin-ext-opsz-normal.woff2": "U+0100-02BA, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20AB, U+20AD-20C0, U+2113",
}
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
FULL_ADDRESSES = ("#", "https://", "http://", "mailto:")
SHOWN = 60
EPOCH_LOCK = Lock()

type Files = Mapping[str, Path | bytes | str]
"""What a page may name: an address such as ``/static/`` to a folder, or ``/print.css`` to a file or its contents."""


class PdfError(Exception):
    """The page cannot become an accessible PDF; the message says what to mend."""


def render(html: str, *, instant: datetime, fonts: Path, files: Files | None = None) -> bytes:
    """Render a page to PDF/UA-1.

    html needs a lang and a title, and an alt on every img. instant is when its figures were frozen, aware; it is
    stamped into the fonts and the metadata, so the same html and instant give the same bytes. fonts is the folder with
    Inter's woff2 files (``@fontsource-variable/inter/files``); the page says ``font-family: Inter``. files maps the
    addresses that the page may name.

    Raises PdfError for a missing language, title or file, an address that is not in files, or a naive instant.
    """
    if instant.tzinfo is None:
        raise PdfError("The instant of the figures needs a time zone.")
    complaints: list[str] = []
    fetcher = _Fetcher({**(files or {}), "/.fonts/": fonts}, complaints)
    with _epoch(instant), _listening(complaints):
        page = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher)
        _check(page.etree_element)
        configuration = FontConfiguration()
        sheet = weasyprint.CSS(string=_font_faces(), base_url=BASE_URL, url_fetcher=fetcher, font_config=configuration)
        tagged = page.write_pdf(stylesheets=[sheet], font_config=configuration, pdf_variant="pdf/ua-1")
    if complaints:
        raise PdfError("; ".join(dict.fromkeys(complaints)))
    return mended(tagged, _link_texts(page.etree_element))


def _check(root: Element) -> None:
    if not root.get("lang"):
        raise PdfError("The page says no language: <html lang=…> is missing.")
    title = root.find("head/title")
    if title is None or not "".join(title.itertext()).strip():
        raise PdfError("The page has no <title>.")
    for image in root.iter("img"):
        if not image.get("alt", "").strip():
            raise PdfError(f"An image has no alternative text: {image.get('src', '')[:SHOWN]}")
    for link in root.iter("a"):
        if not link.get("href", "#").startswith(FULL_ADDRESSES):
            raise PdfError(f"A link on paper needs its full address: {link.get('href')}")


class _Fetcher(URLFetcher):
    """Reads data: addresses and the caller's files. WeasyPrint goes on without what it cannot read, so keep a list."""

    def __init__(self, files: Files, refused: list[str]) -> None:
        super().__init__(allowed_protocols={"data"})
        self._files, self._refused = files, refused

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        try:
            return URLFetcherResponse(url, self._read(url), {"Content-Type": _media_type(url)})
        except OSError as error:
            self._refused.append(f"{url} is not among the files of the page, and nothing else is fetched")
            raise ValueError(self._refused[-1]) from error

    def _read(self, url: str) -> bytes:
        address = unquote(urlsplit(url).path) if url.startswith(BASE_URL) else ""
        for prefix in sorted(self._files, key=len, reverse=True):
            if address == prefix or (prefix.endswith("/") and address.startswith(prefix)):
                return _contents(self._files[prefix], address.removeprefix(prefix))
        raise FileNotFoundError(url)


def _media_type(url: str) -> str:
    return mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"


def _contents(source: Path | bytes | str, rest: str) -> bytes:
    if isinstance(source, str):
        return source.encode()
    if isinstance(source, bytes):
        return source
    path = (source / rest).resolve() if rest else source.resolve()
    if not path.is_relative_to(source.resolve()):
        raise PermissionError(path)
    return path.read_bytes()


def _font_faces() -> str:
    face = '@font-face{{font-family:"Inter";src:url("/.fonts/{}");unicode-range:{}}}'
    return "".join(face.format(name, signs) for name, signs in FONT_FILES.items())


class _Listener(logging.Handler):
    """Collects what WeasyPrint gives up on: an image that cannot be drawn, a link that leads nowhere."""

    def __init__(self, complaints: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._complaints = complaints

    def emit(self, record: logging.LogRecord) -> None:
        self._complaints.append(record.getMessage())


@contextmanager
def _listening(complaints: list[str]) -> Iterator[None]:
    listener = _Listener(complaints)
    LOGGER.addHandler(listener)
    try:
        yield
    finally:
        LOGGER.removeHandler(listener)


@contextmanager
def _epoch(instant: datetime) -> Iterator[None]:
    """fontTools stamps the time of day into each font unless SOURCE_DATE_EPOCH says which."""
    with EPOCH_LOCK:
        before = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ["SOURCE_DATE_EPOCH"] = str(int(instant.timestamp()))
        try:
            yield
        finally:
            if before is None:
                del os.environ["SOURCE_DATE_EPOCH"]
            else:
                os.environ["SOURCE_DATE_EPOCH"] = before


def _link_texts(root: Element) -> dict[str, str]:
    """For each address that links point at, what to say of it: a title, the heading there, or its words."""
    headings = {element.get("id", ""): _heading(element) for element in root.iter() if element.get("id")}
    links = [(link.get("href", ""), link) for link in root.iter("a")]
    return {
        href.removeprefix("#"): link.get("title") or headings.get(href.removeprefix("#")) or _words(link)
        for href, link in links
    }


def _heading(element: Element) -> str:
    first = next((part for part in element.iter() if part.tag in HEADINGS), None)
    return "" if first is None else _words(first)


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
