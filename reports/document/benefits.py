"""Benefits: what was wanted, what has been realised, and what nobody has measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benefits.arithmetic import Effect
from benefits.models import Type
from benefits.reporting import Benefits as Figures
from benefits.reporting.shapes import Counts, Deviation, OwnerFigures, TypeFigures
from benefits.words import full_time, in_percent, written
from kit.charts import WEB, Medium
from reports import drawing, voice
from reports.document.links import Links
from reports.document.parts import Detail, Share, TableRow, heads_rows
from reports.findings.benefits import (
    benefits_lede,
    benefits_title,
    deviations_title,
    money_of,
    money_text,
    money_title,
    named_unmeasured,
)

TYPE_COLUMNS, DEVIATION_COLUMNS = 7, 7
PHONE = 288.0


@dataclass(frozen=True)
class OwnerRow:
    name: str
    realised: str
    planned: str
    share: Share
    full_time: str
    good_enough: str
    not_measured: str


@dataclass(frozen=True)
class Benefits:
    title: str
    lede: str
    detail: Detail | None
    types: list[TableRow]
    owners: list[OwnerRow]
    deviations_title: str
    deviations: list[TableRow]
    unmeasured: str
    url: str

    @property
    def heads_types(self) -> bool:
        return heads_rows(len(self.types), TYPE_COLUMNS)

    @property
    def heads_deviations(self) -> bool:
        return heads_rows(len(self.deviations), DEVIATION_COLUMNS)


def benefits(figures: Figures | None, owners: Sequence[int], medium: Medium, links: Links) -> Benefits | None:
    """`owners` is the order in which the report shows them."""
    if figures is None:
        return None
    places = {owner: place for place, owner in enumerate(owners)}
    return Benefits(
        title=benefits_title(figures),
        lede=benefits_lede(figures),
        detail=_detail(figures, medium),
        types=[_type(one) for one in figures.types],
        owners=[_owner(one) for one in sorted(figures.owners, key=lambda one: places.get(one.id, len(places)))],
        deviations_title=deviations_title(figures),
        deviations=[_deviation(one, links) for one in figures.deviations],
        unmeasured=named_unmeasured(figures),
        url=links.benefits(),
    )


def _detail(figures: Figures, medium: Medium) -> Detail | None:
    """Kroner over the quarters, which is what can be added."""
    money, kind = money_of(figures), figures.of_type(Type.MONEY)
    if money is None or kind is None:
        return None
    title = money_title(money)
    drawn = drawing.realised_series(title, _("Realised, 1,000 kroner"), figures.quarters, kind.effects)
    return Detail(
        title=title,
        text=money_text(money),
        chart=drawing.drawn(drawn, medium),
        narrow=drawing.drawn(drawn, medium, PHONE) if medium is WEB else None,
        key="benefits",
    )


def _type(one: TypeFigures) -> TableRow:
    counts = [voice.number(count) for count in _four(one.now)]
    effect = one.effect
    added = ("–", "–") if effect is None else tuple(written(value, one.unit) for value in _realised_of(effect))
    return TableRow(voice.capital(str(Type(one.type).label)), (*counts, *added))


def _four(counts: Counts) -> tuple[int, int, int, int]:
    return counts.on_target, counts.good_enough, counts.not_good_enough, counts.not_measured


def _realised_of(effect: Effect) -> tuple:
    return (effect.realised if effect.measured else None), effect.planned


def _owner(one: OwnerFigures) -> OwnerRow:
    realised, planned = (written(value, "kroner") for value in _realised_of(one.kroner))
    fine, measured = one.counts.on_target + one.counts.good_enough, one.counts.total - one.counts.not_measured
    return OwnerRow(
        name=one.name,
        realised=realised if one.kroner.measured or one.kroner.unmeasured else "–",
        planned=planned if one.kroner.measured or one.kroner.unmeasured else "–",
        share=Share.of_effect(one.kroner),
        full_time=full_time(one.full_time.realised) if one.full_time.measured else "–",
        good_enough=voice.of_all(fine, measured),
        not_measured=voice.number(one.counts.not_measured),
    )


def _deviation(one: Deviation, links: Links) -> TableRow:
    values = [written(value, one.unit) for value in (one.baseline, one.value, one.target)]
    name = f"{one.code} {one.name.written(voice.language())}"
    return TableRow(name, (one.owner, *values, in_percent(one.achieved), one.responsible), url=links.benefit(one.share))
