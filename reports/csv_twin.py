"""The CSV twin: every figure of a report in one table, for a spreadsheet."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from kit.csv_files import people_csv
from kit.quarters import Quarter
from reports import voice
from reports.figures import BoardFigures
from sla.levels import Level
from sla.models import Metric
from sla.reporting import Promises

type Row = tuple[object, ...]


def csv_twin(figures: BoardFigures) -> bytes:
    """In the active language: semicolons, decimal comma, byte order mark."""
    return "".join(people_csv([_head(), *_rows(figures)])).encode()


def _head() -> Row:
    return (
        _("Quarter"), _("Service"), _("Owner"), _("Figure"), _("Counted"), _("Held"), "%", _("Status"),
    )  # fmt: skip


def _rows(figures: BoardFigures) -> Iterator[Row]:
    levels, everything = figures.service_levels, _("all")
    for quarter, promises in zip(levels.quarters, levels.total, strict=True):
        yield from _kept(quarter, everything, everything, promises)
    for service in levels.services:
        for quarter, promises in zip(levels.quarters, service.quarters, strict=True):
            yield from _kept(quarter, service.name.written(voice.language()), everything, promises)
    for owner in levels.owners:
        for quarter, promises in zip(levels.quarters, owner.quarters, strict=True):
            yield from _kept(quarter, everything, owner.name, promises)
        for service, promises in zip(levels.services, owner.services, strict=True):
            yield from _kept(figures.head.period, service.name.written(voice.language()), owner.name, promises)
    yield from _counts(figures)
    yield from _corrections(figures)


def _kept(quarter: str, service: str, owner: str, promises: Promises) -> Iterator[Row]:
    for metric, level in ((Metric.RESOLUTION, promises.resolution), (Metric.RESPONSE, promises.response)):
        if level.counted:
            yield (quarter, service, owner, metric.label, *_numbers(level))


def _numbers(level: Level) -> tuple[int, int, Decimal | None, str]:
    return level.counted, level.met, level.percent(), str(level.status.label)


def _counts(figures: BoardFigures) -> Iterator[Row]:
    levels, everything = figures.service_levels, _("all")
    for quarter, counts in zip(levels.quarters, levels.incidents, strict=True):
        for label, count in (
            (_("Reported"), counts.reported),
            (_("Solved"), counts.solved),
            (_("Open when the quarter ended"), counts.open_at_end),
            (_("Of them past the deadline"), counts.overdue_at_end),
            (_("Without agreement"), counts.without_agreement),
        ):
            yield quarter, everything, everything, label, count, None, None, ""


def _corrections(figures: BoardFigures) -> Iterator[Row]:
    for one in figures.corrections:
        service = one.service.written(voice.language()) if one.service else _("all")
        for label, level in ((_("Corrected, was"), one.was), (_("Corrected, is"), one.now)):
            yield (one.quarter, service, _("all"), f"{label}: {Metric(one.metric).label}", *_numbers(level))


def file_name(quarter: Quarter, language: str, ending: str) -> str:
    """«styrerapport-2026Q3-nb.pdf»."""
    return f"styrerapport-{quarter}-{language}.{ending}"
