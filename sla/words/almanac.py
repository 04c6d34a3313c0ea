"""Holidays by name, days with hours of their own, and nights on which the clock was set."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.timetable import OpenDay
from sla.words import plain

NAMED_AT_MOST = 6


def sentences(days: Sequence[OpenDay], changes: Sequence[tuple[datetime, timedelta]]) -> Iterator[str]:
    """«Stengt: langfredag 03.04.2026. Egne tider: julaften 24.12.2026 (08.00–12.00).»"""
    if closed := [day for day in days if not day.is_open]:
        yield _("Closed: %(days)s.") % {"days": _named([_dated(day) for day in closed])}
    if otherwise := [day for day in days if day.is_open]:
        yield _("Other hours: %(days)s.") % {"days": _named([f"{_dated(day)} ({day.hours})" for day in otherwise])}
    for at, by in changes:
        words = (
            _("The clock was set forward by %(time)s on %(day)s, and that time was none.")
            if by > timedelta()
            else _("The clock was set back by %(time)s on %(day)s, and that time counts twice.")
        )
        yield words % {"time": plain.duration(abs(by)), "day": plain.day(at.date())}


def _dated(day: OpenDay) -> str:
    """«langfredag 03.04.2026»; in English «Good Friday 3 Apr 2026»."""
    name = day.reason if plain.language().startswith("en") else day.reason[:1].lower() + day.reason[1:]
    return f"{name} {plain.day(day.day)}"


def _named(days: Sequence[str]) -> str:
    if len(days) <= NAMED_AT_MOST:
        return plain.listed(days)
    more = len(days) - NAMED_AT_MOST
    words = ngettext("%(count)s more day", "%(count)s more days", more) % {"count": more}
    return plain.listed([*days[:NAMED_AT_MOST], words])
