"""What a source calls municipalities and services: read from a person's JSON, remembered, asked for."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnership.models import Municipality
from services.models import Service
from sla.imports.columns import LABELS, REQUIRED, read_twice
from sla.imports.reading import Refused
from sla.models.imports import MappingKind

LISTED = 10


@dataclass(frozen=True)
class Codes:
    """Values at the source to municipality numbers, and to service codes; `*` is the rest."""

    municipality: Mapping[str, str]
    service: Mapping[str, str]


def read_codes(text: str) -> Codes:
    """`{"municipality": {"Location 143": "4203", "*": "4204"}, "service": {"*": "BRUKER"}}`, checked."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise Refused(_("The mapping is not JSON: %(error)s.") % {"error": error}) from error
    parts = [_part(content, kind) for kind in MappingKind.values]
    codes = Codes(*parts)
    refuse_unknown(codes)
    return codes


def _part(content: Any, kind: str) -> Mapping[str, str]:
    part = content.get(kind, {}) if isinstance(content, dict) else None
    if not isinstance(part, dict) or not all(isinstance(code, str) for code in part.values()):
        raise Refused(
            _("The mapping must be an object with “municipality” and “service”, each from a value to a number or code.")
        )
    if empty := [value for value, code in part.items() if not code.strip()]:
        raise Refused(_("%(kind)s: “%(value)s” leads to an empty code.") % {"kind": kind, "value": empty[0]})
    return part


def read_columns(text: str) -> Mapping[str, str]:
    """`{"number": "Saksnr", "opened": "Opprettet", "priority": "Prioritet"}`: what a list calls what we know."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise Refused(_("The columns are not JSON: %(error)s.") % {"error": error}) from error
    if not isinstance(content, dict) or not all(isinstance(name, str) for name in content.values()):
        raise Refused(_("The columns must be an object from what we know to what the file calls it."))
    if strangers := content.keys() - LABELS.keys():
        words = _("columns: “%(key)s” is not known; write %(known)s.")
        raise Refused(words % {"key": min(strangers), "known": ", ".join(LABELS)})
    if missing := [name for name in REQUIRED if name not in content]:
        raise Refused(_("columns: %(names)s must be there.") % {"names": ", ".join(missing)})
    return content


def places_of(columns: Mapping[str, str], header: Sequence[str]) -> dict[str, int]:
    """From 0. Refused for a column that the file does not have, or has twice, and for one that would be two things."""
    if missing := [column for column in columns.values() if column not in header]:
        raise Refused(_("The header in line 1 lacks: %(columns)s.") % {"columns": ", ".join(missing)})
    if twice := [column for column in columns.values() if list(header).count(column) > 1]:
        raise Refused(_("The header in line 1 has the column %(column)s twice.") % {"column": twice[0]})
    places = {name: header.index(column) for name, column in columns.items()}
    if both := read_twice(places):
        raise Refused(_("columns: “%(column)s” cannot be two things.") % {"column": columns[both[0]]})
    return places


def refuse_unknown(codes: Codes) -> None:
    numbers, services = set(codes.municipality.values()), set(codes.service.values())
    known = Municipality.objects.filter(number__in=numbers).values_list("number", flat=True)
    if strangers := numbers - set(known):
        raise Refused(_("No municipality has the number %(numbers)s.") % {"numbers": listed(strangers)})
    offered = Service.objects.filter(code__in=services).values_list("code", flat=True)
    if strangers := services - set(offered):
        raise Refused(_("No service has the code %(codes)s.") % {"codes": listed(strangers)})


def refuse_unmapped(values: Iterable[tuple[str, str]]) -> None:
    """A sentence that names what leads nowhere, if anything does."""
    places = [value for kind, value in values if kind == MappingKind.MUNICIPALITY]
    categories = [value for kind, value in values if kind == MappingKind.SERVICE]
    if places:
        raise Refused(_("These locations lead to no municipality: %(values)s.") % {"values": listed(places)})
    if categories:
        raise Refused(_("These categories lead to no service: %(values)s.") % {"values": listed(categories)})


def listed(values: Iterable[str]) -> str:
    """The first few in order, and how many more there are."""
    ordered = sorted(values)
    text = ", ".join(ordered[:LISTED])
    more = len(ordered) - LISTED
    return _("%(values)s and %(count)s more") % {"values": text, "count": more} if more > 0 else text
