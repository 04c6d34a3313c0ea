from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from partnership import languages


class LanguageMiddleware:
    """Speaks the reader's language, for the length of the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.LANGUAGE_CODE = languages.of_request(request)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        patch_vary_headers(response, ["Cookie"])
        return response


class LoginMiddleware(LoginRequiredMiddleware):
    """After the login a person comes to the page where the button was pressed, as a button's own address is no page."""

    def handle_no_permission(self, request: HttpRequest, view: Any) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view)
        return redirect_to_login(page_pressed_on(request), resolve_url(self.get_login_url(view)))


def page_pressed_on(request: HttpRequest) -> str:
    """Home when the browser does not tell, or tells of another site."""
    referer = request.headers.get("Referer", "")
    parts = urlsplit(referer)
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    if not ours or parts.path.startswith("//"):
        return resolve_url("portal:home")
    return parts._replace(scheme="", netloc="", fragment="").geturl()


class WrongMethodMiddleware:
    """Says in words, in the frame of the house, that an address is not opened the way it was."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            response.content = render_to_string("405.html", request=request)
        return response
