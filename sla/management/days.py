"""Days and months as options of commands. A wrong one is one sentence, without the usage that argparse adds."""

from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def a_day(text: str, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        words = _("%(option)s: “%(text)s” is no day like 2016-01-01.")
        raise CommandError(words % {"option": option, "text": text}) from error


def a_month(text: str, option: str) -> date:
    """The first of a month."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        words = _("%(option)s: “%(text)s” is no month like 2016-02.")
        raise CommandError(words % {"option": option, "text": text}) from error
