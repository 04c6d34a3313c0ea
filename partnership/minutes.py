"""The paper of a meeting: its minutes as HTML, and the PDF/UA made of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kit import pdf
from partnership.meeting_figures import matters_of, places_of
from partnership.meeting_words import when_and_where
from partnership.models import BodyKind, LegalForm, LegalFormPeriod, Meeting, Partnership

FONTS = settings.NODE_MODULES / "@fontsource-variable/inter/files"
FILES = {"/minutes.css": settings.BASE_DIR / "static/css/minutes.css"}


@dataclass(frozen=True)
class Words:
    """What the paper is called, what its approver presses, and its file."""

    name: str
    approve: str
    file: str


def words_for(meeting: Meeting) -> Words:
    """«Møtebok» is the word of a KO and of a joint board, «protokoll» that of companies, as it was on the day."""
    if meeting.body.kind == BodyKind.JOINT_BOARD or _was_ko(timezone.localdate(meeting.starts)):
        return Words(_("Meeting book"), _("Approve the meeting book"), "motebok")
    return Words(_("Minutes"), _("Approve the minutes"), "protokoll")


def _was_ko(day: date) -> bool:
    return LegalFormPeriod.objects.on(day).filter(form=LegalForm.KO).exists()


def file_name(meeting: Meeting) -> str:
    return f"{words_for(meeting).file}-{meeting.year}-{meeting.number}.pdf"


def written(meeting: Meeting, language: str) -> str:
    """The same content gives the same text."""
    with translation.override(language):
        return render_to_string("partnership/print/minutes.html", {"language": language, **content(meeting)})


def content(meeting: Meeting) -> dict[str, Any]:
    places = places_of(meeting)
    partnership = Partnership.objects.first()
    return {
        "meeting": meeting,
        "word": words_for(meeting).name,
        "partnership": partnership,
        "when": when_and_where(meeting),
        "places": places,
        "matters": matters_of(meeting, places),
    }


def paper(html: str, meeting: Meeting) -> bytes:
    """The instant is the meeting's own, so that the same content gives the same bytes whenever it is printed."""
    return pdf.render(html, instant=meeting.starts, fonts=FONTS, files=FILES)
