"""What the e-mail that warns of deadlines says."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sla.models import DeadlineNotice, Metric, Warned
from sla.words import plain


def subject(notices: Sequence[DeadlineNotice]) -> str:
    """«2 frister er brutt, 3 er i ferd med å brytes»; the half that is of nothing is not said."""
    broken = sum(notice.kind == Warned.BROKEN for notice in notices)
    at_risk = len(notices) - broken
    parts = []
    if broken:
        words = ngettext("%(count)s deadline is broken", "%(count)s deadlines are broken", broken)
        parts.append(words % {"count": broken})
    if at_risk:
        words = ngettext("%(count)s deadline is about to break", "%(count)s deadlines are about to break", at_risk)
        parts.append(words % {"count": at_risk})
    return ", ".join(parts)


def lines(notices: Iterable[DeadlineNotice]) -> Iterator[tuple[DeadlineNotice, str]]:
    """«INC0001 E-post for Grimstad, P2: løses innen onsdag 25.11.2026 kl. 14.00»."""
    for notice in notices:
        incident = notice.incident
        place = _("%(number)s %(service)s for %(owner)s, P%(priority)s") % {
            "number": incident.external_id,
            "service": incident.service,
            "owner": incident.organisation,
            "priority": incident.priority,
        }
        yield notice, f"{place}: {_standing(notice) % {'when': plain.day_and_clock(notice.due)}}"


def _standing(notice: DeadlineNotice) -> str:
    is_answer = notice.metric == Metric.RESPONSE
    if notice.kind == Warned.BROKEN:
        return _("was to be answered by %(when)s") if is_answer else _("was to be solved by %(when)s")
    return _("is to be answered by %(when)s") if is_answer else _("is to be solved by %(when)s")


def more(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("And %(count)s more.", "And %(count)s more.", count) % {"count": count}
