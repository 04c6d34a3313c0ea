"""An incident waits for somebody until a day that is said beforehand, and goes on by itself then.

Whoever calls these lets the incident be calculated again (`sla.recalculation`).
"""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import User
from sla.models import Incident, Pause

LONGEST = timedelta(days=90)


@recorded
def pause_incident(*, incident: Incident, reason: str, resumes: date, by: User) -> Pause:
    """From now until `resumes` begins. ValidationError for a day that has come or lies over 90 days ahead, for an
    incident that is over, and while it waits already.
    """
    fresh, now = _still_open(incident), timezone.now()  # the clock is read when others have let go of the row
    if fresh.pauses.lasting(now).exists():
        raise ValidationError(_("It waits already."))
    if not timezone.localdate() < resumes <= timezone.localdate() + LONGEST:
        raise ValidationError({"resumes": _("Choose a day within the next 90 days.")})
    pause = Pause(incident=fresh, started=now, ended=_morning_of(resumes), reason=reason, by=by)
    pause.full_clean()
    pause.save()
    return pause


@recorded
def resume_incident(*, incident: Incident, by: User) -> Pause:
    """The pause that was set here ends now. ValidationError where there is none; the source's are ended there."""
    fresh, now = _still_open(incident), timezone.now()
    pause = fresh.pauses.own().lasting(now).first()
    if pause is None:
        raise ValidationError(_("It does not wait."))
    pause.ended = now
    pause.full_clean()
    pause.save()
    return pause


def _still_open(incident: Incident) -> Incident:
    fresh = Incident.objects.select_for_update().get(pk=incident.pk)
    if not fresh.is_open:
        raise ValidationError(_("It is solved or closed."))
    return fresh


def _morning_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
