"""The five figures of page 1: each with its series, its judgement, and the way to what is behind it."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.arithmetic import Effect
from benefits.models import Type
from benefits.reporting import Benefits
from benefits.words import SHAPES
from kit.charts import Medium
from reports import drawing, voice
from reports.document.links import Links
from reports.document.parts import KeyFigure, Mark, Share
from reports.figures import BoardFigures
from reports.findings.benefits import money_of
from reports.findings.standing import good, measured, unclear
from services.reporting import OrderFigures, Orders
from sla.levels import Level
from sla.reporting import IncidentCounts, ServiceLevels

SHOWN = 5
HUNDRED = 100.0


def key_figures(figures: BoardFigures, medium: Medium, links: Links) -> list[KeyFigure]:
    """As many of the board's five as can be calculated; none is made up."""
    return list(_figures(figures, medium, links))[:SHOWN]


def _figures(figures: BoardFigures, medium: Medium, links: Links) -> Iterator[KeyFigure]:
    """Those of operations fill the places of rooms that stand empty."""
    levels, orders, benefits = figures.service_levels, figures.orders, figures.benefits
    yield _share(levels, "solved", _("Solved in time"), "resolution", medium, links)
    yield _share(levels, "answered", _("Answered in time"), "response", medium, links)
    yield _good_services(levels, medium, links)
    if orders:
        yield _on_time(orders, medium, links)
    if benefits and (money := money_of(benefits)):
        yield _realised(benefits, money, medium, links)
    yield _overdue(levels, medium, links)
    yield _without_agreement(levels, medium, links)


def _share(levels: ServiceLevels, key: str, label: str, metric: str, medium: Medium, links: Links) -> KeyFigure:
    series: list[Level] = [getattr(one, metric) for one in levels.total]
    now = series[-1]
    return KeyFigure(
        key=key,
        label=label,
        detail=_("%(counts)s incidents") % {"counts": voice.of_all(now.met, now.counted)},
        value=voice.bare_percent(now, 1),
        unit="%" if now.counted else "",
        line=drawing.share_line(label, levels.quarters, series, medium),
        mark=Mark.of(now.status),
        target=voice.wanted(now),
        good_enough=voice.good_enough(now),
        url=links.grid(metric),
    )


def _good_services(levels: ServiceLevels, medium: Medium, links: Links) -> KeyFigure:
    label, everything = _("Services that are good enough"), measured(levels.services)
    counts = [
        good(levels.services, index) if measured(levels.services, index) else None
        for index in range(len(levels.quarters))
    ]
    return KeyFigure(
        key="good-services",
        label=label,
        detail=_beside_the_good(levels),
        value=voice.number(good(levels.services)),
        unit=_("of %(all)s") % {"all": voice.number(everything)},
        line=drawing.count_line(label, levels.quarters, counts, medium),
        url=links.grid("resolution"),
    )


def _beside_the_good(levels: ServiceLevels) -> str:
    """What makes the good and the failing of the heading add up."""
    if few := unclear(levels):
        words = ngettext(
            "%(count)s more has too few incidents to judge", "%(count)s more have too few incidents to judge", few
        )
        return words % {"count": voice.capital(voice.count(few))}
    return _("Answers and solutions alike")


def _on_time(orders: Orders, medium: Medium, links: Links) -> KeyFigure:
    """No target is agreed for it yet, so it is shown without a judgement."""
    label, now = _("Delivered on the promised date"), orders.now
    return KeyFigure(
        key="on-time",
        label=label,
        detail=_("%(counts)s orders") % {"counts": voice.of_all(now.on_time, now.delivered)},
        value=voice.part(now.on_time, now.delivered, 1),
        unit="%" if now.delivered else "",
        line=drawing.part_line(label, orders.quarters, [_part(one) for one in orders.series], medium),
        url=links.orders(),
    )


def _part(one: OrderFigures) -> float | None:
    return one.on_time * HUNDRED / one.delivered if one.delivered else None


def _realised(benefits: Benefits, now: Effect, medium: Medium, links: Links) -> KeyFigure:
    label, shown, kind = _("Benefits in kroner"), Share.of_effect(now), benefits.of_type(Type.MONEY)
    parts = [_reached(one) for one in kind.effects] if kind else []
    good_enough = float(now.least / now.planned) * HUNDRED
    values = {"realised": voice.money(now.realised), "planned": voice.money(now.planned)}
    return KeyFigure(
        key="benefits",
        label=label,
        detail=_("%(realised)s of %(planned)s") % values,
        value=shown.value,
        unit="%",
        line=drawing.part_line(
            label, benefits.quarters, parts, medium, status=SHAPES[now.status], limits=(HUNDRED, good_enough)
        ),
        mark=shown.mark,
        target=voice.number(100),
        good_enough=voice.number(round(good_enough)),
        url=links.benefits(type=Type.MONEY.value),
    )


def _reached(effect: Effect) -> float | None:
    return None if effect.achievement is None else float(effect.achievement) * HUNDRED


def _overdue(levels: ServiceLevels, medium: Medium, links: Links) -> KeyFigure:
    label, now = _("Open past the deadline"), levels.incidents[-1]
    return KeyFigure(
        key="overdue",
        label=label,
        detail=_("When the quarter ended, lower is better"),
        value=voice.number(now.overdue_at_end),
        unit=_("of %(all)s") % {"all": voice.number(now.open_at_end)},
        line=drawing.count_line(label, levels.quarters, _counts(levels, lambda one: one.overdue_at_end), medium),
        url=links.open_past_deadline(),
    )


def _without_agreement(levels: ServiceLevels, medium: Medium, links: Links) -> KeyFigure:
    label, now = _("Incidents without agreement"), levels.incidents[-1]
    return KeyFigure(
        key="without-agreement",
        label=label,
        detail=_("Of those reported, lower is better"),
        value=voice.number(now.without_agreement),
        unit=_("of %(all)s") % {"all": voice.number(now.reported)},
        line=drawing.count_line(label, levels.quarters, _counts(levels, lambda one: one.without_agreement), medium),
        url=links.without_agreement(),
    )


def _counts(levels: ServiceLevels, of: Callable[[IncidentCounts], int]) -> list[int | None]:
    """A quarter in which no incident was known at all is not measured."""
    return [of(one) if one.reported or one.open_at_end or one.solved else None for one in levels.incidents]
