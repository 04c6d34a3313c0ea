"""Agreed times as people type them: «8 t», «30 min», «1 t 30 min», «8:00», «3 virkedager», «neste virkedag»."""

import re
from dataclasses import dataclass
from decimal import Decimal

MINUTES_AN_HOUR = 60
CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
HOURS = r"(?:(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:t|h|time|timer|timar|hours?)\b\.?)?"
MINUTES = r"(?:(\d{1,5})\s*(?:m|min|minutt|minutter|minutes?)\b\.?)?"
WORDS = re.compile(rf"{HOURS}\s*{MINUTES}")
WORKING_DAY = r"(?:vd|(?:virke|yrke|verke|arbeids)dag(?:en|er|ar)?|(?:working|business) days?)"
DAYS = re.compile(rf"(\d{{1,3}})\s*{WORKING_DAY}")
NEXT_DAY = re.compile(rf"(?:the )?(?:neste|next) {WORKING_DAY}")


class UnreadableDuration(ValueError):  # noqa: N818 - it is the duration that is unreadable
    """A text that is no length of time, or one that is no whole number of minutes or days."""


@dataclass(frozen=True)
class Allowed:
    """Working time in minutes; or working days, to the same time of day or until the next of them closes."""

    minutes: int | None = None
    days: int | None = None
    until_closing: bool = False


def parse_allowed(text: str) -> Allowed:
    """At least one minute or day. A bare number is refused: nobody can tell hours from minutes in it."""
    words = " ".join(text.lower().split())
    if NEXT_DAY.fullmatch(words):
        return Allowed(days=1, until_closing=True)
    if (found := DAYS.fullmatch(words)) and int(found[1]):
        return Allowed(days=int(found[1]))
    return Allowed(minutes=_minutes(words))


def _minutes(words: str) -> int:
    if found := CLOCK.fullmatch(words):
        minutes = Decimal(int(found[1]) * MINUTES_AN_HOUR + int(found[2]))
    elif (found := WORDS.fullmatch(words)) and any(found.groups()):
        hours = Decimal((found[1] or "0").replace(",", "."))
        minutes = hours * MINUTES_AN_HOUR + int(found[2] or 0)
    else:
        raise UnreadableDuration(words)
    if minutes < 1 or minutes != int(minutes):
        raise UnreadableDuration(words)
    return int(minutes)
