"""Service credits in words: a ladder, what a month gives and why, what was decided."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts, formats
from sla.credits.ladder import HUNDRED, Ladder, shortfall
from sla.figures.agreements import Credits
from sla.models import Credit, CreditLine, CreditState, Metric
from sla.models.credits import CreditQuerySet
from sla.words import plain

HUNDREDTH = Decimal("0.01")
SHAPES = {
    CreditState.PROPOSED: charts.Status.ONGOING,
    CreditState.CONFIRMED: charts.Status.ON_TARGET,
    CreditState.WAIVED: charts.Status.NOT_MEASURED,
}


def terms(known: Credits) -> str:
    """«Høyst 10 % av månedsprisen; oppetid: 5 %, fra 0,5 prosentpoeng under 10 %»; «ingen»."""
    if known.cap is None:
        return _("none")
    most = _("at most %(cap)s of the price of the month") % {"cap": plain.per_cent(known.cap)}
    ladders = (f"{str(plain.METRIC_NAMES[metric]).lower()}: {_told(one)}" for metric, one in known.ladders.items())
    return plain.sentence("; ".join((most, *ladders)))


def _told(ladder: Ladder) -> str:
    """The first step is said without its points where any miss reaches it."""
    steps = (
        _("%(percent)s from %(points)s points below the target")
        % {"percent": plain.per_cent(step.percent), "points": number(step.points)}
        if step.points
        else _("%(percent)s below the target") % {"percent": plain.per_cent(step.percent)}
        for step in ladder
    )
    return ", ".join(steps)


def typed(ladder: Ladder) -> str:
    """As one types it: «0: 5; 0,5: 10»."""
    return "; ".join(f"{number(step.points)}: {number(step.percent)}" for step in ladder)


def number(value: Decimal) -> str:
    return formats.number(value.normalize(), plain.language(), decimals=None)


def points(line: CreditLine) -> str:
    """Rounded up, as the share is rounded down: together they are the target."""
    return number(Decimal(ceil(shortfall(line.level) * HUNDRED)) / HUNDRED)


def line_words(line: CreditLine) -> str:
    """«98,90 %, mål 99,50 %: 0,60 prosentpoeng under målet.»"""
    metric = Metric(line.metric)
    told = {
        "share": plain.percentage(line.level, metric),
        "wanted": plain.share(line.level.wanted_share),
        "points": points(line),
    }
    return _("%(share)s, target %(wanted)s: %(points)s points below.") % told


def total(credit: Credit, lines: Iterable[CreditLine], cap: Decimal | None) -> str:
    """The arithmetic: «5 % og 10 % er 15 %. Avtalen gir høyst 12 %.»"""
    given = [line.percent for line in lines]
    if not given:
        return _("The figures give nothing now.")
    told = {
        "parts": plain.listed([plain.per_cent(percent) for percent in given]),
        "sum": plain.per_cent(sum(given, Decimal(0))),
    }
    if credit.state == CreditState.WAIVED:
        return _("Without the waiver it would have been %(percent)s.") % {"percent": plain.per_cent(credit.percent)}
    said = _("%(parts)s make %(sum)s.") % told if len(given) > 1 else _("It makes %(sum)s.") % told
    if cap is not None and sum(given) > credit.percent:
        return f"{said} {_('The agreement gives at most %(cap)s.') % {'cap': plain.per_cent(cap)}}"
    return said


def standing(credit: Credit) -> tuple[charts.Status, str]:
    return SHAPES[CreditState(credit.state)], str(credit.get_state_display())


def amount(credit: Credit) -> str:
    """What was decided, or what is proposed; and beside it what the figures say where they have moved since."""
    if not credit.is_decided:
        return plain.per_cent(credit.percent)
    decided = plain.per_cent(credit.decided or Decimal(0))
    if not credit.has_moved:
        return decided
    return _("%(decided)s (the figures now give %(percent)s)") % {
        "decided": decided,
        "percent": plain.per_cent(credit.percent),
    }


def named(credit: Credit) -> str:
    """«Sak/arkiv, Vegårshei, november 2026»."""
    return f"{credit.service}, {credit.organisation}, {plain.month(credit.month)}"


def deciding(credit: Credit) -> str:
    return _("Decide on %(credit)s") % {"credit": named(credit)}


def decision(credit: Credit) -> str:
    """«Bekreftet 03.12.2026 av Ola Nygård: …»; empty while nobody has decided."""
    if credit.decided_at is None:
        return ""
    told = {
        "state": plain.sentence(credit.get_state_display()),
        "when": plain.instant(credit.decided_at),
        "name": credit.decided_by or _("a machine"),
        "reason": credit.reason,
    }
    return _("%(state)s %(when)s by %(name)s: %(reason)s") % told


def list_state(seen: CreditQuerySet) -> str:
    waiting = seen.proposed().count()
    if not waiting:
        return _("None waits for a decision.")
    words = ngettext("%(count)s waits for a decision.", "%(count)s wait for a decision.", waiting)
    return plain.sentence(words % {"count": plain.count_word(waiting)})


def file_head() -> list[Any]:
    return [
        _("Month"), _("Service"), _("Owner"), _("Agreement"), _("Status"), _("Proposed, %"), _("Decided, %"),
        _("Reason"), _("By"), _("Decided"),
    ]  # fmt: skip


def file_rows(rows: Iterable[Credit]) -> Iterator[list[Any]]:
    for one in rows:
        yield [
            f"{one.month:%Y-%m}", one.service, one.organisation, one.version, one.get_state_display(), one.percent,
            one.decided, one.reason, one.decided_by, one.decided_at,
        ]  # fmt: skip
