"""Agreed times as people type them: «8 t», «30 min», «1 t 30 min», «8:00»."""

import re
from datetime import timedelta

MINUTES_AN_HOUR = 60
CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
HOURS = r"(?:(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:t|h|time|timer|timar|hours?)\b\.?)?"
MINUTES = r"(?:(\d{1,5})\s*(?:m|min|minutt|minutter|minutes?)\b\.?)?"
WORDS = re.compile(rf"{HOURS}\s*{MINUTES}")


class UnreadableDuration(ValueError):  # noqa: N818 - it is the duration that is unreadable
    """A text that is no length of time, or one that is no whole number of minutes."""


def parse_minutes(text: str) -> int:
    """Whole minutes, at least one. A bare number is refused: nobody can tell hours from minutes in it."""
    words = " ".join(text.lower().split())
    if found := CLOCK.fullmatch(words):
        minutes = timedelta(hours=int(found[1]), minutes=int(found[2])) / timedelta(minutes=1)
    elif (found := WORDS.fullmatch(words)) and any(found.groups()):
        hours = float((found[1] or "0").replace(",", "."))
        minutes = hours * MINUTES_AN_HOUR + int(found[2] or 0)
    else:
        raise UnreadableDuration(text)
    if minutes < 1 or minutes != int(minutes):
        raise UnreadableDuration(text)
    return int(minutes)
