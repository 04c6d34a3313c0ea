"""Opening hours in the reader's language: what is wrong with a text, and a week told in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from kit.opening_hours import WEEKDAYS
from services import hours
from services.hours import Problem, UnreadableHours, Wording

DAY_NAMES = dict(zip(WEEKDAYS, WEEKDAY_NAMES.values(), strict=True))

MENDS = {
    Problem.CLOCK: _("“%(part)s” holds no time of day. Write it as 08.00."),
    Problem.INTERVAL: _("“%(part)s” is no opening hours. Write 08.00–15.45, with a comma before the next hours."),
    Problem.NO_LENGTH: _("“%(part)s” opens and closes at the same time. Write “around the clock” if it never closes."),
    Problem.OVERLAP: _("%(part)s overlap. Write them as one."),
    Problem.MONTH_DAY: _("“%(part)s” is no day of the year. Write day and month as 15.05."),
    Problem.DATE: _("“%(part)s” is no date. Write dd.mm.yyyy."),
}


def mend(error: UnreadableHours) -> str:
    return str(MENDS[error.problem] % {"part": error.part})


def wording() -> Wording:
    """How the active language writes hours."""
    return Wording(
        pgettext("opening hours", "closed"), gettext("around the clock"), pgettext("between hours and minutes", ":")
    )


def times(value: Sequence[Sequence[str]]) -> str:
    return hours.format_times(value, wording())


def clock(value: str) -> str:
    return value.replace(":", wording().point)


def days(first: str, last: str) -> str:
    """«mandag–fredag», «lørdag»."""
    return str(DAY_NAMES[first]) if first == last else f"{DAY_NAMES[first]}–{DAY_NAMES[last]}"


def week(weekly: Mapping[str, Sequence[Sequence[str]]]) -> list[tuple[str, str]]:
    """The week in as few lines as say it: («Mandag–fredag», «08.00–15.45»), («Lørdag–søndag», «stengt»)."""
    return [(str(capfirst(days(first, last))), times(value)) for first, last, value in hours.runs(weekly)]


def season_name(season: Mapping[str, Any]) -> str:
    """«15.05.–14.09.»."""
    return f"{hours.format_month_day(season['from'])}–{hours.format_month_day(season['to'])}"
