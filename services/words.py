"""The versions of a calendar told in words: the week, the seasons, the days that differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kit import formats
from services import hour_words
from services.models import CalendarVersion
from services.opening import HalfDay

type Fact = tuple[str, str]


@dataclass(frozen=True)
class ToldVersion:
    """A version and the lines that tell it; `facts` are pairs of what and when."""

    version: CalendarVersion
    heading: str
    facts: list[Fact]
    is_in_force: bool


def told_versions(versions: Iterable[CalendarVersion]) -> list[ToldVersion]:
    return [
        ToldVersion(version, _heading(version), [*_facts(version)], version.holds_on(timezone.localdate()))
        for version in versions
    ]


def _heading(version: CalendarVersion) -> str:
    days = {
        "number": version.number,
        "first": version.first_day and _day(version.first_day),
        "last": version.last_day and _day(version.last_day),
    }
    if version.last_day:
        return _("Version %(number)s, %(first)s to %(last)s") % days
    return _("Version %(number)s, from %(first)s") % days


def _facts(version: CalendarVersion) -> Iterator[Fact]:
    yield from hour_words.week(version.weekly)
    for season in version.seasons:
        yield hour_words.season_name(season), _week_on_lines(season["weekly"])
    yield (
        _("Public holidays"),
        pgettext("opening hours", "closed") if version.has_public_holidays else _("open as other days"),
    )
    for rule, closes in version.half_days.items():
        yield str(HalfDay(rule).label), _("closes at %(clock)s") % {"clock": hour_words.clock(closes)}
    for day, times in sorted(version.exceptions.items()):
        yield _day(date.fromisoformat(day)), hour_words.times(times)
    if version.holidays:
        yield _("Other closed days"), ", ".join(_day(date.fromisoformat(day)) for day in sorted(version.holidays))
    yield _("Time zone"), version.zone


def _week_on_lines(weekly: Any) -> str:
    return "\n".join(f"{days}: {times}" for days, times in hour_words.week(weekly))


def _day(day: date) -> str:
    return formats.day(day, get_language() or "nb")
