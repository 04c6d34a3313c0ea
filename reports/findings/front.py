"""The heading of page 1 and what has changed since last time, in words made by rules from the figures."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.reporting import Resolutions
from reports import voice
from reports.document.parts import Mark
from reports.figures import BoardFigures
from reports.findings.resolutions import overdue_matter
from reports.findings.standing import failing, is_clear
from sla.levels import Status
from sla.reporting import ServiceFigures, ServiceLevels

NAMED = 2
CHANGES = 4


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


def changes(levels: ServiceLevels) -> list[Change]:
    """Services whose status is clearly another than the quarter before, the worst first."""
    found = [
        Change(one.now.status, _changed(one))
        for one in sorted(levels.services, key=lambda one: -one.now.missed)
        if Status.NOT_MEASURED not in (one.now.status, one.quarters[-2].status)
        and one.now.status != one.quarters[-2].status
        and is_clear(one.now)
        and is_clear(one.quarters[-2])
    ]
    worst_first = [Status.NOT_GOOD_ENOUGH, Status.GOOD_ENOUGH, Status.ON_TARGET]
    return sorted(found, key=lambda change: worst_first.index(change.status))


def _changed(one: ServiceFigures) -> str:
    return _("%(service)s: from %(before)s to %(after)s") % {
        "service": voice.capital(voice.service(one.name)),
        "before": one.quarters[-2].status.label,
        "after": one.now.status.label,
    }


def followed_up(figures: BoardFigures) -> list[Change]:
    """What has become of resolutions: how many are done, and the one that is longest past its due date."""
    resolutions = figures.resolutions
    if resolutions is None:
        return []
    done, late = _done(resolutions), _late(resolutions, figures.head.read_on)
    return [Change(status, text) for status, text in ((Status.ON_TARGET, done), (Status.NOT_GOOD_ENOUGH, late)) if text]


def _done(resolutions: Resolutions) -> str:
    if not resolutions.done:
        return ""
    words = ngettext("%(done)s resolution followed up", "%(done)s resolutions followed up", resolutions.done)
    return words % {"done": voice.number(resolutions.done)}


def _late(resolutions: Resolutions, read_on: date) -> str:
    overdue = [line for line in resolutions.open_lines if line.is_overdue]
    if not overdue:
        return ""
    told = overdue_matter(overdue[0], (read_on - overdue[0].due).days)
    more = len(overdue) - 1
    if not more:
        return told
    words = ngettext("%(told)s, and %(count)s more", "%(told)s, and %(count)s more", more)
    return words % {"told": told, "count": voice.count(more)}


def corrected(figures: BoardFigures) -> str:
    """«Tre tall i tidligere rapporter er rettet.»"""
    count = len(figures.corrections) + len(figures.recounts)
    if not count:
        return _("No figure in an earlier report has been corrected.")
    return ngettext(
        "%(count)s figure in an earlier report has been corrected.",
        "%(count)s figures in earlier reports have been corrected.",
        count,
    ) % {"count": voice.capital(voice.count(count))}
