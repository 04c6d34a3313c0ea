"""Days and months as arguments of commands."""

from argparse import ArgumentTypeError
from datetime import date

from django.utils.translation import gettext as _


def a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(_("“%(text)s” is no day like 2016-01-01.") % {"text": text}) from error


def a_month(text: str) -> date:
    """The first of a month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise ArgumentTypeError(_("“%(text)s” is no month like 2016-02.") % {"text": text}) from error
