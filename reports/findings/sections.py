"""The headings and sentences of the sections, made by rules from the figures."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit.charts.limits import ControlLimits
from reports import voice
from reports.figures import BoardFigures
from reports.findings.benefits import named_unmeasured
from reports.findings.standing import (
    FEWEST,
    failing,
    failing_owners,
    falls_short,
    is_thin,
    lasted,
    measured,
)
from sla.levels import Level, Status
from sla.reporting import OwnerFigures, Promises, ServiceFigures, ServiceLevels
from sla.reporting.uptime import UptimeFigures
from sla.words.course import judgement

NAMED = 2
UPTIME_DECIMALS = 2
A_YEAR = 4


def services_title(levels: ServiceLevels) -> str:
    poor, all_measured = failing(levels), len(levels.measured)
    if not all_measured:
        return _("No service was measured in the quarter")
    if not poor:
        return _("No service falls clearly short of good enough")
    if len(poor) <= NAMED and len(poor) == len(levels.failing):
        names = voice.capital(voice.services([one.name for one in poor]))
        return _("%(services)s: not good enough; the others are") % {"services": names}
    values = {"count": voice.capital(voice.count(len(poor))), "all": voice.count(all_measured)}
    return _("%(count)s of %(all)s services are not good enough") % values


def kept(levels: ServiceLevels) -> str:
    """The quarter in one sentence, with target and what is good enough."""
    now = levels.now
    return _(
        "%(solved)s of %(all_solved)s incidents were solved in time, and %(answered)s of %(all_answered)s were "
        "answered in time. The target is %(target)s %%, good enough is %(limit)s %%."
    ) % {
        "solved": voice.number(now.resolution.met),
        "all_solved": voice.number(now.resolution.counted),
        "answered": voice.number(now.response.met),
        "all_answered": voice.number(now.response.counted),
        "target": voice.wanted(now.resolution),
        "limit": voice.good_enough(now.resolution),
    }


def uptime_finding(uptime: UptimeFigures | None) -> str:
    """«Oppetiden var 99,87 %, og under godt nok for sak/arkiv (98,20 %).» Nothing where none is promised."""
    if uptime is None or not uptime.now.counted:
        return ""
    values = {"share": voice.percent(uptime.now, UPTIME_DECIMALS)}
    if not uptime.missed:
        return _("Availability was %(share)s, and below good enough for no service.") % values
    named = [
        _("%(service)s (%(share)s)")
        % {"service": voice.service(one.name), "share": voice.percent(one.now, UPTIME_DECIMALS)}
        for one in uptime.missed[:NAMED]
    ]
    rest = len(uptime.missed) - len(named)
    if rest:
        named.append(ngettext("%(count)s more", "%(count)s more", rest) % {"count": voice.count(rest)})
    values["services"] = voice.listed(named)
    return _("Availability was %(share)s, and below good enough for %(services)s.") % values


def service_finding(one: ServiceFigures) -> str:
    """A few words on a service: what is wrong, or for how long it has been well."""
    if one.now.status == Status.NOT_MEASURED:
        return _("Nothing to measure")
    if is_thin(one.now.resolution) and is_thin(one.now.response):
        return _("Too few to judge")
    if one.now.status == Status.NOT_GOOD_ENOUGH:
        return _late(one.now)
    return _well(one)


def _late(now: Promises) -> str:
    poor = falls_short(now)
    if len(poor) > 1:
        return _("Answers and solutions late")
    if not poor:
        return _("Below good enough, but few")
    return {"resolution": _("Solutions late"), "response": _("Answers late")}[poor[0]]


def _well(one: ServiceFigures) -> str:
    before, quarters = one.quarters[-2].status, lasted(one.quarters)
    if before == Status.NOT_GOOD_ENOUGH:
        return _("Good enough again")
    if before == Status.ON_TARGET and one.now.status == Status.GOOD_ENOUGH:
        return _("Good enough, was on target")
    if quarters == 1:
        return voice.capital(str(one.now.status.label))
    stands = {
        Status.ON_TARGET: _("On target for %(count)s quarters"),
        Status.GOOD_ENOUGH: _("Good enough for %(count)s quarters"),
    }
    return stands[one.now.status] % {"count": voice.count(quarters)}


def detail_title(name: str, metric: str, promises: Promises) -> str:
    words = {
        "resolution": _("%(service)s: %(share)s solved in time, good enough is %(limit)s"),
        "response": _("%(service)s: %(share)s answered in time, good enough is %(limit)s"),
    }
    level = getattr(promises, metric)
    return words[metric] % {"service": name, "share": voice.percent(level), "limit": voice.good_enough(level)}


def uptime_title(name: str, level: Level) -> str:
    said = {
        "service": name,
        "share": voice.percent(level, UPTIME_DECIMALS),
        "limit": voice.good_enough(level, UPTIME_DECIMALS),
    }
    return _("%(service)s: %(share)s available, good enough is %(limit)s") % said


def uptime_text(values: Sequence[float | None], limits: ControlLimits | None) -> str:
    return f"{_('Share of the agreed time that it was up per month, %.')} {judgement(values, limits)}"


def detail_text(metric: str, values: Sequence[float | None], limits: ControlLimits | None) -> str:
    measure = {
        "resolution": _("Share of incidents solved in time per month, %."),
        "response": _("Share of incidents answered in time per month, %."),
    }
    return f"{measure[metric]} {judgement(values, limits)}"


def owners_title(levels: ServiceLevels) -> str:
    poor, all_measured = failing_owners(levels), measured(levels.owners)
    if not all_measured:
        return _("Nothing was measured for any owner")
    if not poor:
        return _("No owner is served clearly short of good enough")
    values = {"count": voice.capital(voice.count(len(poor))), "all": voice.count(all_measured)}
    return (
        ngettext(
            "%(count)s of %(all)s owners gets less than good enough",
            "%(count)s of %(all)s owners get less than good enough",
            len(poor),
        )
        % values
    )


def owners_lede(levels: ServiceLevels) -> str:
    return f"{who_fails(failing_owners(levels))} {_order(levels)}".strip()


def who_fails(owners: Sequence[OwnerFigures]) -> str:
    """After a title that tells how many they are."""
    return _("It concerns %(owners)s.") % {"owners": voice.listed([one.name for one in owners])} if owners else ""


def _order(levels: ServiceLevels) -> str:
    small = [one.name for one in levels.owners if one.now.resolution.counted and is_thin(one.now.resolution)]
    if not small:
        return _("The owners in order of inhabitants. The same promises hold for all.")
    words = _(
        "The owners in order of inhabitants. %(owners)s had fewer than %(fewest)s incidents: "
        "read those shares with care."
    )
    return words % {"owners": voice.listed(small), "fewest": voice.count(FEWEST)}


def incidents_title(levels: ServiceLevels) -> str:
    now = levels.incidents[-1]
    year_ago = levels.incidents[-1 - A_YEAR].reported if len(levels.incidents) > A_YEAR else 0
    if not year_ago:
        values = {"reported": voice.number(now.reported), "solved": voice.number(now.solved)}
        return _("%(reported)s incidents were reported and %(solved)s solved") % values
    change = round((now.reported - year_ago) * 100 / year_ago)
    values = {"reported": voice.number(now.reported), "change": voice.number(abs(change))}
    if not change:
        return _("%(reported)s incidents were reported, as many as a year ago") % values
    more = _("%(reported)s incidents were reported, %(change)s %% more than a year ago")
    fewer = _("%(reported)s incidents were reported, %(change)s %% fewer than a year ago")
    return (more if change > 0 else fewer) % values


def incidents_lede(levels: ServiceLevels) -> str:
    now = levels.incidents[-1]
    return _(
        "%(solved)s were solved. When the quarter ended, %(open)s were open, %(overdue)s of them past the deadline. "
        "When the figures were read, %(open_now)s were open, %(overdue_now)s of them past the deadline."
    ) % {
        "solved": voice.number(now.solved),
        "open": voice.number(now.open_at_end),
        "overdue": voice.number(now.overdue_at_end),
        "open_now": voice.number(levels.open_at_cut_off),
        "overdue_now": voice.number(levels.overdue_at_cut_off),
    }


def unknown(figures: BoardFigures) -> str:
    """What the report cannot say."""
    levels, benefits = figures.service_levels, figures.benefits
    names = [one.name for one in levels.services if one.now.status == Status.NOT_MEASURED]
    without = levels.incidents[-1].without_agreement
    sentences = []
    if names:
        sentences.append(_("Not measured in the quarter: %(services)s.") % {"services": voice.services(names)})
    if without:
        sentences.append(
            ngettext(
                "%(count)s incident was reported where no agreement holds; it is not counted.",
                "%(count)s incidents were reported where no agreement holds; they are not counted.",
                without,
            )
            % {"count": voice.number(without)}
        )
    if benefits and benefits.unmeasured:
        sentences.append(_("Benefits not measured: %(benefits)s.") % {"benefits": named_unmeasured(benefits)})
    return " ".join(sentences) or _("All services on offer were measured, and every incident had an agreement.")


def may_change(levels: ServiceLevels) -> str:
    """What can still change the picture."""
    if not levels.open_at_cut_off:
        return _("No incident was open when the figures were read. What comes late is corrected in the next report.")
    return ngettext(
        "%(count)s incident was still open. It counts in the month in which it is solved or falls due.",
        "%(count)s incidents were still open. Each counts in the month in which it is solved or falls due.",
        levels.open_at_cut_off,
    ) % {"count": voice.number(levels.open_at_cut_off)}
