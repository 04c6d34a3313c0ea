"""A municipality's own edition: the column beside page 1 that says what each figure is for this owner."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.words import kroner
from reports import voice
from reports.document.parts import Mark, Share
from reports.figures import BoardFigures
from reports.findings.standing import measured_promises, well_kept
from services.reporting import OrderFigures
from sla.levels import Level
from sla.reporting import OwnerFigures, ServiceLevels


@dataclass(frozen=True)
class Own:
    """A figure of the owner's: what it is, and a few words about it."""

    value: str
    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Reader:
    """`figures` are by the key of the key figure that they stand beside."""

    id: int
    name: str
    concerns: list[Own]
    figures: dict[str, Own]
    conclusion: Own


def reader_of(figures: BoardFigures, owner: int | None) -> Reader | None:
    """None for an edition of the board, and for an owner that the report has nothing of."""
    levels = figures.service_levels
    found = next((one for one in levels.owners if one.id == owner), None)
    if found is None:
        return None
    return Reader(
        id=found.id,
        name=found.name,
        concerns=list(_concerns(figures, found)),
        figures=dict(_figures(figures, found)),
        conclusion=_conclusion(levels, found),
    )


def _concerns(figures: BoardFigures, owner: OwnerFigures) -> Iterator[Own]:
    """What this owner has to look at, in numbers."""
    missed = owner.now.missed
    yield Own(voice.number(missed), ngettext("deadline broken", "deadlines broken", missed))
    if orders := orders_of(figures, owner.id):
        yield Own(voice.number(orders.late), ngettext("order came too late", "orders came too late", orders.late))
    if figures.benefits:
        count = next((one.counts.not_measured for one in figures.benefits.owners if one.id == owner.id), 0)
        yield Own(voice.number(count), ngettext("benefit is not measured", "benefits are not measured", count))


def orders_of(figures: BoardFigures, owner: int) -> OrderFigures | None:
    if figures.orders is None:
        return None
    return next((one.figures for one in figures.orders.by_owner if one.id == owner), OrderFigures(0, 0, 0, 0, None))


def _figures(figures: BoardFigures, owner: OwnerFigures) -> Iterator[tuple[str, Own]]:
    yield "solved", _kept(owner.now.resolution)
    yield "answered", _kept(owner.now.response)
    fine, known = well_kept(owner.services), measured_promises(owner.services)
    yield "good-services", Own(voice.of_all(fine, known), _("services in use"))
    if orders := orders_of(figures, owner.id):
        counts = _("%(counts)s orders") % {"counts": voice.of_all(orders.on_time, orders.delivered)}
        share = voice.part(orders.on_time, orders.delivered, 1)
        yield "on-time", Own(voice.with_percent(share), counts if orders.delivered else _("nothing delivered"))
    if figures.benefits:
        effect = next((one.kroner for one in figures.benefits.owners if one.id == owner.id), None)
        if effect is None or not effect.measured:
            yield "benefits", Own("–", _("nothing measured in kroner"))
            return
        shown = Share.of_effect(effect)
        values = {"realised": voice.number(effect.realised.to_integral_value()), "planned": kroner(effect.planned)}
        yield "benefits", Own(voice.with_percent(shown.value), _("%(realised)s of %(planned)s") % values, shown.mark)


def _kept(level: Level) -> Own:
    counts = _("%(counts)s incidents") % {"counts": voice.of_all(level.met, level.counted)}
    return Own(voice.percent(level, 1), counts if level.counted else "", Mark.of(level.status))


def _conclusion(levels: ServiceLevels, owner: OwnerFigures) -> Own:
    """The service that breaks most deadlines here."""
    promises = zip(levels.services, owner.services, strict=True)
    worst = max(promises, key=lambda pair: pair[1].missed, default=None)
    if worst is None or not worst[1].missed:
        return Own(_("No deadline was broken"), _("All services kept what was promised here."))
    service, kept = worst
    values = {"missed": voice.number(kept.missed), "all": voice.number(owner.now.missed)}
    return Own(
        voice.capital(voice.service(service.name)),
        _("breaks most deadlines here: %(missed)s of %(all)s") % values,
    )
