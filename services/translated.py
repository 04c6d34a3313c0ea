"""The catalogue's content in three languages, by the means that all rooms share."""

from partnership.translated import LANGUAGES, in_language, translated

__all__ = ["LANGUAGES", "in_language", "translated"]
