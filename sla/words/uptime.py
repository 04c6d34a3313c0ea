"""Availability in words: the panel behind a figure, its outages, its file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts, formats
from sla.figures.uptime import NO_TIME, Fault, Uptime
from sla.levels import Level
from sla.models import Metric, Target
from sla.words import agreements, panel, plain

type Fact = tuple[str, str]
UP = Metric.AVAILABILITY


@dataclass(frozen=True)
class ToldFault:
    """An outage behind the figure: what it counts as, and the agreed time that it took."""

    name: str
    url: str
    status: charts.Status
    word: str
    about: str
    cost: str


@dataclass(frozen=True)
class ToldMonth:
    name: str
    status: charts.Status
    word: str
    share: str


def counts(up: Uptime) -> str:
    times = {"down": plain.duration(up.down), "counted": plain.duration(timedelta(seconds=up.level.counted))}
    return _("down %(down)s of %(counted)s") % times


def months(up: Uptime) -> list[ToldMonth]:
    grouped = groupby(up.rows, lambda row: row.month)
    by_month = {month: sum((row.level for row in rows), Level()) for month, rows in grouped}
    return [_told_month(month, by_month.get(month, Level())) for month in up.span.months]


def _told_month(month: Any, level: Level) -> ToldMonth:
    name = plain.sentence(formats.written_date(month, "LLLL", plain.language()))
    share = plain.percentage(level, UP)
    return ToldMonth(name, plain.SHAPES[level.status], str(level.status.label), share)


def facts(up: Uptime) -> list[Fact]:
    """The same time seen from other sides. Names of the trade stand in brackets."""
    found = [
        (_("Agreed time"), plain.duration(up.agreed)),
        (_("Planned work, taken out"), plain.duration(up.planned)),
        (_("Weighted by users hit"), percent(up.weighted_percent)),
        (_("By the clock on the wall"), percent(up.wall_percent)),
        (_("Times down"), str(len(up.stretches))),
    ]
    if up.stretches:
        found += [
            (_("Longest time down"), plain.duration(up.longest)),
            (_("Mean time to restore (MTTR)"), plain.duration(_whole(up.mean_time_to_restore))),
            (_("Mean time between failures (MTBF)"), plain.duration(_whole(up.mean_time_between_failures))),
        ]
    return found


def budget(up: Uptime) -> Fact:
    """How much downtime is left of what the target allows, or how much there was too much."""
    left = _whole(up.budget_left)
    if left < NO_TIME:
        return _("Downtime over what the target allows"), plain.duration(-left)
    return _("Downtime left of what the target allows"), plain.duration(left)


def _whole(value: timedelta | None) -> timedelta:
    return timedelta(seconds=int((value or NO_TIME).total_seconds()))


def percent(value: Decimal | None) -> str:
    return "–" if value is None else plain.with_percent(formats.number(value, plain.language(), decimals=2))


def heading(up: Uptime) -> str:
    if not up.faults:
        return _("No outage and no planned work")
    words = ngettext("What stands behind the figure", "The %(count)s that stand behind the figure", len(up.faults))
    return words % {"count": plain.count_word(len(up.faults))}


def told_fault(fault: Fault) -> ToldFault:
    outage = fault.outage
    return ToldFault(
        name=str(outage),
        url=reverse("sla:outage-detail", args=[outage.pk]),
        status=charts.Status.NOT_GOOD_ENOUGH if fault.cost and not fault.is_planned else charts.Status.PAUSED,
        word=counts_as(fault),
        about=plain.instant(outage.started),
        cost=plain.duration(fault.cost),
    )


def counts_as(fault: Fault) -> str:
    if fault.is_planned:
        return _("planned")
    if not fault.cost:
        return _("outside opening hours")
    return _("notified too late") if fault.is_late else _("down")


def rule(up: Uptime) -> list[Fact]:
    if not up.rows:
        return []
    versions = list(dict.fromkeys(target.version for target in up.targets))
    return [
        (_("Agreement"), "\n".join(panel.version_words(version) for version in versions)),
        (_("Target"), "\n".join(target_words(target) for target in up.targets)),
        (_("Opening hours"), "\n".join(str(version) for version in up.calendar_versions)),
    ]


def target_words(target: Target) -> str:
    """«99,5 %, godt nok 99 %, planlagt arbeid varsles 3 dager før»."""
    return f"{agreements.promised(target)}, {agreements.promise(target)}"


def file_head() -> list[str]:
    return [_("Source"), _("Number"), _("What happened"), _("From"), _("To"), _("Counts as"), _("Agreed minutes taken")]


def file_rows(up: Uptime) -> Iterator[list[Any]]:
    for fault in up.faults:
        outage = fault.outage
        minutes = round(fault.cost.total_seconds() / 60, 1)
        named = [outage.source, outage.external_id, outage.title]
        yield [*named, outage.started, outage.ended, counts_as(fault), minutes]
