"""What may be concluded of the quarter in three sentences, by rules from the figures."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.reporting import Benefits
from reports import voice
from reports.figures import BoardFigures
from reports.findings.benefits import benefits_title, money_of, unmeasured
from reports.findings.orders import lead, on_time
from reports.findings.sections import who_fails
from reports.findings.standing import FEWEST, failing_owners, falls_short, is_thin, lasted
from services.reporting import Orders
from sla.levels import Status
from sla.reporting import OwnerFigures, Promises, ServiceLevels

CONCLUSIONS = 3
FEWEST_OWNERS = 2


@dataclass(frozen=True)
class Conclusion:
    title: str
    text: str


def conclusions(figures: BoardFigures) -> list[Conclusion]:
    """At most three: where deadlines break, orders, benefits; where a room is empty, answers and the owners."""
    levels, orders, benefits = figures.service_levels, figures.orders, figures.benefits
    is_measured = levels.now.status != Status.NOT_MEASURED
    found = [
        _where(levels) if is_measured else None,
        _orders(orders) if orders and orders.now.delivered else None,
        _benefits(benefits) if benefits and benefits.types else None,
        _answers(levels.now) if is_measured else None,
        _owners(levels) if is_measured else None,
    ]
    return [one for one in found if one][:CONCLUSIONS]


def _where(levels: ServiceLevels) -> Conclusion:
    worst = max(levels.services, key=lambda one: one.now.missed)
    if not worst.now.missed:
        return Conclusion(_("No deadline was broken"), _("All services kept what was promised in the quarter."))
    values = {"missed": voice.number(worst.now.missed), "all": voice.number(levels.now.missed)}
    text = _("%(missed)s of the %(all)s deadlines broken in the quarter.") % values
    if worst.now.status == Status.NOT_GOOD_ENOUGH and (quarters := lasted(worst.quarters)) > 1:
        text += " " + _("Not good enough for %(count)s quarters running.") % {"count": voice.count(quarters)}
    name = voice.capital(voice.service(worst.name))
    return Conclusion(_("%(service)s breaks most deadlines") % {"service": name}, text)


def _orders(orders: Orders) -> Conclusion:
    now = orders.now
    if not now.late:
        return Conclusion(_("Orders come by the date that is promised"), f"{on_time(now)}. {lead(now)}".strip())
    title = ngettext("%(late)s order came too late", "%(late)s orders came too late", now.late)
    return Conclusion(title % {"late": voice.capital(voice.count(now.late))}, f"{on_time(now)}. {lead(now)}".strip())


def _benefits(benefits: Benefits) -> Conclusion:
    money = money_of(benefits)
    if money is None:
        return Conclusion(benefits_title(benefits), unmeasured(benefits))
    titles = {
        2: _("The benefits in kroner are reached"),
        1: _("The benefits in kroner are good enough"),
        0: _("The benefits in kroner come too slowly"),
    }
    reached = (money.realised >= money.least) + (money.realised >= money.planned)
    return Conclusion(titles[reached], f"{benefits_title(benefits)}. {unmeasured(benefits)}")


def _answers(now: Promises) -> Conclusion:
    values = {"solved": voice.percent(now.resolution, 1), "answered": voice.percent(now.response, 1)}
    text = _("Solved in time: %(solved)s. Answered in time: %(answered)s.") % values
    poor = falls_short(now)
    if len(poor) > 1:
        return Conclusion(_("Answers and solutions both come late"), text)
    if poor:
        late = {"response": _("The answers come too late"), "resolution": _("The solutions come too late")}
        return Conclusion(late[poor[0]], text)
    return Conclusion(_("Answers and solutions come in good time"), text)


def _owners(levels: ServiceLevels) -> Conclusion:
    poor, known = failing_owners(levels), [one for one in levels.owners if not is_thin(one.now.resolution)]
    values = {"count": voice.capital(voice.count(len(poor))), "all": voice.count(len(levels.owners))}
    title = (
        ngettext(
            "%(count)s of %(all)s owners gets less than good enough",
            "%(count)s of %(all)s owners get less than good enough",
            len(poor),
        )
        % values
        if poor
        else _("The owners are served well enough")
    )
    is_whole = not any(one.now.resolution.counted and is_thin(one.now.resolution) for one in levels.owners)
    return Conclusion(title, f"{who_fails(poor)} {_spread(known, is_whole=is_whole)}".strip())


def _spread(owners: list[OwnerFigures], *, is_whole: bool) -> str:
    """The lowest and the highest share solved in time, and whether they are of all who were measured."""
    if len(owners) < FEWEST_OWNERS:
        return _("Too few incidents to compare the owners.")
    ordered = sorted(owners, key=lambda one: one.now.resolution.met / one.now.resolution.counted)
    low, high = ordered[0], ordered[-1]
    words = (
        _("Solved in time: from %(low)s in %(lowest)s to %(high)s in %(highest)s.")
        if is_whole
        else _(
            "Solved in time, where there were %(fewest)s incidents or more: "
            "from %(low)s in %(lowest)s to %(high)s in %(highest)s."
        )
    )
    return words % {
        "fewest": voice.count(FEWEST),
        "low": voice.percent(low.now.resolution),
        "lowest": low.name,
        "high": voice.percent(high.now.resolution),
        "highest": high.name,
    }
