"""Minutes are approved in the product: frozen as paper with a digest, and the meeting with them."""

import hashlib
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership import minutes
from partnership.actions.meetings import locked, require_decided
from partnership.history import recorded
from partnership.models import Meeting, MeetingState, Minutes, User


@recorded
def approve_minutes(*, meeting: Meeting, language: str, by: User | None, at: datetime | None = None) -> Minutes:
    """`at` is now unless the demonstration says otherwise; the paper's bytes follow from content and meeting alone."""
    fresh = locked(meeting)
    if fresh.state != MeetingState.HELD:
        raise ValidationError(_("Close the meeting before its minutes are approved."))
    require_decided(fresh)
    html = minutes.written(fresh, language)
    paper = minutes.paper(html, fresh)
    fresh.state = MeetingState.APPROVED
    fresh.save(update_fields=["state"])
    return Minutes.objects.create(
        meeting=fresh,
        language=language,
        html=html,
        pdf=paper,
        digest=hashlib.sha256(paper).hexdigest(),
        approved=at or timezone.now(),
        approved_by=by,
    )
