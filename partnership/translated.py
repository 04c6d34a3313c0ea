"""Content in three languages: nb is always there, nn and en fall back on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("nb", "nn", "en")


def in_language(row: Any, field: str, language: str | None = None) -> str:
    """The field in the reader's language, else in bokmål."""
    code = (language or get_language() or "nb")[:2]
    return getattr(row, f"{field}_{code}", "") or getattr(row, f"{field}_nb")


def translated(field: str) -> property:
    read: Callable[[Any], str] = lambda row: in_language(row, field)  # noqa: E731 - a property wants a function
    return property(read)


@dataclass(frozen=True)
class Names:
    """A name in the three languages of the reader, as a report keeps it."""

    nb: str
    nn: str
    en: str

    def written(self, language: str) -> str:
        return {"nb": self.nb, "nn": self.nn, "en": self.en}.get(language[:2], self.nb)
