"""The charts of a benefit: how far it has come, and the way there."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from benefits import words
from benefits.arithmetic import Effect, Status
from benefits.figures import BenefitFigures
from benefits.models import BenefitShare, Measurement, Unit
from kit import charts, formats

NARROW = 288
POINTS_SHOWN = 12
WITHOUT_LIMITS = slice(0)
"""A benefit is meant to move, so its series has no control limits."""


def share_bullet(share: BenefitShare) -> charts.Bullet | None:
    """None where there is no way to draw."""
    way, unit = share.way, share.benefit.unit
    if way is None:
        return None
    value = share.newest_value
    return charts.Bullet(
        title=words.finding(Effect.of(way, value)),
        summary=words.state(share),
        headers=(_("What"), _("Value"), _("Day")),
        baseline=mark(way.baseline, unit, _("Baseline"), words.day(share.baseline_on)),
        now=None if value is None else mark(value, unit, _("Now"), words.day(share.newest_on)),
        target=mark(way.target, unit, _("Target"), words.day(share.target_on)),
        status=words.SHAPES[Status(share.standing)],
        good_enough=mark(way.good_enough, unit, _("good enough")) if way.good_enough is not None else None,
    )


def benefit_bullet(figures: BenefitFigures) -> charts.Bullet | None:
    """Of the only share that the reader sees, else of all of them together where they can be added."""
    return share_bullet(figures.shares[0]) if len(figures.shares) == 1 else total_bullet(figures)


def total_bullet(figures: BenefitFigures) -> charts.Bullet | None:
    """What all the shares are to give together, from nothing to all of it."""
    effect, unit = figures.total, figures.benefit.unit
    if effect is None or not effect.planned:
        return None
    return charts.Bullet(
        title=words.finding(effect),
        summary=total_words(effect, unit),
        headers=(_("What"), _("Value"), _("Day")),
        baseline=mark(Decimal(0), unit, _("Baseline")),
        now=mark(effect.realised, unit, _("Realised")) if effect.measured else None,
        target=mark(effect.planned, unit, _("Planned")),
        status=words.SHAPES[effect.status],
        good_enough=mark(effect.least, unit, _("good enough")) if effect.least < effect.planned else None,
    )


def total_words(effect: Effect, unit: str) -> str:
    """«720 000 kr av 960 000 kr er realisert: godt nok.»."""
    planned = {"planned": words.written(effect.planned, unit)}
    if not effect.measured:
        return _("%(planned)s is planned, and nothing is measured yet.") % planned
    realised = {"realised": words.written(effect.realised, unit), "status": words.STATUS_WORDS[effect.status]}
    return _("%(realised)s of %(planned)s is realised: %(status)s.") % (planned | realised)


def mark(value: Decimal, unit: str, name: str, note: str = "") -> charts.Mark:
    return charts.Mark(float(value), name, words.written(value, unit), note)


def drawn(bullet: charts.Bullet | None) -> tuple[charts.Chart, charts.Chart] | None:
    """For a desk and for a phone."""
    return (charts.bullet(bullet), charts.bullet(bullet, width=NARROW)) if bullet else None


def row(share: BenefitShare) -> charts.Chart | None:
    """The bullet of a line in a table."""
    bullet = share_bullet(share)
    return charts.bullet_row(bullet) if bullet else None


def share_series(share: BenefitShare, measurements: Sequence[Measurement]) -> charts.Series | None:
    """The newest measurements that hold, oldest first, after the baseline."""
    held = sorted((one for one in measurements if one.is_current), key=lambda one: one.day)[-POINTS_SHOWN:]
    known = [(one.day, one.value) for one in held]
    if share.baseline is not None and share.baseline_on and len(held) < POINTS_SHOWN:
        known.insert(0, (share.baseline_on, share.baseline))
    if len(known) < 2:
        return None
    points = [
        charts.Point(words.day(on), float(value), formats.written_date(on, "LLL", words.language()), str(on.year))
        for on, value in known
    ]
    return series(
        points, share.benefit.unit, share.benefit.indicator, target=share.target, good_enough=share.good_enough
    )


def total_series(figures: BenefitFigures) -> charts.Series | None:
    effects, total = figures.quarters, figures.total
    if total is None or sum(one.effect.measured > 0 for one in effects) < 2:
        return None
    points = [
        charts.Point(
            formats.quarter(one.quarter.first, words.language()),
            float(one.effect.realised) if one.effect.measured else None,
            _("Q%(number)s") % {"number": one.quarter.number},
            str(one.quarter.year),
        )
        for one in effects
    ]
    summary = _("Realised when each quarter ended, for those that had measured.")
    return series(points, figures.benefit.unit, summary, target=total.planned, good_enough=total.least)


def series(
    points: Sequence[charts.Point], unit: str, summary: str, *, target: Decimal, good_enough: Decimal | None
) -> charts.Series:
    enough = None if good_enough in (None, target) else good_enough
    return charts.Series(
        title=_("The way so far"),
        summary=f"{summary}. {Unit(unit).label.capitalize()}." if not summary.endswith(".") else summary,
        headers=(_("Day"), str(Unit(unit).label).capitalize()),
        points=tuple(points),
        words=charts.SeriesWords(_("Target").lower(), _("good enough"), "", "", "", str(_("not measured"))),
        number=partial(number_of, unit),
        target=float(target),
        good_enough=None if enough is None else float(enough),
        baseline=WITHOUT_LIMITS,
    )


def number_of(unit: str, value: float) -> str:
    """Without its unit, which stands in the head of the table and in the sentence."""
    return words.plain_number(Decimal(str(value)))


def drawn_series(data: charts.Series | None) -> tuple[charts.Chart, charts.Chart] | None:
    return (charts.time_series(data), charts.time_series(data, width=NARROW)) if data else None
