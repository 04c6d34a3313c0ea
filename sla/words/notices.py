"""Service notices and the status page in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kit import charts
from services import notice_words
from services.models import ServiceNotice, Subscription
from sla.figures.notices import Standing
from sla.words import plain


@dataclass(frozen=True)
class Told:
    """A notice as a row of the status page and of homes."""

    title: str
    text: str
    url: str
    status: charts.Status
    word: str

    @property
    def is_calm(self) -> bool:
        """No failure: what is planned, and information."""
        return self.status is not charts.Status.NOT_GOOD_ENOUGH


def told(notice: ServiceNotice, now: datetime) -> Told:
    status, word = notice_words.status(notice, now)
    services = notice_words.services(notice.visible_reach)  # type: ignore[attr-defined]
    text = f"{services}. {notice_words.state(notice, now)}" if services else notice_words.state(notice, now)
    return Told(notice.title, text, reverse("sla:notice-detail", args=[notice.pk]), status, word)


def list_state(current: int, coming: int) -> str:
    """«Ingen melding er aktuell. Én kommer.»"""
    words = ngettext("%(count)s notice is current.", "%(count)s notices are current.", current)
    said = _counted(words, current) if current else _("No notice is current.")
    if not coming:
        return said
    more = ngettext("%(count)s is still to come.", "%(count)s are still to come.", coming)
    return f"{said} {_counted(more, coming)}"


def _counted(words: str, count: int) -> str:
    return plain.sentence(words % {"count": plain.count_word(count)})


def by_owner(hit: Sequence[Subscription]) -> list[tuple[str, str]]:
    """Each owner that is hit with its services."""
    ordered = sorted(hit, key=lambda row: (row.organisation.sort_key, row.service.sort_key))
    return [
        (str(owner), plain.listed([row.service for row in rows]))
        for owner, rows in groupby(ordered, key=lambda row: row.organisation)
    ]


def standing(one: Standing) -> tuple[charts.Status, str]:
    if one.is_down:
        return charts.Status.NOT_GOOD_ENOUGH, _("down")
    if one.is_worked_on:
        return charts.Status.ONGOING, _("planned work goes on")
    return charts.Status.ON_TARGET, _("no known failure")


def summary(down: int) -> str:
    """Of so many services that are down."""
    if not down:
        return _("Everything works, as far as we know.")
    words = ngettext("%(count)s service is down.", "%(count)s services are down.", down)
    return _counted(words, down)
