"""What is done about a figure that is not on target: the improvements of the place, and the way to a new one."""

from typing import Any

from partnership import access
from partnership.access import Permission
from partnership.models import Organisation, User
from services.models import Service
from sla.figures.misses import MISSED
from sla.levels import Level
from sla.models import Improvement, Target
from sla.spans import Span
from sla.views.addresses import improving
from sla.words import life as words


def following(
    user: User, level: Level, target: Target | None, service: Service, organisation: Organisation, span: Span
) -> dict[str, Any]:
    """Of a place and a span. `target` is the one that was missed; nobody is asked to improve what is on target."""
    seen = Improvement.objects.visible_to(user).filter(service=service, organisation=organisation)
    known = seen.select_related("owner", "target__organisation", "service", "organisation")
    page: dict[str, Any] = {"improvements": [(one, *words.standing_of(one)) for one in known], "improvement_url": ""}
    if target and level.status in MISSED and access.holds(user, Permission.MANAGE_AGREEMENTS):
        page["improvement_url"] = improving(target, span, service, organisation)
    return page
