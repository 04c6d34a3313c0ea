"""A report made from end to end, in whichever process asks: figures, paper in three languages, publication."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kit.quarters import Quarter
from partnership.models import Organisation, User
from reports import actions
from reports.models import Edition, Rendering
from reports.rendering import LANGUAGE_NAMES, LANGUAGES, rendering
from sla.models import Compliance
from sla.reporting import QUARTERS_SHOWN

type Progress = Callable[[int, int, str], object]


def silently(_done: int, _total: int, _step: str) -> None:
    """Nobody waits to be told."""


def draft(*, quarter: Quarter, by: User | None, progress: Progress = silently) -> Edition:
    """Reads the figures of a quarter, unless they are frozen, and makes the report in every language.

    Again: the same edition, with the figures as they are by then. A published report is left as it is.
    """
    progress(0, len(LANGUAGES) + 1, _("Reading the figures"))
    edition = actions.draft(quarter=quarter, by=by)
    if edition.is_open:
        actions.keep_renderings(edition=edition, renderings=_made(edition, progress), by=by)
    return edition


@transaction.atomic
def publish(*, edition: Edition, by: User | None, progress: Progress = silently) -> Edition:
    """Makes the final report, with its comments, and opens it to its readers. Who is to be told is noted, not told.

    The figures must be frozen. Again: nothing happens. Comments wait at the door while this goes on.
    """
    locked = Edition.objects.select_for_update().get(pk=edition.pk)
    if locked.is_open:
        actions.publish(edition=locked, renderings=_made(locked, progress), by=by)
    return locked


def make_own(*, edition: Edition, owner: Organisation, language: str, by: User | None) -> Rendering:
    """An owner's own edition, unless it is made already."""
    known = edition.renderings.own(owner.pk).filter(language=language).first()
    return known or actions.keep_own(rendering=rendering(edition, language, owner), owner=owner, by=by)


def owners_of(edition: Edition) -> QuerySet[Organisation]:
    """Those that a report has figures of."""
    levels = edition.figures["sections"]["service_levels"]
    return Organisation.objects.filter(pk__in=[owner["id"] for owner in levels["owners"]])


def _made(edition: Edition, progress: Progress) -> list[Rendering]:
    made = []
    for step, language in enumerate(LANGUAGES, start=1):
        words = _("Making the report: %(language)s") % {"language": LANGUAGE_NAMES[language]}
        progress(step, len(LANGUAGES) + 1, words)
        made.append(rendering(edition, language))
    return made


def draftable() -> list[Quarter]:
    """The newest quarters that have ended, hold figures and are not published; the newest first."""
    ended = last_closed().ending_here(QUARTERS_SHOWN)
    measured = Compliance.objects.in_months(ended[0].first, ended[-1].last)
    months = set(measured.values_list("month", flat=True).distinct())
    published = {one.period for one in Edition.objects.published().light()}
    return [one for one in reversed(ended) if one not in published and not months.isdisjoint(one.months)]


def last_closed(now: datetime | None = None) -> Quarter:
    """The newest quarter that has ended."""
    return Quarter.last_closed(timezone.localdate(now))
