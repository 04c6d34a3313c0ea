"""What our accounts are to allauth: made by an administrator, never by signing up, and spoken to in their language."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from partnership import languages


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is wrong."),
        "enter_current_password": _("This is not your current password."),
        "too_many_login_attempts": _("Too many attempts failed. Wait a few minutes and try again."),
        "invalid_password_reset": _("The link does not work any more."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("partnership:profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the address that we are known by: who asks for the e-mail also chooses the host of the request."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the language of the person, not of the browser that asked."""
        person = context.get("user")
        with translation.override(languages.of_user(person) if person else translation.get_language()):
            super().send_mail(template_prefix, email, context)
