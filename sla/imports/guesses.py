"""What a value of a list most likely means: the one that is called the same, where there is one and no more."""

from collections.abc import Iterable, Mapping

from partnership.models import Organisation
from services.models import Service
from sla.models.imports import MappingKind

KIND_OF_PLACE = "kommune"


def guesses(kind: str, values: Iterable[str], targets: Iterable[Organisation | Service]) -> dict[str, str]:
    """The key of what each value is called after; values that could mean two things, or none, are left out."""
    called = _called(kind, targets)
    found = {value: called.get(_plain(kind, value), set()) for value in values}
    return {value: str(min(keys)) for value, keys in found.items() if len(keys) == 1}


def _called(kind: str, targets: Iterable[Organisation | Service]) -> Mapping[str, set[int]]:
    called: dict[str, set[int]] = {}
    for target in targets:
        for name in _names(target):
            called.setdefault(_plain(kind, name), set()).add(target.pk)
    return called


def _names(target: Organisation | Service) -> list[str]:
    if isinstance(target, Service):
        names = [target.code, target.name_nb, target.name_nn, target.name_en]
    else:
        register = target.municipality
        names = [target.name, *([register.number, register.name, register.official_name] if register else [])]
    return [name for name in names if name]


def _plain(kind: str, name: str) -> str:
    """Without capitals and needless spaces, and a municipality without the word for what it is."""
    words = name.casefold().split()
    if kind == MappingKind.MUNICIPALITY and len(words) > 1:
        words = [word for word in words if word != KIND_OF_PLACE]
    return " ".join(words)
