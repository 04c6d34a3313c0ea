"""A file to upload, and what the values in it mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.models import Organisation, OrganisationKind
from services.models import Service
from sla.actions.imports import MEGABYTE, Meanings, read_file, refuse_too_large
from sla.imports.guesses import guesses
from sla.imports.layout import MISSING
from sla.imports.reading import Refused
from sla.models import REST, Import, ImportMapping, MappingKind

type Counted = Sequence[tuple[str, int]]


def _help_with_limit() -> str:
    limit = settings.IMPORT_LIMIT_BYTES // MEGABYTE
    words = _(
        "An export from ServiceNow with one row per update, or a list from another service desk with one row per "
        "incident: CSV in UTF-8, or XLSX. At most %(limit)s MB."
    )
    return words % {"limit": limit}


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("The file"), help_text=lazy(_help_with_limit, str)())

    def clean_file(self) -> Any:
        try:
            refuse_too_large(self.cleaned_data["file"].size)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return self.cleaned_data["file"]

    def read(self, *, by: Any) -> Import | None:
        """The file in staging; None when it is refused, with the reason at the field."""
        if not self.is_valid():
            return None
        upload = self.cleaned_data["file"]
        try:
            return read_file(file=upload.file, name=upload.name, size=upload.size, by=by)
        except Refused as refusal:
            self.add_error("file", str(refusal))
            return None


@dataclass(frozen=True)
class Line:
    """A value at the source, how many incidents have it, and the field that says what it means."""

    words: str
    count: int | None
    field: BoundField


@dataclass(frozen=True)
class Part:
    """One of the two halves of the form: locations to municipalities, categories to services."""

    kind: str
    values: Counted
    choices: dict[str, Organisation | Service]
    rest: str
    missing: str
    unanswered: str
    nothing: str

    def name(self, place: int) -> str:
        return f"{self.kind}-{place}"

    @property
    def asked(self) -> list[str]:
        return [REST, *(value for value, _count in self.values)]


class MappingForm(forms.Form):
    """What each value means. Without an answer it means what `*` means; one of the two has to be there.

    For a list the form begins with a guess where nobody has answered; ServiceNow's words are codes of its own.
    """

    def __init__(
        self, data: Any = None, *, source: str, locations: Counted, categories: Counted, guesses_names: bool = False
    ) -> None:
        super().__init__(data)
        rows = ImportMapping.objects.filter(source=source)
        self.known = {(row.kind, row.value): str(row.organisation_id or row.service_id) for row in rows}
        self.parts = [_places(locations), _services(categories)]
        for part in self.parts:
            self._add_fields(part, _unanswered(part, self.known) if guesses_names else {})

    def _add_fields(self, part: Part, guessed: Mapping[str, str]) -> None:
        targets = [(key, str(target)) for key, target in part.choices.items()]
        for place, value in enumerate(part.asked):
            label, nothing = (part.rest, "–") if value == REST else (value, _("as all others"))
            guess = guessed.get(value, "")
            self.fields[part.name(place)] = forms.ChoiceField(
                label=label,
                choices=[("", nothing), *targets],
                required=False,
                initial=self.known.get((part.kind, value), guess),
                help_text=_("Suggested: %(name)s") % {"name": part.choices[guess]} if guess else "",
            )

    def clean(self) -> dict[str, Any]:
        for part in self.parts:
            if not self.cleaned_data.get(part.name(0)):
                self._demand_each(part)
        return self.cleaned_data

    def _demand_each(self, part: Part) -> None:
        for place in range(1, len(part.values) + 1):
            if not self.cleaned_data.get(part.name(place)):
                self.add_error(part.name(0), part.unanswered)
                return

    def lines(self, part: Part) -> list[Line]:
        counts: list[int | None] = [None, *(count for _value, count in part.values)]
        words = [part.rest, *(part.missing if value == MISSING else value for value, _count in part.values)]
        fields = [self[part.name(place)] for place in range(len(words))]
        return [Line(*line) for line in zip(words, counts, fields, strict=True)]

    @property
    def locations(self) -> list[Line]:
        return self.lines(self.parts[0])

    @property
    def categories(self) -> list[Line]:
        return self.lines(self.parts[1])

    @property
    def meanings(self) -> Meanings:
        return {
            (part.kind, value): part.choices.get(self.cleaned_data[part.name(place)])
            for part in self.parts
            for place, value in enumerate(part.asked)
        }


def _unanswered(part: Part, known: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """The guesses at what nobody has said the meaning of."""
    values = [value for value, _count in part.values if (part.kind, value) not in known]
    return guesses(part.kind, values, part.choices.values())


def _places(locations: Counted) -> Part:
    owners = Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY).select_related("municipality")
    return Part(
        kind=MappingKind.MUNICIPALITY,
        values=locations,
        choices={str(row.pk): row for row in owners},
        rest=_("All other locations"),
        missing=_("Without a location"),
        unanswered=_("Choose a municipality for each location, or one for all other locations."),
        nothing=_("There are no municipalities to choose from. Add the owners of the partnership first."),
    )


def _services(categories: Counted) -> Part:
    return Part(
        kind=MappingKind.SERVICE,
        values=categories,
        choices={str(row.pk): row for row in Service.objects.offered()},
        rest=_("All other categories"),
        missing=_("Without a category"),
        unanswered=_("Choose a service for each category, or one for all other categories."),
        nothing=_("There are no services to choose from. Add them to the catalogue first."),
    )
