"""What a service needs of others is written down, without circles."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _

from partnership.history import recorded
from partnership.models import User
from services.dependencies import graph
from services.models import Dependency, Service

LOCK = 0x0DE
"""The advisory lock under which needs are saved: two at once could close a circle that neither sees."""


@recorded
def set_dependencies(*, service: Service, needed: Collection[Service], by: User | None) -> None:
    """Exactly these are needed. ValidationError that names the circle where one would need itself."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    known = graph()
    for one in needed:
        if way := known.way(one.pk, service.pk):
            _refuse_circle([service.pk, *way])
    wanted = {one.pk for one in needed}
    for row in service.dependencies.exclude(needed__in=wanted):
        row.delete()
    there = set(service.dependencies.values_list("needed", flat=True))
    Dependency.objects.bulk_create(Dependency(service=service, needed_id=one) for one in sorted(wanted - there))


def _refuse_circle(way: list[int]) -> None:
    names = Service.objects.in_bulk(way)
    told = " → ".join(str(names[one]) for one in way)
    raise ValidationError({"needed": ValidationError(_("A service would need itself: %(way)s."), params={"way": told})})
