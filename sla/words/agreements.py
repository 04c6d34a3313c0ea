"""Agreements in words: when a version holds, what it promises, what changed."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.models import Organisation
from sla.figures.agreements import Change, Edition, TargetKey, in_order, terms
from sla.models import AgreementVersion, Commitment, Coverage, Impact, Metric, ServiceAgreement, Target
from sla.words import credits as credit_words
from sla.words import plain

NAMED_AT_MOST = 4


@dataclass(frozen=True)
class ToldVersion:
    """A version as a column of the table, and what changed with it."""

    edition: Edition
    heading: str
    period: str
    ending: str
    changes: list[str]
    standing: str
    approval: str
    credits: str
    resolution_url: str
    can_withdraw: bool


@dataclass(frozen=True)
class ToldTerm:
    """A target in one version; has_changed against the version before."""

    work: str
    terms: str
    has_changed: bool


@dataclass(frozen=True)
class ToldRow:
    name: str
    cells: list[ToldTerm]


@dataclass(frozen=True)
class Reach:
    """A service and, for each organisation, whether it is covered."""

    service: str
    covered: list[bool]


def told_versions(
    editions: Sequence[Edition], in_force: Edition | None, resolutions: Container[int] = ()
) -> list[ToldVersion]:
    """Newest first, as the editions are. `resolutions` are the ids of those that the reader may open."""
    changes = [list(told_change(Change(earlier, later))) for later, earlier in pairwise(editions)]
    first = [_("The first version.")] if editions else []
    return [
        ToldVersion(
            one,
            _("Version %(number)s") % {"number": one.version.number},
            held(one.version),
            ending(one.version),
            said,
            _standing(one, in_force),
            approval(one.version),
            credit_words.terms(one.credits),
            _resolution_url(one.version, resolutions),
            one.is_still_to_come,
        )
        for one, said in zip(editions, [*changes, first], strict=True)
    ]


def _standing(one: Edition, in_force: Edition | None) -> str:
    if one == in_force:
        return _("in force")
    return "" if one.version.is_approved else str(one.version.get_stage_display())


def approval(version: AgreementVersion) -> str:
    """The resolution; of a proposal, to whom it is proposed."""
    if version.is_approved or version.proposed_on is None:
        return version.resolution
    told = {"body": version.proposed_to, "day": plain.day(version.proposed_on)}
    return _("proposed to %(body)s %(day)s") % told


def ending(version: AgreementVersion) -> str:
    """By which resolution, where its end needed one."""
    return _("ended by %(resolution)s") % {"resolution": version.end_resolution} if version.end_resolution else ""


def _resolution_url(version: AgreementVersion, seen: Container[int]) -> str:
    if version.decided_in_id is None or version.decided_in_id not in seen:
        return ""
    return reverse("partnership:resolution-detail", args=[version.decided_in_id])


def held(version: AgreementVersion) -> str:
    first, last = version.first_day, version.last_day
    span = {"first": plain.day(first) if first else "…", "last": plain.day(last) if last else ""}
    return _("%(first)s to %(last)s") % span if last else _("from %(first)s") % span


def extent(version: Any) -> str:
    """«9 tjenester for 8 eiere», of a version fetched with what the reader sees of its coverage."""
    rows = version.visible_coverage
    services, owners = len({row.service_id for row in rows}), len({row.organisation_id for row in rows})
    return _("%(services)s for %(owners)s") % {
        "services": ngettext("%(count)s service", "%(count)s services", services) % {"count": services},
        "owners": ngettext("%(count)s owner", "%(count)s owners", owners) % {"count": owners},
    }


def target_rows(editions: Sequence[Edition]) -> list[ToldRow]:
    """A row a target that any version has, a cell a version."""
    keys = in_order({key for one in editions for key in one.targets})
    return [ToldRow(target_name(key), [*_cells(editions, key)]) for key in keys]


def _cells(editions: Sequence[Edition], key: TargetKey) -> Iterator[ToldTerm]:
    targets = [one.targets.get(key) for one in editions]
    befores = [*targets[1:], targets[-1]]
    for target, before in zip(targets, befores, strict=True):
        work = promised(target) if target else "–"
        yield ToldTerm(work, promise(target) if target else "", terms(target) != terms(before))


def target_name(key: TargetKey) -> str:
    """«P2 løsning», «Oppetid», «Levering, PC»; «P2 løsning, rammer en hel virksomhet, Grimstad» of what deviates."""
    name = str(plain.STOPS[key.metric])
    told = name if key.priority is None else f"P{key.priority} {name.lower()}"
    hit = _("hits %(whom)s") % {"whom": Impact(key.impact).label} if key.impact else ""
    return _listed(told, hit, str(key.service or ""), str(key.organisation or ""))


def promised(target: Target) -> str:
    """What is promised, before how often: «8 t»; of availability the share itself."""
    return plain.share(target.wanted) if target.metric == Metric.AVAILABILITY else plain.allowed(target)


def promise(target: Target) -> str:
    """«90 %, godt nok 80 %, pauser stopper tida, Hele døgnet»; «godt nok 99 %, planlagt arbeid varsles 3 dager før»."""
    if target.metric == Metric.AVAILABILITY:
        return _availability_terms(target)
    words = _("%(wanted)s, good enough %(good_enough)s") % {
        "wanted": plain.share(target.wanted),
        "good_enough": plain.share(target.good_enough),
    }
    pauses = _("pauses stop the time") if target.pauses else ""
    return _listed(words, pauses, str(target.calendar or ""), commitment(target))


def deviation(organisation: Organisation | None, impact: Impact | None) -> tuple[str, str]:
    """A title, and what is to be known."""
    incidents = _("incidents that hit %(whom)s") % {"whom": impact.label} if impact else ""
    whom = _listed(str(organisation or ""), incidents)
    if impact:
        note = _("A line that is filled in holds for incidents of this impact. Empty lines are as for every other.")
    else:
        note = _("A line that is filled in replaces what is common for this owner. Empty lines are as for everyone.")
    return _("What deviates for %(whom)s") % {"whom": whom}, note


def common(target: Target | None) -> str:
    """«Felles: 8 t, mål 90 %, godt nok 80 %»."""
    return _("Common: %(terms)s") % {"terms": _told_terms(target) if target else _("nothing")}


def commitment(target: Target) -> str:
    """«garanti»; nothing of what is usual."""
    return "" if target.commitment == Commitment.DECLARATION else str(target.get_commitment_display())


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _availability_terms(target: Target) -> str:
    enough = _("good enough %(good_enough)s") % {"good_enough": plain.share(target.good_enough)}
    days = target.notice_days or 0
    notice = ngettext(
        "planned work is notified %(count)s day before", "planned work is notified %(count)s days before", days
    )
    return _listed(enough, notice % {"count": days}, str(target.calendar or ""), commitment(target))


def told_change(change: Change) -> Iterator[str]:
    """Sentences: deadlines, opening hours, who came and who left."""
    for before, after in change.targets:
        yield _told_target(before, after)
    if change.has_other_hours:
        hours = {"before": change.earlier.version.calendar, "after": change.later.version.calendar}
        yield _("Opening hours: %(after)s, before %(before)s.") % hours
    if change.has_other_credits:
        both = {"before": credit_words.terms(change.earlier.credits), "after": credit_words.terms(change.later.credits)}
        yield _("Service credits: %(after)s; before %(before)s.") % both
    if change.added:
        yield _("New: %(covered)s.") % {"covered": told_coverage(change.added)}
    if change.removed:
        yield _("No longer covered: %(covered)s.") % {"covered": told_coverage(change.removed)}
    if not (change.targets or change.has_other_hours or change.has_other_credits or change.added or change.removed):
        yield _("Nothing but the period.")


def _told_target(before: Target | None, after: Target | None) -> str:
    target = after or before
    name = {"name": target_name(TargetKey.of(target)) if target else ""}
    if before is None or after is None:
        one = {"terms": _told_terms(target) if target else ""}
        return (_("%(name)s: new, %(terms)s.") if after else _("%(name)s: taken out, was %(terms)s.")) % (name | one)
    if terms(before)[0] != terms(after)[0] and terms(before)[1:] == terms(after)[1:]:  # type: ignore[index]
        times = {"after": promised(after), "before": promised(before)}
        return _("%(name)s: %(after)s, before %(before)s.") % (name | times)
    both = {"after": _told_terms(after), "before": _told_terms(before)}
    return _("%(name)s: %(after)s; before %(before)s.") % (name | both)


def _told_terms(target: Target) -> str:
    return f"{promised(target)}, {promise(target)}"


def told_coverage(rows: Sequence[Coverage]) -> str:
    """«Telefoni for Risør og Gjerstad»; of many, how many."""
    by_service = [
        (service, [row.organisation for row in group]) for service, group in groupby(rows, key=lambda row: row.service)
    ]
    if len(by_service) > NAMED_AT_MOST:
        words = ngettext("%(count)s service", "%(count)s services", len(by_service))
        return words % {"count": len(by_service)}
    return plain.listed(
        [
            _("%(service)s for %(owners)s") % {"service": service, "owners": _owners(owners)}
            for service, owners in by_service
        ]
    )


def _owners(owners: Sequence[Organisation]) -> str:
    if len(owners) <= NAMED_AT_MOST:
        return plain.listed(owners)
    return ngettext("%(count)s owner", "%(count)s owners", len(owners)) % {"count": len(owners)}


def reach(one: Edition) -> list[Reach]:
    """The matrix of a version: services against its organisations."""
    pairs, owners = one.pairs, one.organisations
    return [Reach(str(service), [(service.pk, owner.pk) in pairs for owner in owners]) for service in one.services]


def state(editions: Sequence[Edition], in_force: Edition | None) -> str:
    if in_force:
        words = _("%(version)s holds %(period)s: %(extent)s.")
        version = _("Version %(number)s") % {"number": in_force.version.number}
        return words % {"version": version, "period": held(in_force.version), "extent": extent(in_force.version)}
    return _("No version holds today.") if editions else _("It has no version yet, so it judges nothing.")


def phase(agreement: ServiceAgreement) -> str:
    return plain.sentence(agreement.get_phase_display())
