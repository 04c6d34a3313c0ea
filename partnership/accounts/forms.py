"""allauth's forms in our words and all our languages; what they do is theirs."""

from typing import Any

from allauth.account import forms as theirs
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}


class OurWords(forms.Form):
    """Labels above the fields instead of placeholders in them; links to other pages stand outside the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS[name]
            field.help_text = password_validators_help_text_html() if name == "password1" else ""
            field.widget.attrs.pop("placeholder", None)


class SamePassword(OurWords):
    def clean(self) -> dict[str, Any]:
        """allauth says the same, but not in Nynorsk."""
        cleaned: dict[str, Any] = super().clean()
        if "password2" in self.errors:
            del self.errors["password2"]
            self.add_error("password2", _("Write the same password twice."))
        return cleaned


class LoginForm(OurWords, theirs.LoginForm):  # type: ignore[misc]
    pass


class ResetPasswordForm(OurWords, theirs.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetPasswordKeyForm(SamePassword, theirs.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(SamePassword, theirs.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(SamePassword, theirs.SetPasswordForm):  # type: ignore[misc]
    pass
