"""Page 1 in words, made by rules from the figures: what is found, what the board must decide, what has changed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import voice
from reports.corrections import Correction
from reports.document.parts import Mark
from reports.findings.sections import who_fails
from reports.findings.standing import FEWEST, failing, failing_owners, falls_short, is_thin, lasted
from sla.levels import Status
from sla.reporting import OwnerFigures, Promises, ServiceFigures, ServiceLevels

NAMED = 2
DECISIONS = 3
CHANGES = 4


@dataclass(frozen=True)
class Decision:
    title: str
    text: str
    who: str
    detail: str


@dataclass(frozen=True)
class Conclusion:
    title: str
    text: str


@dataclass(frozen=True)
class Change:
    status: Status
    text: str

    @property
    def mark(self) -> Mark:
        return Mark.of(self.status)


def headline(levels: ServiceLevels) -> str:
    """The finding of the whole report."""
    poor = [one.name for one in failing(levels)]
    status = levels.now.status
    if status == Status.NOT_MEASURED:
        return _("Nothing was measured in the quarter")
    if not poor:
        return {
            Status.ON_TARGET: _("Operations keep what was promised"),
            Status.GOOD_ENOUGH: _("Operations are good enough, but not on target"),
            Status.NOT_GOOD_ENOUGH: _("Operations are not good enough; no single service explains it"),
        }[status]
    return _begun(status, len(poor)) % {"services": _named(poor, len(levels.measured))}


def _begun(status: Status, count: int) -> str:
    return {
        Status.ON_TARGET: ngettext(
            "Taken together operations are on target, but %(services)s is not good enough",
            "Taken together operations are on target, but %(services)s are not good enough",
            count,
        ),
        Status.GOOD_ENOUGH: ngettext(
            "Taken together operations are good enough, but %(services)s is not",
            "Taken together operations are good enough, but %(services)s are not",
            count,
        ),
        Status.NOT_GOOD_ENOUGH: ngettext(
            "Operations are not good enough; %(services)s fails",
            "Operations are not good enough; %(services)s fail",
            count,
        ),
    }[status]


def _named(names: list, measured: int) -> str:
    if len(names) <= NAMED:
        return voice.services(names)
    return _("%(count)s of %(all)s services") % {"count": voice.count(len(names)), "all": voice.count(measured)}


def decisions(levels: ServiceLevels) -> list[Decision]:
    """At most three, the one with most broken deadlines first; none when nothing asks for the board."""
    asked = [_measures(one, levels) for one in asked_about(levels)]
    return [*asked, _agreement(levels)] if levels.incidents[-1].without_agreement else asked


def asked_about(levels: ServiceLevels) -> list[ServiceFigures]:
    """The failing services that there is room for; what no agreement covers takes the last place."""
    return failing(levels)[: DECISIONS - (levels.incidents[-1].without_agreement > 0)]


def also_failing(levels: ServiceLevels) -> str:
    """The failing services that the decisions have no room for."""
    others = [voice.service(one.name) for one in failing(levels)[len(asked_about(levels)) :]]
    return _("Not good enough either: %(services)s.") % {"services": ", ".join(others)} if others else ""


def _measures(one: ServiceFigures, levels: ServiceLevels) -> Decision:
    index = levels.services.index(one)
    hit = sum(owner.services[index].missed > 0 for owner in levels.owners)
    broken = ngettext("%(count)s deadline was broken.", "%(count)s deadlines were broken.", one.now.missed) % {
        "count": voice.number(one.now.missed)
    }
    return Decision(
        title=_("Ask for measures for %(service)s") % {"service": voice.service(one.name)},
        text=f"{shortfall(one.now)} {broken}",
        who=_("The board"),
        detail=ngettext("concerns %(count)s owner", "concerns %(count)s owners", hit) % {"count": voice.count(hit)},
    )


def _agreement(levels: ServiceLevels) -> Decision:
    now = levels.incidents[-1]
    values = {"count": voice.number(now.without_agreement), "all": voice.number(now.reported)}
    return Decision(
        title=_("Clarify what is promised where no agreement holds"),
        text=_("%(count)s of %(all)s reported incidents had no agreement and are not measured.") % values,
        who=_("The board"),
        detail=_("proposes, the owners agree"),
    )


def shortfall(promises: Promises) -> str:
    """What falls short, with what would be good enough: «57 % løst i tide, godt nok er 80 %.»"""
    words = {
        "resolution": _("%(share)s solved in time, good enough is %(limit)s %%."),
        "response": _("%(share)s answered in time, good enough is %(limit)s %%."),
    }
    kept = {"resolution": promises.resolution, "response": promises.response}
    return " ".join(
        words[metric] % {"share": voice.percent(kept[metric]), "limit": voice.good_enough(kept[metric])}
        for metric in falls_short(promises)
    )


def conclusions(levels: ServiceLevels) -> list[Conclusion]:
    """Three: where deadlines break, how answers stand to solutions, and whether the owners are served alike."""
    if levels.now.status == Status.NOT_MEASURED:
        return []
    return [_where(levels), _answers(levels.now), _owners(levels)]


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
    if len(owners) < NAMED:
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


def changes(levels: ServiceLevels) -> list[Change]:
    """Services whose status is another than the quarter before, the worst first."""
    found = [
        Change(one.now.status, _changed(one))
        for one in sorted(levels.services, key=lambda one: -one.now.missed)
        if Status.NOT_MEASURED not in (one.now.status, one.quarters[-2].status)
        and one.now.status != one.quarters[-2].status
    ]
    worst_first = [Status.NOT_GOOD_ENOUGH, Status.GOOD_ENOUGH, Status.ON_TARGET]
    return sorted(found, key=lambda change: worst_first.index(change.status))


def _changed(one: ServiceFigures) -> str:
    return _("%(service)s: from %(before)s to %(after)s") % {
        "service": voice.capital(voice.service(one.name)),
        "before": one.quarters[-2].status.label,
        "after": one.now.status.label,
    }


def corrected(corrections: tuple[Correction, ...]) -> str:
    """«Tre tall i tidligere rapporter er rettet.»"""
    if not corrections:
        return _("No figure in an earlier report has been corrected.")
    return ngettext(
        "%(count)s figure in an earlier report has been corrected.",
        "%(count)s figures in earlier reports have been corrected.",
        len(corrections),
    ) % {"count": voice.capital(voice.count(len(corrections)))}
