"""The CSV twin: every figure of a report in one table, for a spreadsheet."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from benefits.arithmetic import Effect, percent
from benefits.models import Type
from benefits.reporting import Benefits
from benefits.reporting.shapes import Counts
from benefits.words import STATUS_WORDS, trimmed
from kit.csv_files import people_csv
from kit.quarters import Quarter
from partnership.reporting import Resolutions
from reports import voice
from reports.corrections import FINEST, Correction
from reports.document.corrections import recounted
from reports.figures import BoardFigures
from reports.findings.orders import group_name
from reports.findings.sections import UPTIME_DECIMALS
from services.reporting import OrderFigures, Orders
from sla.levels import Level, share_in_percent
from sla.models import Metric
from sla.reporting import Promises, ServiceLevels
from sla.reporting.uptime import UptimeFigures

type Row = tuple[object, ...]


def csv_twin(figures: BoardFigures) -> bytes:
    """In the active language: semicolons, decimal comma, byte order mark."""
    return "".join(people_csv([_head(), *_rows(figures)])).encode()


def _head() -> Row:
    return (
        _("Quarter"), _("What"), _("Owner"), _("Figure"), _("Value"), _("Of"), "%", _("Status"),
    )  # fmt: skip


def _rows(figures: BoardFigures) -> Iterator[Row]:
    yield from _service_levels(figures.service_levels, figures.head.period)
    if figures.uptime:
        yield from _uptime(figures.uptime)
    if figures.orders:
        yield from _orders(figures.orders)
    if figures.benefits:
        yield from _benefits(figures.benefits)
    if figures.resolutions:
        yield from _resolutions(figures.resolutions, figures.head.period)
    yield from _corrections(figures)


def _service_levels(levels: ServiceLevels, period: str) -> Iterator[Row]:
    everything = _("all")
    for quarter, promises in zip(levels.quarters, levels.total, strict=True):
        yield from _kept(quarter, everything, everything, promises)
    for service in levels.services:
        for quarter, promises in zip(levels.quarters, service.quarters, strict=True):
            yield from _kept(quarter, service.name.written(voice.language()), everything, promises)
    for owner in levels.owners:
        for quarter, promises in zip(levels.quarters, owner.quarters, strict=True):
            yield from _kept(quarter, everything, owner.name, promises)
        for service, promises in zip(levels.services, owner.services, strict=True):
            yield from _kept(period, service.name.written(voice.language()), owner.name, promises)
    yield from _incidents(levels)


def _uptime(uptime: UptimeFigures) -> Iterator[Row]:
    """Value and of: seconds."""
    named = [(one.name.written(voice.language()), one.quarters) for one in uptime.services]
    for name, levels in [(_("all"), uptime.total), *named]:
        for quarter, level in zip(uptime.quarters, levels, strict=True):
            if level.counted:
                yield (quarter, name, _("all"), Metric.AVAILABILITY.label, *_numbers(level, UPTIME_DECIMALS))


def _kept(quarter: str, service: str, owner: str, promises: Promises) -> Iterator[Row]:
    for metric, level in ((Metric.RESOLUTION, promises.resolution), (Metric.RESPONSE, promises.response)):
        if level.counted:
            yield (quarter, service, owner, metric.label, *_numbers(level))


def _numbers(level: Level, decimals: int = 1) -> tuple[int, int, Decimal | None, str]:
    return level.met, level.counted, level.percent(decimals), str(level.status.label)


def _incidents(levels: ServiceLevels) -> Iterator[Row]:
    for quarter, counts in zip(levels.quarters, levels.incidents, strict=True):
        yield from _counted(
            quarter,
            _("incidents"),
            _("all"),
            {
                _("Reported"): counts.reported,
                _("Solved"): counts.solved,
                _("Open when the quarter ended"): counts.open_at_end,
                _("Of them past the deadline"): counts.overdue_at_end,
                _("Without agreement"): counts.without_agreement,
            },
        )


def _counted(quarter: str, what: str, owner: str, counts: Mapping[str, object]) -> Iterator[Row]:
    for label, count in counts.items():
        yield quarter, what, owner, label, count, None, None, ""


def _orders(orders: Orders) -> Iterator[Row]:
    everything = _("all")
    for quarter, one in zip(orders.quarters, orders.series, strict=True):
        yield from _ordered(quarter, _("orders"), everything, one)
    for group in orders.by_group:
        yield from _ordered(orders.quarters[-1], group_name(group), everything, group.figures)
    for owner in orders.by_owner:
        yield from _ordered(orders.quarters[-1], _("orders"), owner.name, owner.figures)


def _ordered(quarter: str, what: str, owner: str, one: OrderFigures) -> Iterator[Row]:
    yield from _counted(quarter, what, owner, {_("Placed"): one.placed, _("Delivered"): one.delivered})
    if one.delivered:
        share = share_in_percent(Decimal(one.on_time), one.delivered, 1)
        yield quarter, what, owner, _("By the promised date"), one.on_time, one.delivered, share, ""
        yield quarter, what, owner, _("Half within, working days"), one.lead_days, None, None, ""


def _benefits(benefits: Benefits) -> Iterator[Row]:
    everything, now = _("all"), benefits.quarters[-1]
    for kind in benefits.types:
        name = str(Type(kind.type).label)
        for quarter, effect in zip(benefits.quarters, kind.effects, strict=False):
            yield from _realised(quarter, name, everything, effect)
        for quarter, counts in zip(benefits.quarters, kind.counts, strict=True):
            yield from _judged(quarter, name, everything, counts)
    for owner in benefits.owners:
        yield from _realised(now, str(Type.MONEY.label), owner.name, owner.kroner)
        yield from _realised(now, str(Type.TIME.label), owner.name, owner.full_time)
        yield from _judged(now, _("benefits"), owner.name, owner.counts)


def _realised(quarter: str, what: str, owner: str, effect: Effect) -> Iterator[Row]:
    if effect.measured:
        reached = effect.achievement
        share = None if reached is None else percent(reached)
        status = str(STATUS_WORDS[effect.status])
        yield quarter, what, owner, _("Realised"), trimmed(effect.realised), trimmed(effect.planned), share, status


def _judged(quarter: str, what: str, owner: str, counts: Counts) -> Iterator[Row]:
    told = {
        _("On target"): counts.on_target,
        _("Good enough"): counts.good_enough,
        _("Not good enough"): counts.not_good_enough,
        _("Not measured"): counts.not_measured,
    }
    for label, count in told.items():
        yield quarter, what, owner, label, count, counts.total, None, ""


def _resolutions(resolutions: Resolutions, period: str) -> Iterator[Row]:
    counts = {
        _("Being followed up"): resolutions.open,
        _("Of them past the due date"): resolutions.overdue,
        _("Done"): resolutions.done,
    }
    yield from _counted(period, _("resolutions"), _("all"), counts)


def _corrections(figures: BoardFigures) -> Iterator[Row]:
    for one in figures.corrections:
        yield from _correction(one)
    for count in figures.recounts:
        was, now = _("Corrected, was"), _("Corrected, is")
        yield from _counted(count.quarter, recounted(count.figure), _("all"), {was: count.was, now: count.now})


def _correction(one: Correction) -> Iterator[Row]:
    """Before and now, and the target and what is good enough where they are others."""
    service = one.service.written(voice.language()) if one.service else _("all")
    place = (one.quarter, service, one.owner or _("all"))
    names = {"wanted": _("Target").lower(), "good_enough": _("good enough")}
    for label, level in ((_("Corrected, was"), one.was), (_("Corrected, is"), one.now)):
        figure = f"{label}: {Metric(one.metric).label}"
        yield (*place, figure, *_numbers(level, UPTIME_DECIMALS if one.metric == Metric.AVAILABILITY else 1))
        for limit in one.limits:
            share = share_in_percent(getattr(level, limit), level.counted, FINEST)
            yield (*place, f"{figure}, {names[limit]}", None, None, share and trimmed(share), "")


def file_name(quarter: Quarter, language: str, ending: str) -> str:
    """«styrerapport-2026Q3-nb.pdf»."""
    return f"styrerapport-{quarter}-{language}.{ending}"
