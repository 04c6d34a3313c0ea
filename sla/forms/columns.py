"""Which column of a list is what."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.forms.base import ActionForm
from sla.imports.columns import LABELS, REQUIRED, guess, read_twice
from sla.imports.staging import column_name
from sla.models import Import

HELP = {
    "opened": gettext_lazy("As 2026-04-01 08:00 or 01.04.2026 08:00, in Norwegian time unless it says otherwise."),
    "priority": gettext_lazy("A digit, such as 2 or P2, or a word such as high."),
    "responded": gettext_lazy("When a person answered. An automatic reply is no answer."),
    "resolved": gettext_lazy("Without it no incident counts as solved, not even one that is closed."),
    "impact": gettext_lazy("1 everyone, 2 a whole organisation, 3 a unit, 4 one user; or the words."),
}


class ColumnsForm(ActionForm):
    """Begins with what the columns were the last time, or with what they are usually called."""

    source = forms.CharField(
        label=gettext_lazy("Name of the service desk"),
        max_length=40,
        help_text=gettext_lazy("The same name each time: by it and its number an incident is known again."),
    )

    def __init__(self, data: Any = None, *, one: Import) -> None:
        known = one.columns or guess(one.header)
        super().__init__(data, initial={"source": one.source} | {name: str(place) for name, place in known.items()})
        places = [
            ("", _("No column")),
            *((str(place), column_name(one.header, place)) for place in range(len(one.header))),
        ]
        for name, label in LABELS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=places,
                coerce=int,
                empty_value=None,
                required=name in REQUIRED,
                help_text=HELP.get(name, ""),
                error_messages={"required": _("Choose the column.")},
            )

    def clean(self) -> dict[str, Any]:
        """The arguments of `choose_columns`."""
        typed = {name: place for name in LABELS if (place := self.cleaned_data.get(name)) is not None}
        for name in read_twice(typed):
            self.add_error(name, _("One column cannot be two things."))
        return {"source": self.cleaned_data.get("source", "").strip(), "columns": typed}
