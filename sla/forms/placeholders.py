"""Words in brackets in the templates of service notices: «[tjenesten]» is filled in, others a person replaces."""

import re
from collections.abc import Sequence

from sla.words import plain

SERVICE = re.compile(r"\[(tjenesten|tenesta|the service)\]", re.IGNORECASE)
LEFT = re.compile(r"\[[^\[\]\n]+\]")


def filled(text: str, services: Sequence[object]) -> str:
    """With the names of the services, where any are chosen."""
    if not services:
        return text
    return SERVICE.sub(lambda _found: plain.listed(services), text)


def left_in(text: str) -> str:
    """The words in brackets that only a person can replace, each once; empty without any."""
    found = (one.group() for one in LEFT.finditer(text) if not SERVICE.fullmatch(one.group()))
    return plain.listed(list(dict.fromkeys(found)))
