"""The REST door's lock: a bearer token that is looked at and never changed by looking."""

from typing import Any

from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from partnership import languages
from partnership.models import ApiToken


class BearerToken(TokenAuthentication):  # type: ignore[misc]
    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        """Answers are then in the language of the token's holder."""
        known: tuple[Any, ApiToken] | None = super().authenticate(request)
        if known:
            translation.activate(languages.of_user(known[0]))
        return known

    def authenticate_credentials(self, token: bytes) -> tuple[Any, ApiToken]:
        """Knox takes for granted that what is sent is text."""
        if not token.isascii():
            raise AuthenticationFailed
        known: tuple[Any, ApiToken] = super().authenticate_credentials(token)
        return known

    def _cleanup_token(self, auth_token: ApiToken) -> bool:
        """Knox deletes what has expired; here a GET never writes, and an expired token stays to be seen."""
        return auth_token.is_expired


class BearerTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[misc, no-untyped-call]
    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
