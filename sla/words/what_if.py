"""A version tried on the past, in words: the finding, the owners beside each other, what would be judged otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from kit import charts, formats
from sla.figures.what_if import CreditSum, Pairing, WhatIf, judged_otherwise
from sla.levels import Level
from sla.models import Metric
from sla.recalculation.supposed import Verdict
from sla.spans import span_name
from sla.words import plain

BATCH = 1000
STEP = 4
"""Decimals by which steps are compared."""
VERDICTS = {
    Verdict.NONE: gettext_lazy("nothing promised"),
    Verdict.OPEN: gettext_lazy("not decided yet"),
    Verdict.BROKEN: gettext_lazy("broken"),
    Verdict.HELD: gettext_lazy("held"),
}
WAYS = {
    (Verdict.HELD, Verdict.BROKEN): ngettext_lazy(
        "%(count)s was held and would have been broken",
        "%(count)s were held and would have been broken",
        "number",
    ),
    (Verdict.BROKEN, Verdict.HELD): ngettext_lazy(
        "%(count)s was broken and would have been held",
        "%(count)s were broken and would have been held",
        "number",
    ),
    (Verdict.NONE, Verdict.BROKEN): ngettext_lazy(
        "%(count)s had no promise and would have been broken",
        "%(count)s had no promise and would have been broken",
        "number",
    ),
    (Verdict.NONE, Verdict.HELD): ngettext_lazy(
        "%(count)s had no promise and would have been held",
        "%(count)s had no promise and would have been held",
        "number",
    ),
    (Verdict.BROKEN, Verdict.NONE): ngettext_lazy(
        "%(count)s was broken and would have had no promise",
        "%(count)s were broken and would have had no promise",
        "number",
    ),
    (Verdict.HELD, Verdict.NONE): ngettext_lazy(
        "%(count)s was held and would have had no promise",
        "%(count)s were held and would have had no promise",
        "number",
    ),
}
"""Of the deadlines that are decided either way."""


@dataclass(frozen=True)
class ToldLevel:
    """The share is empty where nothing was measured: the symbol of that says it."""

    status: charts.Status
    word: str
    share: str


@dataclass(frozen=True)
class ToldOwner:
    """For each metric the level as it was and as it would have been."""

    name: str
    cells: list[tuple[ToldLevel, ToldLevel]]


def span(found: WhatIf) -> str:
    """«september 2025 til august 2026»."""
    first, last = (span_name(month, plain.language()) for month in found.months)
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def title(found: WhatIf) -> str:
    """The finding of the metric that would have changed most."""
    if not found.metrics:
        return _("Nothing to compare in these months")
    totals = {metric: found.total(metric) for metric in found.metrics}
    changed = [metric for metric, total in totals.items() if len(set(_told(total, metric))) > 1]
    if not changed:
        return _("No figure of all owners would have been another")
    metric = max(changed, key=lambda one: _weight(totals[one]))
    if totals[metric].after.counted:
        return _change(totals[metric], metric)
    lost = [str(plain.METRIC_NAMES[one]).lower() for one in changed if not totals[one].after.counted]
    return _("%(names)s would not have been promised") % {"names": plain.sentence(plain.listed(lost))}


def _weight(total: Pairing) -> tuple[bool, bool, Decimal]:
    """A figure of another status weighs most, then what comes or goes altogether, then the larger step."""
    before, after = total.before.percent(STEP), total.after.percent(STEP)
    differs = total.before.status != total.after.status
    if before is None or after is None:
        return False, differs, Decimal(0)
    return differs, False, abs(after - before)


def _change(total: Pairing, metric: Metric) -> str:
    """In figures; in the words of the status where the figure is the same, as only what is wanted is another."""
    was, would = _told(total, metric)
    name = plain.METRIC_NAMES[metric]
    if not total.before.counted:
        return _("%(name)s was not promised, and would have been %(after)s") % {"name": name, "after": would.share}
    after, before = (would.word, was.word) if would.share == was.share else (would.share, was.share)
    told = {"name": name, "after": after, "before": before}
    return _("%(name)s would have been %(after)s instead of %(before)s") % told


def state(found: WhatIf) -> str:
    told = {"version": found.version, "span": span(found)}
    said = [_("If %(version)s had held from %(span)s.") % told]
    if found.promises_deliveries:
        said.append(_("Delivery of orders is not included."))
    words = _("The hours of “%(calendar)s” hold from %(day)s; they are tried before that too.")
    said += [words % {"calendar": one.calendar, "day": plain.day(one.first_day)} for one in found.late_hours]
    return " ".join(said)


def owners(found: WhatIf) -> list[ToldOwner]:
    rows = [
        ToldOwner(str(owner), [_told(found.of(owner, one), one) for one in found.metrics]) for owner in found.owners
    ]
    if len(rows) > 1:
        rows.append(ToldOwner(_("All"), [_told(found.total(one), one) for one in found.metrics]))
    return rows


def heads(found: WhatIf) -> list[str]:
    return [str(plain.METRIC_NAMES[metric]) for metric in found.metrics]


def _told(pairing: Pairing, metric: Metric) -> tuple[ToldLevel, ToldLevel]:
    return _level(pairing.before, metric), _level(pairing.after, metric)


def _level(level: Level, metric: Metric) -> ToldLevel:
    share = plain.percentage(level, metric) if level.counted else ""
    return ToldLevel(plain.SHAPES[level.status], str(level.status.label), share)


def credit_rows(found: WhatIf) -> list[tuple[str, str, str]]:
    """Each owner: what it was given, and what it would have been; nothing where neither gives credits."""
    if not found.has_credits:
        return []
    return [(str(owner), *(_credits(one) for one in found.credits_of(owner))) for owner in found.owners]  # type: ignore[misc]


def _credits(one: CreditSum) -> str:
    """«3 prisavslag, til sammen 15 prosentpoeng»: per cent of different prices are no per cent of any."""
    if not one.credits:
        return "–"
    words = ngettext(
        "%(count)s service credit, %(points)s percentage points in all",
        "%(count)s service credits, %(points)s percentage points in all",
        one.credits,
    )
    points = formats.number(one.percent.normalize(), plain.language())
    return words % {"count": one.credits, "points": points}


def changes(found: WhatIf) -> list[str]:
    """«214 ble holdt og hadde blitt brutt»."""
    counts = {way: found.found.changes.count(*way) for way in WAYS}
    return [
        str(words % {"number": counts[way], "count": formats.number(counts[way], plain.language())})
        for way, words in WAYS.items()
        if counts[way]
    ]


def file_head() -> list[Any]:
    return [_("Incident"), _("Service"), _("Owner"), _("Reported"), _("Deadline"), _("It was"), _("It would have been")]


def file_rows(found: WhatIf) -> Iterator[list[Any]]:
    """A row per deadline that would be judged otherwise."""
    for batch in batched(found.found.changes.rows(), BATCH, strict=False):
        for one in judged_otherwise(batch):
            incident, told = one.incident, [plain.STOPS[one.metric], VERDICTS[one.before], VERDICTS[one.after]]
            yield [incident.external_id, incident.service, incident.organisation, incident.opened, *told]
