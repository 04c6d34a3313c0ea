"""What a source calls municipalities and services: read from a person's JSON, remembered, asked for."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from partnership.models import Municipality
from services.models import Service
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
