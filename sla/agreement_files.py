"""A service agreement written as JSON by hand: read, checked to the last detail, every fault named by its place."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kit.opening_hours import WEEKDAYS, Interval, read_interval, read_time
from services.models import Service
from services.models.catalogue import CODE
from sla.models import CLOCKED, Metric
from sla.models.targets import GOOD_ENOUGH, NOTICE_DAYS, PRIORITIES, UP_GOOD_ENOUGH, UP_WANTED, WANTED

KEYS = ("tz", "weekly", "holidays", "targets", "wanted", "good_enough", "availability", "municipality", "service")
SHARE_STEP = Decimal("0.000001")
MOST_MINUTES = 2**31 - 1
MOST_NOTICE_DAYS = 365


class BadAgreement(ValueError):  # noqa: N818 - what it is
    """One sentence that says what is wrong and where in the file."""


@dataclass(frozen=True)
class Uptime:
    """What the file promises of availability; `notice_days` is how long before planned work must be notified."""

    wanted: Decimal
    good_enough: Decimal
    notice_days: int


@dataclass(frozen=True)
class Commitments:
    """What the file says. `minutes` is by priority and metric; `hours` are the fields of a calendar version."""

    hours: Mapping[str, Any]
    minutes: Mapping[tuple[int, Metric], int]
    wanted: Decimal
    good_enough: Decimal
    availability: Uptime | None
    municipalities: frozenset[str]
    services: frozenset[str]
    unknown: tuple[str, ...]


def read_agreement(text: str) -> Commitments:
    """BadAgreement unless everything in it can be used as it stands. Keys it does not know are told in `unknown`."""
    try:
        content = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise BadAgreement(_("This is not JSON: %(reason)s.") % {"reason": error}) from error
    content = _object(content, _("the file"))
    wanted = _share(content, "wanted", WANTED)
    return Commitments(
        hours=_hours(content),
        minutes=_deadlines(content),
        wanted=wanted,
        good_enough=_good_enough(content, wanted),
        availability=_availability(content),
        municipalities=_named(content, "municipality"),
        services=_services(content),
        unknown=tuple(key for key in content if key not in KEYS),
    )


def _object(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadAgreement(_("%(place)s: an object {…} is expected here.") % {"place": place})
    return value


def _hours(content: Mapping[str, Any]) -> dict[str, Any]:
    """Exactly these hours and holidays; without a list of holidays the Norwegian public ones."""
    holidays = content.get("holidays")
    hours = {
        "zone": content.get("tz", "Europe/Oslo"),
        "weekly": _object(content.get("weekly"), "weekly"),
        "has_public_holidays": holidays is None,
        "holidays": [] if holidays is None else list(_dates(holidays)),
    }
    _refuse_unknown_zone(hours["zone"])
    _refuse_bad_week(hours["weekly"])
    return hours


def _refuse_unknown_zone(zone: Any) -> None:
    if not isinstance(zone, str) or zone not in available_timezones():
        raise BadAgreement(_("tz: “%(zone)s” is no time zone; write one such as “Europe/Oslo”.") % {"zone": zone})


def _refuse_bad_week(weekly: Mapping[str, Any]) -> None:
    for day, times in weekly.items():
        place = f"weekly.{day}"
        if day not in WEEKDAYS:
            words = _("%(place)s: there is no such day; write %(days)s.")
            raise BadAgreement(words % {"place": place, "days": ", ".join(WEEKDAYS)})
        for number, span in enumerate(_spans(times, place)):
            _refuse_bad_span(span, f"{place}[{number}]")
    if not any(weekly.values()):
        raise BadAgreement(_("weekly: at least one day must have opening hours."))


def _spans(times: Any, place: str) -> list[Any]:
    """A closed day is an empty list, or null."""
    if not isinstance(times, list | None):
        raise BadAgreement(_('%(place)s: a list like [["08:00", "15:45"]] is expected here.') % {"place": place})
    return times or []


def _refuse_bad_span(span: Any, place: str) -> None:
    if not isinstance(span, list) or len(span) != len(Interval._fields):
        words = _('%(place)s: two times are expected here, like ["08:00", "15:45"].')
        raise BadAgreement(words % {"place": place})
    for clock in span:
        if not _is_clock(clock):
            words = _("%(place)s: “%(clock)s” is no time of day; write it like 08:00, at most 24:00.")
            raise BadAgreement(words % {"place": place, "clock": clock})
    try:
        read_interval(*span)
    except ValueError as error:
        words = _("%(place)s: %(opens)s–%(closes)s is no opening; the whole day is 00:00–24:00.")
        raise BadAgreement(words % {"place": place, "opens": span[0], "closes": span[1]}) from error


def _is_clock(text: Any) -> bool:
    try:
        read_time(text)
    except ValueError:
        return False
    return True


def _dates(holidays: Any) -> Iterator[str]:
    if not isinstance(holidays, list):
        raise BadAgreement(_("holidays: a list of dates like “2016-05-17” is expected here."))
    for place, day in enumerate(holidays):
        try:
            yield date.fromisoformat(day).isoformat()
        except (TypeError, ValueError) as error:
            words = _("holidays[%(place)s]: “%(day)s” is no date like 2016-05-17.")
            raise BadAgreement(words % {"place": place, "day": day}) from error


def _deadlines(content: Mapping[str, Any]) -> dict[tuple[int, Metric], int]:
    """An agreement may promise availability and nothing else."""
    if "availability" in content and not content.get("targets"):
        return {}
    return dict(_minutes(_object(content.get("targets"), "targets")))


def _minutes(targets: Mapping[str, Any]) -> Iterator[tuple[tuple[int, Metric], int]]:
    if not targets:
        raise BadAgreement(_("targets: at least one priority is expected here."))
    for priority, promised in targets.items():
        if priority not in map(str, PRIORITIES):
            words = _("targets: “%(priority)s” is no priority; write a digit from 1 to 5.")
            raise BadAgreement(words % {"priority": priority})
        for metric, minutes in _object(promised, f"targets.{priority}").items():
            place = f"targets.{priority}.{metric}"
            if metric not in CLOCKED:
                raise BadAgreement(_("%(place)s: write “response” or “resolution”.") % {"place": place})
            yield (int(priority), Metric(metric)), _whole_minutes(minutes, place)


def _whole_minutes(value: Any, place: str) -> int:
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not is_number or value != int(value) or not 0 <= value <= MOST_MINUTES:
        words = _("%(place)s: “%(value)s” is no whole number of minutes.")
        raise BadAgreement(words % {"place": place, "value": value})
    return int(value)


def _share(content: Mapping[str, Any], place: str, default: Decimal) -> Decimal:
    value = content.get(place, default)
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= 1 or Decimal(value) % SHARE_STEP:
        words = _("%(place)s: “%(value)s” is no share from 0 to 1 with at most six decimals.")
        raise BadAgreement(words % {"place": place, "value": value})
    return Decimal(value)


def _good_enough(content: Mapping[str, Any], wanted: Decimal, usual: Decimal = GOOD_ENOUGH) -> Decimal:
    """Left out, it is the usual one, or what is wanted where that is less."""
    share = _share(content, "good_enough", min(usual, wanted))
    if share > wanted:
        words = _("good_enough: %(share)s is more than wanted, %(wanted)s.")
        raise BadAgreement(words % {"share": share, "wanted": wanted})
    return share


def _availability(content: Mapping[str, Any]) -> Uptime | None:
    """A share such as 0.995, or an object that says more."""
    if "availability" not in content:
        return None
    given = content["availability"]
    terms = given if isinstance(given, dict) else {"wanted": _share(content, "availability", UP_WANTED)}
    if strangers := terms.keys() - {"wanted", "good_enough", "notice_days"}:
        words = _("availability: “%(key)s” is not known; write wanted, good_enough and notice_days.")
        raise BadAgreement(words % {"key": min(strangers)})
    try:
        wanted = _share(terms, "wanted", UP_WANTED)
        return Uptime(wanted, _good_enough(terms, wanted, UP_GOOD_ENOUGH), _notice_days(terms))
    except BadAgreement as error:
        raise BadAgreement(f"availability: {error}") from error


def _notice_days(terms: Mapping[str, Any]) -> int:
    days = terms.get("notice_days", NOTICE_DAYS)
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MOST_NOTICE_DAYS:
        words = _("notice_days: “%(value)s” is no whole number of days from 0 to %(most)s.")
        raise BadAgreement(words % {"value": days, "most": MOST_NOTICE_DAYS})
    return days


def _named(content: Mapping[str, Any], place: str) -> frozenset[str]:
    """Every number or code that the mapping leads to, that of `*` too."""
    mapping = _object(content.get(place), place)
    if not mapping:
        raise BadAgreement(_("%(place)s: at least one is expected here.") % {"place": place})
    for source, name in mapping.items():
        if name == "":
            raise BadAgreement(_("%(place)s.%(source)s is empty.") % {"place": place, "source": source})
        if not isinstance(name, str):
            words = _("%(place)s.%(source)s: “%(name)s” is no number or code; write it in quotation marks.")
            raise BadAgreement(words % {"place": place, "source": source, "name": name})
    return frozenset(mapping.values())


def _services(content: Mapping[str, Any]) -> frozenset[str]:
    codes = _named(content, "service")
    longest = Service._meta.get_field("code").max_length
    for code in sorted(codes):
        try:
            CODE(code)
        except ValidationError as error:
            words = _("service: “%(code)s” is no code. %(reason)s")
            raise BadAgreement(words % {"code": code, "reason": " ".join(error.messages)}) from error
        if len(code) > longest:
            words = _("service: “%(code)s” is longer than the %(count)s characters a code may have.")
            raise BadAgreement(words % {"code": code, "count": longest})
    return codes
