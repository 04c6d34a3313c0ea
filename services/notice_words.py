"""Service notices in words: how one stands, whom it hits, what a letter is called."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kit import charts, formats
from partnership.letters import one_line
from services.models import NoticeKind, NoticeMessage, NoticeReach, ServiceNotice

type Fact = tuple[str, str]
NAMED_AT_MOST = 4


def language() -> str:
    return get_language() or "nb"


def clock(instant: datetime) -> str:
    """«fredag 18.09.2026 kl. 08.30»."""
    return formats.instant_with_weekday(instant, language())


def status(notice: ServiceNotice, now: datetime) -> tuple[charts.Status, str]:
    if notice.is_called_off:
        return charts.Status.NOT_MEASURED, _("called off")
    if notice.is_over(now):
        return charts.Status.ON_TARGET, _("ended")
    if notice.starts > now:
        return charts.Status.PAUSED, _("to come")
    if notice.kind == NoticeKind.FAULT:
        return charts.Status.NOT_GOOD_ENOUGH, _("goes on")
    return charts.Status.ONGOING, _("goes on")


def state(notice: ServiceNotice, now: datetime) -> str:
    """One sentence for the page's head: since when, until when, and when more is said."""
    kind = capfirst(notice.get_kind_display())
    if notice.is_called_off:
        return _("%(kind)s, called off.") % {"kind": kind}
    if notice.ended:
        times = {"kind": kind, "start": clock(notice.starts), "end": clock(notice.ended)}
        return _("%(kind)s from %(start)s to %(end)s.") % times
    said = _("%(kind)s from %(start)s.") % {"kind": kind, "start": clock(notice.starts)}
    if notice.expected_end:
        said = f"{said} {_('Expected to end %(end)s.') % {'end': clock(notice.expected_end)}}"
    if notice.next_update and notice.next_update > now:
        said = f"{said} {_('More is said by %(when)s.') % {'when': clock(notice.next_update)}}"
    return said


def facts(notice: ServiceNotice, hits: Sequence[NoticeReach]) -> list[Fact]:
    rows = [(_("Services"), services(hits)), (_("Concerns"), owners(hits)), (_("From"), clock(notice.starts))]
    if notice.ended:
        rows.append((_("Ended"), _("called off") if notice.is_called_off else clock(notice.ended)))
    elif notice.expected_end:
        rows.append((_("Expected to end"), clock(notice.expected_end)))
    if notice.next_update:
        rows.append((_("Next update"), clock(notice.next_update)))
    return rows


def services(hits: Iterable[NoticeReach]) -> str:
    return formats.listed(list(dict.fromkeys(hit.service for hit in hits)), language())


def owners(hits: Iterable[NoticeReach]) -> str:
    """«Risør og Gjerstad»; of many, how many."""
    named = list(dict.fromkeys(hit.organisation for hit in hits))
    if len(named) > NAMED_AT_MOST:
        return ngettext("%(count)s owner", "%(count)s owners", len(named)) % {"count": len(named)}
    return formats.listed(named, language())


def subject(message: NoticeMessage) -> str:
    """«Driftsforstyrrelse: E-post er nede», «Avsluttet: …», «Oppdatert: …»."""
    notice = message.notice
    if message.is_end:
        begins = _("Called off") if notice.is_called_off else _("Ended")
    elif notice.messages.filter(pk__lt=message.pk).exists():
        begins = _("Update")
    else:
        begins = capfirst(notice.get_kind_display())
    return one_line(f"{begins}: {notice.title}")


def letters(left: int, written: int) -> Fact:
    """For those who wrote them: that all have left, or how many."""
    if not written:
        return _("Letters"), _("nobody is written to")
    counts = {"left": formats.number(left, language()), "written": formats.number(written, language())}
    return _("Letters"), _("%(left)s of %(written)s have left") % counts


def said(message: NoticeMessage) -> str:
    """When and by whom."""
    when = clock(message.at)
    return f"{when}, {message.by}" if message.by else when


def told(count: int) -> str:
    words = ngettext("%(count)s person is written to.", "%(count)s people are written to.", count)
    return words % {"count": formats.number(count, language())}
