"""Outages as a comma-separated file.

The columns are source,external_id,service,municipality,start,end,affected_share,kind,notified_at, and maybe title.
Instants are ISO 8601 with an offset. An empty municipality is everyone who has the service, an empty end means that
it is still down, an empty affected_share everybody, and an empty notified_at of planned work that it was notified in
time. Rows of one outage name one service and municipality each; of two rows about the same the last counts.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from django.utils.translation import gettext as _

from partnership.models import Organisation
from services.models import Service
from sla.imports.reading import Refused, Rows
from sla.models import Outage, OutageKind
from sla.outages.reports import Hit, Report

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
    """The outages of a file, and what is wrong with its rows. Refused where it is no such file."""
    rows = Rows(file)
    if missing := [name for name in REQUIRED if name not in rows.header]:
        words = _("The header in line 1 lacks: %(columns)s.")
        raise Refused(words % {"columns": ", ".join(missing)})
    register, problems = Register.known(), list[Problem]()
    found: dict[tuple[str, str], dict[tuple[int, int | None], tuple[int, Report]]] = {}
    for line, row in rows:
        try:
            report = _report(dict(zip(rows.header, map(str.strip, row), strict=True)), register)
        except BadRow as error:
            problems.append(Problem(line, str(error)))
            continue
        found.setdefault(report.name, {})[report.hits[0].place] = (line, report)
    reports = [report for rows in found.values() for report in _together(rows.values(), problems)]
    return reports, sorted(problems, key=lambda one: one.line)


def _together(rows: Iterable[tuple[int, Report]], problems: list[Problem]) -> Iterator[Report]:
    """One outage of all its rows, which must tell one story."""
    (first_line, first), *others = rows
    hits = list(first.hits)
    for line, other in others:
        if _story(other) != _story(first):
            words = _("Outage %(number)s has other times, kind or notice here than in line %(line)s.")
            problems.append(Problem(line, words % {"number": first.external_id, "line": first_line}))
        hits += other.hits
    yield replace(first, hits=hits)


def _story(report: Report) -> Report:
    return replace(report, hits=())


def _report(row: Mapping[str, str], register: Register) -> Report:
    hit = Hit(_service(row, register), _organisation(row, register), _share(row.get("affected_share", "")))
    started, ended = _instant(row, "start"), _instant(row, "end")
    if started is None:
        raise BadRow(_("start is empty."))
    if ended and ended < started:
        raise BadRow(_("The outage ends before it starts."))
    return Report(
        source=_text(row, "source"),
        external_id=_text(row, "external_id"),
        hits=[hit],
        started=started,
        ended=ended,
        kind=_kind(row["kind"]),
        notified=_instant(row, "notified_at"),
        title=row.get("title", "")[: Outage._meta.get_field("title").max_length],
    )


def _text(row: Mapping[str, str], column: str) -> str:
    longest = Outage._meta.get_field(column).max_length
    if not row[column]:
        raise BadRow(_("%(column)s is empty.") % {"column": column})
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
    if not share.is_finite() or not 0 <= share <= 1 or share != round(share, DECIMALS):
        raise BadRow(
            _("affected_share: “%(text)s” is no share from 0 to 1 with at most six decimals.") % {"text": text}
        )
    return share


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
    return instant
