"""What every field says of what it cannot take: how to mend it, in our languages. Django says only what is wrong."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

UNKNOWN_CHOICE = _("Choose from the list. What was asked for is not in it.")
WORDS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Fill in this field.")},
    forms.DateField: {"invalid": _("Write the date as dd.mm.yyyy, for example 23.11.2026.")},
    forms.IntegerField: {"invalid": _("Write a whole number, for example 12.")},
    forms.DecimalField: {"invalid": _("Write a number, for example 12.5.")},
    forms.FileField: {"required": _("Choose a file.")},
    forms.ChoiceField: {"required": _("Choose from the list."), "invalid_choice": UNKNOWN_CHOICE},
    forms.ModelChoiceField: {"invalid_choice": UNKNOWN_CHOICE},
    forms.MultipleChoiceField: {"required": _("Choose at least one.")},
    forms.ModelMultipleChoiceField: {"required": _("Choose at least one.")},
}


def teach() -> None:
    """Before the first form is made, as a field takes its words when it is made."""
    for field, words in WORDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **words}  # type: ignore[attr-defined]
