"""The life cycle of an agreement in words: phases, what is missing, evaluations, improvements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.models import Organisation
from services.models import Service
from sla.figures.agreements import TargetKey
from sla.figures.life import Life
from sla.models import Evaluation, Evidence, Improvement, Need, Phase, Target
from sla.models.improvements import ImprovementQuerySet
from sla.models.phases import WRITTEN
from sla.needs import Standing, lacks_responsible
from sla.waiting import DueEvaluation
from sla.words import plain
from sla.words.agreements import target_name


@dataclass(frozen=True)
class Step:
    """One phase on the way, as `components/steps.html` shows it."""

    label: str
    state: str
    date: str = ""


@dataclass(frozen=True)
class ToldNeed:
    """A need with its sign; `detail` is what is written down, or what is missing."""

    name: str
    status: str
    word: str
    detail: str = ""
    url: str = ""
    action: str = ""


def steps(life: Life) -> Iterator[Step]:
    """The phases it has been in, the one it is in and those ahead; one that was passed over is left out."""
    order = list(Phase)
    now = order.index(life.phase)
    for place, phase in enumerate(order):
        change = life.visited.get(phase)
        day = plain.day(change.day) if change and place <= now else ""
        label = plain.sentence(phase.label)
        if place == now:
            yield Step(label, "current", day)
        elif place > now:
            yield Step(label, "ahead")
        elif change:
            yield Step(label, "done", day)


def need(one: Need) -> str:
    return plain.sentence(one.label)


def needs(life: Life) -> list[ToldNeed]:
    return [_told(life, one) for one in life.needs]


def _told(life: Life, one: Standing) -> ToldNeed:
    shape, word = ("on-target", _("in place")) if one.is_met else ("not-good-enough", _("missing"))
    detail = _written(one.evidence) if one.evidence else plain.listed(one.lacking)
    return ToldNeed(need(one.need), shape, word, detail, *_way(life, one))


def _way(life: Life, one: Standing) -> tuple[str, str]:
    """Where it is mended, and what is done there; empty where no single page does."""
    if one.need == Need.ROLES and lacks_responsible(life.agreement):
        return reverse("sla:agreement-rename", args=[life.agreement.pk]), _("Say who is responsible")
    if one.need not in WRITTEN:
        return "", ""
    action = _("Write it anew") if one.is_met else _("Write it down")
    return reverse("sla:evidence-edit", args=[life.agreement.pk, one.need]), action


def _written(evidence: Evidence) -> str:
    """«Arkivsak 18/2041. Ingrid Dahl, 02.11.2026»."""
    by = f"{evidence.by.name}, " if evidence.by else ""
    return f"{evidence.text.rstrip('.')}. {by}{plain.day(timezone.localdate(evidence.made))}"


def needs_state(life: Life) -> str:
    if not life.needs:
        return _("Nothing is needed to go on.")
    missing = sum(not one.is_met for one in life.needs)
    if not missing:
        return _("Everything is in place to go on.")
    words = ngettext("%(count)s thing is missing to go on.", "%(count)s things are missing to go on.", missing)
    return words % {"count": missing}


def due(one: DueEvaluation) -> str:
    """«Styret: frist 01.01.2027»."""
    told = {"party": plain.sentence(one.party.label), "day": plain.day(one.due)}
    return (_("%(party)s: overdue since %(day)s") if one.is_overdue else _("%(party)s: due by %(day)s")) % told


def evaluated(one: Evaluation) -> str:
    """«Styret 01.01.2026: gå videre som nå»."""
    told = {
        "party": plain.sentence(one.get_party_display()),
        "day": plain.day(one.held_on),
        "conclusion": one.get_conclusion_display(),
    }
    return _("%(party)s %(day)s: %(conclusion)s") % told


def missed(
    target: Target | None = None,
    service: Service | None = None,
    organisation: Organisation | None = None,
    missed_from: date | None = None,
    missed_to: date | None = None,
) -> str:
    """«P3 løsning, E-post, Arendal, 01.07.2026–30.09.2026»; empty where no target was missed."""
    parts = [
        target_name(TargetKey.of(target)) if target else "",
        str(service or ""),
        str(organisation or ""),
        _days(missed_from, missed_to) if missed_from and missed_to else "",
    ]
    return ", ".join(part for part in parts if part)


def _days(first: date, last: date) -> str:
    return f"{plain.day(first)}–{plain.day(last)}"


def missed_by(one: Improvement) -> str:
    return missed(one.target, one.service, one.organisation, one.missed_from, one.missed_to)


def standing_of(one: Improvement) -> tuple[str, str]:
    """A sign and a word."""
    if one.is_overdue:
        return "not-good-enough", _("overdue")
    return ("ongoing", _("open")) if one.is_open else ("on-target", _("done"))


def improvements_state(seen: ImprovementQuerySet) -> str:
    open_, late = seen.open().count(), seen.overdue().count()
    if not open_:
        return _("Nothing is to be improved now.")
    told: dict[str, Any] = {"open": open_, "late": late}
    words = ngettext("%(open)s is open", "%(open)s are open", open_) % told
    return f"{words}, {_('%(late)s over the date') % told}." if late else f"{words}."
