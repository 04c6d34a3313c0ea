"""Headings and sentences about what was decided and is to be followed up, made by rules from the figures."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership.reporting import FollowUpLine, Resolutions
from reports import voice


def resolutions_title(resolutions: Resolutions) -> str:
    if resolutions.overdue:
        return ngettext(
            "%(overdue)s of %(open)s follow-up of resolutions is past its due date",
            "%(overdue)s of %(open)s follow-ups of resolutions are past their due date",
            resolutions.overdue,
        ) % {"overdue": voice.number(resolutions.overdue), "open": voice.number(resolutions.open)}
    if not resolutions.open:
        return _("No resolution waits to be followed up")
    return ngettext(
        "%(open)s resolution is being followed up, within its due date",
        "%(open)s resolutions are being followed up, all within their due dates",
        resolutions.open,
    ) % {"open": voice.number(resolutions.open)}


def resolutions_lede(resolutions: Resolutions) -> str:
    if not resolutions.done:
        return _("None was done from the beginning of the quarter until the figures were read.")
    return ngettext(
        "%(done)s was done from the beginning of the quarter until the figures were read.",
        "%(done)s were done from the beginning of the quarter until the figures were read.",
        resolutions.done,
    ) % {"done": voice.number(resolutions.done)}


def overdue_matter(line: FollowUpLine, days: int) -> str:
    """«Sak 14/26, Fordelingsnøkkel, er 21 dager over fristen»."""
    words = ngettext(
        "Case %(number)s, %(title)s, is %(days)s day past its due date",
        "Case %(number)s, %(title)s, is %(days)s days past its due date",
        days,
    )
    return words % {"number": line.number, "title": voice.inside(line.title), "days": voice.number(days)}
