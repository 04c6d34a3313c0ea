"""What is done about a figure that is not on target: the improvements of the place, and the way to a new one."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from partnership import access
from partnership.access import Permission
from partnership.models import Organisation, User
from services.models import Service
from sla.levels import Level, Status
from sla.models import Improvement, Target
from sla.spans import Span
from sla.words import life as words

MISSED = (Status.GOOD_ENOUGH, Status.NOT_GOOD_ENOUGH)


def following(
    user: User, level: Level, target: Target | None, service: Service, organisation: Organisation, span: Span
) -> dict[str, Any]:
    """Of a place and a span. `target` is the one that was missed; nobody is asked to improve what is on target."""
    seen = Improvement.objects.visible_to(user).filter(service=service, organisation=organisation)
    known = seen.select_related("owner", "target__organisation", "service", "organisation")
    page: dict[str, Any] = {"improvements": [(one, *words.standing_of(one)) for one in known], "improvement_url": ""}
    if target and level.status in MISSED and access.holds(user, Permission.MANAGE_AGREEMENTS):
        page["improvement_url"] = _address(target, service, organisation, span)
    return page


def _address(target: Target, service: Service, organisation: Organisation, span: Span) -> str:
    missed = {
        "target": target.pk,
        "service": service.pk,
        "organisation": organisation.pk,
        "missed_from": span.first.isoformat(),
        "missed_to": span.last.isoformat(),
    }
    return f"{reverse('sla:improvement-add', args=[target.version.agreement_id])}?{urlencode(missed)}"
