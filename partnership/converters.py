"""What an address may hold. PostgreSQL refuses NUL in a text, so no address with one leads anywhere."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class WordConverter(StringConverter):
    regex = r"[^/\x00]+"


register_converter(WordConverter, "word")
