"""Headings and sentences about benefits, made by rules from the figures."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.arithmetic import Effect
from benefits.models import Type
from benefits.reporting import Benefits
from benefits.words import full_time
from reports import voice

NAMED_UNMEASURED = 6


def money_of(benefits: Benefits) -> Effect | None:
    """What can be added in kroner, where some of it is measured."""
    return _measured(benefits, Type.MONEY)


def _measured(benefits: Benefits, kind: Type) -> Effect | None:
    figures = benefits.of_type(kind)
    return figures.effect if figures and figures.effect and figures.effect.measured else None


def benefits_title(benefits: Benefits) -> str:
    money, now = money_of(benefits), benefits.now
    if now.total == now.not_measured:
        return _("No benefit has been measured")
    if money is None:
        return _good_enough(benefits)
    if money.realised >= money.planned:
        return _("The benefits in kroner have reached what was wanted")
    values = {"realised": voice.money(money.realised), "planned": voice.money(money.planned)}
    return _("The benefits have given %(realised)s of the %(planned)s wanted") % values


def _good_enough(benefits: Benefits) -> str:
    now = benefits.now
    values = {
        "fine": voice.capital(voice.count(now.on_target + now.good_enough)),
        "all": voice.count(now.total - now.not_measured),
    }
    return _("%(fine)s of %(all)s measured benefits are good enough") % values


def benefits_lede(benefits: Benefits) -> str:
    return " ".join(part for part in (f"{_good_enough(benefits)}.", _freed(benefits), unmeasured(benefits)) if part)


def _freed(benefits: Benefits) -> str:
    """The time that was freed, which is no money."""
    effect = _measured(benefits, Type.TIME)
    if effect is None:
        return ""
    words = _("Freed besides: %(realised)s of %(planned)s wanted.")
    return words % {"realised": full_time(effect.realised), "planned": full_time(effect.planned)}


def unmeasured(benefits: Benefits) -> str:
    count = benefits.now.not_measured
    if not count:
        return _("All are measured.")
    return ngettext(
        "%(count)s is not measured, which is not nought.", "%(count)s are not measured, which is not nought.", count
    ) % {"count": voice.capital(voice.count(count))}


def money_title(effect: Effect) -> str:
    least = {"least": voice.money(effect.least)}
    if effect.realised >= effect.planned:
        return _("In kroner the target is reached")
    if effect.realised >= effect.least:
        return _("In kroner it is good enough, which is %(least)s") % least
    return _("In kroner it is less than good enough, which is %(least)s") % least


def money_text(effect: Effect) -> str:
    """What the line shows, and what it leaves out."""
    text = _("Realised in a year, by the newest measurement of each, in 1,000 kroner.")
    if not effect.unmeasured:
        return text
    words = ngettext(
        "%(count)s benefit in kroner is not measured and gives nothing to the line.",
        "%(count)s benefits in kroner are not measured and give nothing to the line.",
        effect.unmeasured,
    )
    return f"{text} {words % {'count': voice.capital(voice.count(effect.unmeasured))}}"


def deviations_title(benefits: Benefits) -> str:
    found = benefits.deviations
    if not found:
        return _("No measured benefit is less than good enough")
    worse = sum(one.achieved < 0 for one in found)
    if worse == len(found):
        return ngettext(
            "%(count)s benefit has come the shortest way, and is worse than where it began",
            "%(count)s benefits have come the shortest way, and are worse than where they began",
            len(found),
        ) % {"count": voice.capital(voice.count(len(found)))}
    return _("These have come the shortest way to their target")


def named_unmeasured(benefits: Benefits) -> str:
    """«A1 Digitale søknader (Tvedestrand)», at most six."""
    names = [f"{one.code} {one.name.written(voice.language())} ({one.owner})" for one in benefits.unmeasured]
    told, more = names[:NAMED_UNMEASURED], len(names) - NAMED_UNMEASURED
    if more > 0:
        told.append(ngettext("%(count)s more", "%(count)s more", more) % {"count": voice.number(more)})
    return voice.listed(told)
