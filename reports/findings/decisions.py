"""What the board is asked to take a stand on, by rules from the figures."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.reporting import Benefits
from benefits.words import written
from partnership.reporting import Resolutions
from reports import voice
from reports.figures import BoardFigures
from reports.findings.resolutions import overdue_matter
from reports.findings.standing import failing, falls_short
from sla.reporting import Promises, ServiceFigures, ServiceLevels

DECISIONS = 3


@dataclass(frozen=True)
class Decision:
    title: str
    text: str
    who: str
    detail: str


def decisions(figures: BoardFigures) -> list[Decision]:
    """At most three, the service with most broken deadlines first; none when nothing asks for the board."""
    asked = [_measures(one, figures.service_levels) for one in asked_about(figures)]
    return [*asked, *_others(figures)][:DECISIONS]


def asked_about(figures: BoardFigures) -> list[ServiceFigures]:
    """The failing services that there is room for; other matters take the last places, but leave one."""
    return failing(figures.service_levels)[: max(DECISIONS - len(_others(figures)), 1)]


def also_failing(figures: BoardFigures) -> str:
    """The failing services that the decisions have no room for."""
    others = [voice.service(one.name) for one in failing(figures.service_levels)[len(asked_about(figures)) :]]
    return _("Not good enough either: %(services)s.") % {"services": ", ".join(others)} if others else ""


def _others(figures: BoardFigures) -> list[Decision]:
    """What is no service that fails: incidents without an agreement, late follow-ups, benefits that went backwards."""
    found = [
        _agreement(figures.service_levels),
        figures.resolutions and _late(figures.resolutions, figures),
        figures.benefits and _backwards(figures.benefits),
    ]
    return [one for one in found if one]


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


def _agreement(levels: ServiceLevels) -> Decision | None:
    now = levels.incidents[-1]
    if not now.without_agreement:
        return None
    values = {"count": voice.number(now.without_agreement), "all": voice.number(now.reported)}
    return Decision(
        title=_("Clarify what is promised where no agreement holds"),
        text=_("%(count)s of %(all)s reported incidents had no agreement and are not measured.") % values,
        who=_("The board"),
        detail=_("proposes, the owners agree"),
    )


def _late(resolutions: Resolutions, figures: BoardFigures) -> Decision | None:
    overdue = [line for line in resolutions.open_lines if line.is_overdue]
    if not overdue:
        return None
    longest = overdue[0]
    title = ngettext(
        "Hear why %(count)s resolution is not followed up, and set a new date",
        "Hear why %(count)s resolutions are not followed up, and set new dates",
        len(overdue),
    ) % {"count": voice.number(len(overdue))}
    return Decision(
        title=title,
        text=overdue_matter(longest, (figures.head.read_on - longest.due).days) + ".",
        who=_("The board"),
        detail=longest.owner,
    )


def _backwards(benefits: Benefits) -> Decision | None:
    """The benefit that is furthest behind where it began."""
    worst = next((one for one in benefits.deviations if one.achieved < 0), None)
    if worst is None:
        return None
    values = {
        "value": written(worst.value, worst.unit),
        "baseline": written(worst.baseline, worst.unit),
        "target": written(worst.target, worst.unit),
    }
    return Decision(
        title=_("Ask %(owner)s for measures: %(benefit)s has gone backwards")
        % {"owner": worst.owner, "benefit": voice.service(worst.name)},
        text=_("%(value)s, from %(baseline)s at the start; the target is %(target)s.") % values,
        who=worst.owner,
        detail=_("owns the benefit; the board may ask"),
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
