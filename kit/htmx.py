"""One way to answer: the whole page, or the part of it that htmx asked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, partial: str = "", status: int = 200
) -> HttpResponse:
    """Renders the template, or only its `{% partialdef partial %}` when htmx swaps that part in.

    A history restore and a boosted link get the whole page. The answer differs by HX-Request, and says so to caches.
    """
    htmx = getattr(request, "htmx", None)
    swaps = bool(partial and htmx and not htmx.boosted and not htmx.history_restore_request)
    response = render(request, f"{template}#{partial}" if swaps else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
