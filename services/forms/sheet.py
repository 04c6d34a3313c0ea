"""The whole sheet of a version: one form, rows of seasons, rows of single days."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Self

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from services.forms.calendars import ExceptionRows, HoursForm, SeasonRows

ROWS = {"seasons": SeasonRows, "exceptions": ExceptionRows}


class VersionSheet:
    """Speaks to the error summary as a form does. Without JavaScript a button posts it back with another row."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        form_class: type[HoursForm] = HoursForm,
        **options: Any,
    ) -> None:
        initial = initial or {}
        self.form = form_class(data, initial=initial.get("form"), **options)
        self.rows = {name: rows(data, initial=initial.get(name), prefix=name) for name, rows in ROWS.items()}

    def editing(self, row: Model, *, seen: str = "") -> Self:
        self.form.editing(row, seen=seen)
        return self

    @property
    def seen(self) -> str:
        return self.form.seen

    @property
    def is_bound(self) -> bool:
        return self.form.is_bound

    @property
    def seasons(self) -> forms.BaseFormSet:
        return self.rows["seasons"]

    @property
    def exceptions(self) -> forms.BaseFormSet:
        return self.rows["exceptions"]

    def with_another_row(self, name: str) -> Self:
        """What is typed, unjudged, with one more row of the kind asked for."""
        typed = {"form": _typed(self.form)} | {
            kind: [_typed(form) for form in rows.forms] for kind, rows in self.rows.items()
        }
        sheet = type(self)(initial=typed, form_class=type(self.form))
        for kind, rows in sheet.rows.items():
            rows.extra = 1 if kind == name else 0
        return sheet

    def perform(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """What the action gives back; None when the sheet or the action refused it."""
        if not self.is_valid():
            return None
        hours = self.hours()

        def act(**typed: Any) -> Any:
            named = {name: typed[name] for name in ("name", "first_day") if name in typed}
            return action(**named, hours=hours, **arguments)

        return self.form.perform(act)

    def is_valid(self) -> bool:
        valid = [part.is_valid() for part in (self.form, *self.rows.values())]
        return all(valid) and self._each_day_once()

    def hours(self) -> dict[str, Any]:
        """The fields of a version that say when it is open."""
        return self.form.stored() | {
            "seasons": [row.stored() for row in self.seasons.filled()],
            "exceptions": {
                row.cleaned_data["day"].isoformat(): row.cleaned_data["times"] for row in self.exceptions.filled()
            },
        }

    def _each_day_once(self) -> bool:
        days = [row.cleaned_data["day"] for row in self.exceptions.filled()]
        for number, row in enumerate(self.exceptions.filled()):
            if days[number] in days[:number]:
                row.add_error("day", _("This date stands twice."))
        return len(set(days)) == len(days)

    @property
    def errors(self) -> list[Any]:
        return [form.errors for form in self._forms() if form.errors]

    def non_field_errors(self) -> list[Any]:
        return [error for form in self._forms() for error in form.non_field_errors()]

    def __iter__(self) -> Iterator[forms.BoundField]:
        return (field for form in self._forms() for field in form)

    def _forms(self) -> list[forms.BaseForm]:
        return [self.form, *(form for rows in self.rows.values() for form in rows.forms)]


def _typed(form: forms.BaseForm) -> dict[str, Any]:
    return {name: form[name].value() for name in form.fields}
