"""Outages as a comma-separated file.

The columns are source,external_id,service,municipality,start,end,affected_share,kind,notified_at, and maybe title.
Instants are ISO 8601 with an offset. An empty municipality is everyone who has the service, an empty end means that
it is still down, an empty affected_share everybody, and an empty notified_at of planned work that it was notified in
time. Rows with one number name one service and municipality each, with times of their own; of two rows about the same
the last counts. What a file does not name stays as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.models import Organisation
from partnership.periods import FIRST_INSTANT, LAST_INSTANT
from services.models import Service
from sla.imports.reading import Refused, Rows
from sla.models import Outage, OutageKind
from sla.outages.reports import OWN_SOURCE, Hit, Report

COLUMNS = {"started": "start", "ended": "end"}
"""What a file calls the fields of a report."""
REQUIRED = ("source", "external_id", "service", "municipality", "start", "end", "kind")
OPTIONAL = ("affected_share", "notified_at", "title")
DECIMALS = 6


@dataclass(frozen=True)
class Problem:
    line: int
    reason: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(reason)s") % {"line": self.line, "reason": self.reason}


class BadRow(ValueError):  # noqa: N818 - what it is
    """One sentence about a row that cannot be used."""


@dataclass(frozen=True)
class Register:
    """What services and municipalities are called in a file."""

    services: Mapping[str, Service]
    organisations: Mapping[str, Organisation]

    @classmethod
    def known(cls) -> "Register":
        numbers = {row.any_number: row for row in Organisation.objects.all()}
        return cls({row.code: row for row in Service.objects.all()}, numbers)


def read_outages(file: BinaryIO) -> tuple[list[Report], list[Problem]]:
    """A report for each row of a file, and what is wrong with rows. Refused where it is no such file."""
    rows = Rows(file)
    if missing := [name for name in REQUIRED if name not in rows.header]:
        words = _("The header in line 1 lacks: %(columns)s.")
        raise Refused(words % {"columns": ", ".join(missing)})
    register, reports, problems = Register.known(), list[Report](), list[Problem]()
    for line, row in rows:
        try:
            reports.append(_report(dict(zip(rows.header, map(str.strip, row), strict=True)), register))
        except BadRow as error:
            problems.append(Problem(line, str(error)))
    return reports, problems


def _report(row: Mapping[str, str], register: Register) -> Report:
    hit = Hit(_service(row, register), _organisation(row, register), _share(row.get("affected_share", "")))
    started, ended = _instant(row, "start"), _instant(row, "end")
    if started is None:
        raise BadRow(_("start is empty."))
    if ended and ended < started:
        raise BadRow(_("The outage ends before it starts."))
    report = Report(
        source=_source(row),
        external_id=_text(row, "external_id"),
        hits=[hit],
        started=started,
        ended=ended,
        kind=_kind(row["kind"]),
        notified=_instant(row, "notified_at"),
        title=_short(row, "title") if "title" in row else None,
    )
    for name, words in report.refused(timezone.now()).items():
        raise BadRow(f"{COLUMNS[name]}: {words}")
    return report


def _source(row: Mapping[str, str]) -> str:
    source = _text(row, "source")
    if source == OWN_SOURCE:
        words = _("source: “%(source)s” is the name of what is registered here. Give the other system its own name.")
        raise BadRow(words % {"source": source})
    return source


def _text(row: Mapping[str, str], column: str) -> str:
    if not row[column]:
        raise BadRow(_("%(column)s is empty.") % {"column": column})
    return _short(row, column)


def _short(row: Mapping[str, str], column: str) -> str:
    longest = Outage._meta.get_field(column).max_length
    if len(row[column]) > longest:
        words = _("%(column)s is longer than %(count)s characters.")
        raise BadRow(words % {"column": column, "count": longest})
    return row[column]


def _service(row: Mapping[str, str], register: Register) -> Service:
    if row["service"] not in register.services:
        raise BadRow(_("No service has the code “%(code)s”.") % {"code": row["service"]})
    return register.services[row["service"]]


def _organisation(row: Mapping[str, str], register: Register) -> Organisation | None:
    number = row["municipality"]
    if number and number not in register.organisations:
        raise BadRow(_("No municipality or organisation here has the number “%(number)s”.") % {"number": number})
    return register.organisations[number] if number else None


def _share(text: str) -> Decimal:
    try:
        share = Decimal(text or 1)
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 1:
        raise BadRow(_("affected_share: “%(text)s” is no share from 0 to 1.") % {"text": text})
    return round(share, DECIMALS)


def _kind(text: str) -> OutageKind:
    if text not in OutageKind.values:
        raise BadRow(_("kind: “%(text)s” is neither unplanned nor planned.") % {"text": text})
    return OutageKind(text)


def _instant(row: Mapping[str, str], column: str) -> datetime | None:
    if not (text := row.get(column, "")):
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.utcoffset() is None:
        words = _("%(column)s: “%(text)s” is no instant with an offset, such as 2026-04-01T08:00:00+02:00.")
        raise BadRow(words % {"column": column, "text": text})
    if not FIRST_INSTANT <= instant <= LAST_INSTANT:
        words = _("%(column)s: “%(text)s” lies before the year 1800 or after 2999.")
        raise BadRow(words % {"column": column, "text": text})
    return instant
