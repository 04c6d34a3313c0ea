"""Outages and planned work in words: what they are, whom they hit, what they cost."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import formats
from sla.figures.outages import Effect
from sla.models import Outage, OutageKind, OutageReach, Reclassification
from sla.models.outages import OutageQuerySet
from sla.outages.reports import OWN_SOURCE
from sla.words import plain

type Fact = tuple[str, str]
NAMED_AT_MOST = 3


def state(outages: OutageQuerySet) -> str:
    """«1 brudd pågår nå.»: in figures, as the word for one follows the gender of what is counted."""
    ongoing = outages.ongoing().filter(kind=OutageKind.UNPLANNED).count()
    words = ngettext("%(count)s service failure goes on.", "%(count)s service failures go on.", ongoing)
    return words % {"count": formats.number(ongoing, plain.language())} if ongoing else _("Nothing is down now.")


def matches(count: int) -> str:
    return ngettext("%(count)s row.", "%(count)s rows.", count) % {"count": formats.number(count, plain.language())}


def services(hits: Iterable[OutageReach]) -> str:
    return plain.listed(list(dict.fromkeys(hit.service for hit in hits)))


def owners(hits: Iterable[OutageReach]) -> str:
    """«Risør og Gjerstad»; of many, how many."""
    named = list(dict.fromkeys(hit.organisation for hit in hits))
    if None in named:
        return _("everyone who has the service")
    if len(named) > NAMED_AT_MOST:
        return ngettext("%(count)s owner", "%(count)s owners", len(named)) % {"count": len(named)}
    return plain.listed(named)


def lasted(outage: Outage) -> str:
    """One sentence of state for the page's head."""
    kind = plain.sentence(outage.get_kind_display())
    if outage.ended is None:
        return _("%(kind)s. From %(start)s, and it goes on.") % {
            "kind": kind,
            "start": plain.day_and_clock(outage.started),
        }
    times = {"start": plain.day_and_clock(outage.started), "time": plain.duration(outage.ended - outage.started)}
    return _("%(kind)s. From %(start)s, for %(time)s.") % ({"kind": kind} | times)


def facts(outage: Outage, hits: Sequence[OutageReach]) -> list[Fact]:
    source = _("registered here") if outage.source == OWN_SOURCE else outage.source
    return [
        (_("Number"), f"{outage.external_id} ({source})"),
        (_("Kind"), counts_as(outage)),
        (_("From"), plain.instant(outage.started)),
        (_("To"), plain.instant(outage.ended) if outage.ended else _("still down")),
        (_("Whom it hit"), "\n".join(hit_words(hit) for hit in hits)),
    ]


def counts_as(outage: Outage) -> str:
    """«planlagt, varslet 01.04.2026 kl. 08.00»; an agreement may still find that too late."""
    kind = str(outage.get_kind_display())
    if not outage.is_planned:
        return kind
    if outage.notified is None:
        return _("%(kind)s, notified in time") % {"kind": kind}
    return _("%(kind)s, notified %(when)s") % {"kind": kind, "when": plain.instant(outage.notified)}


def hit_words(hit: OutageReach) -> str:
    """«E-post for Risør, 40 % av brukerne»."""
    whom = hit.organisation or _("everyone who has the service")
    place = _("%(service)s for %(owner)s") % {"service": hit.service, "owner": whom}
    if hit.affected_share == 1:
        return place
    return _("%(place)s, %(share)s of the users") % {"place": place, "share": plain.share(hit.affected_share)}


def told_effects(effects: Iterable[Effect]) -> list[dict[str, Any]]:
    return [
        {
            "service": effect.service,
            "owner": effect.organisation,
            "month": plain.sentence(plain.month(effect.month.first)),
            "down": plain.duration(effect.down) if effect.down else "–",
            "planned": plain.duration(effect.planned) if effect.planned else "–",
        }
        for effect in effects
    ]


def decision(judged: Reclassification) -> str:
    """«12.11.2026 kl. 14.05: teller som planlagt, avgjort av Ola Nordmann»."""
    told = {"made": plain.instant(judged.made), "kind": judged.get_kind_display()}
    if not judged.by:
        return _("%(made)s: counts as %(kind)s") % told
    return _("%(made)s: counts as %(kind)s, decided by %(by)s") % (told | {"by": judged.by.name})


def kept(outage: Outage) -> str:
    told = _("%(number)s stays %(kind)s, as a person has decided.")
    return told % {"number": outage.external_id, "kind": outage.get_kind_display()}


def file_head() -> list[str]:
    return [
        _("Source"),
        _("Number"),
        _("What happened"),
        _("Kind"),
        _("Service"),
        _("Owner"),
        _("Share of the users, %"),
        _("From"),
        _("To"),
        _("Planned work notified"),
    ]


def file_rows(outages: Iterable[Any]) -> Iterator[list[Any]]:
    """A row for each service and owner that was hit."""
    for outage in outages:
        for hit in outage.visible_reach:
            yield [
                outage.source,
                outage.external_id,
                outage.title,
                outage.get_kind_display(),
                hit.service.name,
                hit.organisation and hit.organisation.name,
                hit.affected_share * 100,
                outage.started,
                outage.ended,
                outage.notified,
            ]
