"""What every form of ours does: dates as people write them, and an action's refusal as words at the fields."""

from collections.abc import Callable
from typing import Any, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnership import clashes
from partnership.periods import FIRST_DAY, LAST_DAY, meant_instants


def offered(choices: Any, first: Any = None) -> list[tuple[str, Any]]:
    """The choices of an enum with capital letters; with `first`, nothing is chosen until a person chooses."""
    beginning = [] if first is None else [("", first)]
    return [*beginning, *((value, capfirst(label)) for value, label in choices.choices)]


class DayField(forms.DateField):
    """A day, typed; today unless something else is said."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        defaults = {"initial": timezone.localdate, "help_text": _("Write dd.mm.yyyy"), "localize": True}
        defaults |= {"validators": [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]}
        super().__init__(label=label, **(defaults | kwargs))


class InstantField(forms.DateTimeField):
    """A day and a time of day in Norway, typed."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        defaults = {"help_text": _("Write dd.mm.yyyy hh.mm"), "localize": True, "validators": meant_instants()}
        super().__init__(label=label, **(defaults | kwargs))


class PercentField(forms.DecimalField):
    """A share in per cent with at most six decimals."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        limits = {"min_value": 0, "max_value": 100, "max_digits": 9, "decimal_places": 6, "localize": True}
        super().__init__(label=label, **(limits | kwargs))


class ActionForm(forms.Form):
    """A form whose fields are the arguments of an action."""

    tells_optional = True
    """Says at each field that may be left; False where that is so of all of them, and of no news."""
    edited: Model | None = None
    seen = ""
    """What the history of the edited row said when the page was opened; goes along with what is typed."""

    def editing(self, row: Model, *, seen: str = "") -> Self:
        """Refuses, once, to overwrite what somebody else has saved since; `seen` carries on from a page before."""
        self.edited = row
        self.seen = seen or self.data.get("seen") or clashes.mark_of(row)
        return self

    def perform(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """What the action gives back for what was typed; None when the form or the action refused it."""
        if not self.is_valid():
            return None
        try:
            with transaction.atomic():
                if self.edited:
                    clashes.refuse_changed(self.edited, since=self.seen)
                return action(**self.cleaned_data, **arguments)
        except ValidationError as error:
            self._say(error)
            if self.edited and getattr(error, "code", "") == clashes.CHANGED:
                self.seen = clashes.mark_of(self.edited)
            return None

    def _say(self, error: ValidationError) -> None:
        """At the field where the form has it, else on top of the form."""
        for name, messages in error.update_error_dict({}).items():
            known = name if name in self.fields and name != NON_FIELD_ERRORS else None
            self.add_error(known, messages)
