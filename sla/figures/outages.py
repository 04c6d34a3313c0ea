"""An outage with what it cost: the agreed time that it took from each service of each owner, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from partnership.models import Organisation, User
from services.models import Service
from sla.availability.reading import hits_of
from sla.availability.reckoning import Reckoned, reckoned
from sla.availability.terms import grounds
from sla.models import Coverage, Outage, OutageReach
from sla.querysets import Pair
from sla.spans import Month, month_of


@dataclass(frozen=True)
class Effect:
    """Agreed time in a month: what was down, and what was planned away."""

    service: Service
    organisation: Organisation
    month: Month
    down: timedelta
    planned: timedelta


def outages(user: User) -> QuerySet[Outage]:
    """What the reader may see, with `visible_reach`: three queries for any number of rows."""
    rows = OutageReach.objects.visible_to(user).select_related("service", "organisation")
    return Outage.objects.visible_to(user).prefetch_related(Prefetch("reach", rows, to_attr="visible_reach"))


def effects(user: User, outage: Outage, now: datetime) -> Sequence[Effect]:
    """Alone, as if nothing else had happened. Where no agreement promises availability there is none."""
    services = outage.reach.values("service")
    covered = Coverage.objects.visible_to(user).filter(service__in=services)
    rows = covered.select_related("service", "organisation").order_by("service__sort_key", "organisation__sort_key")
    named: dict[Pair, Coverage] = {(row.service_id, row.organisation_id): row for row in rows}
    last = max(outage.ended or now, outage.started)
    hits = hits_of(OutageReach.objects.filter(outage=outage), now)
    found: dict[tuple[Pair, Month], tuple[timedelta, timedelta]] = {}
    for ground in grounds(set(named), month_of(outage.started), month_of(last)):
        for key, down, planned in _costs(reckoned(ground, hits)):
            before = found.get(key, (timedelta(), timedelta()))
            found[key] = before[0] + down, before[1] + planned
    return [
        Effect(row.service, row.organisation, month, *found[pair, month])
        for pair, row in named.items()
        for month in sorted({month for one, month in found if one == pair})
    ]


def _costs(one: Reckoned) -> Sequence[tuple[tuple[Pair, Month], timedelta, timedelta]]:
    down, planned = one.work.down, one.work.planned
    return [
        ((pair, month), _time(down[place, number]), _time(planned[place, number]))
        for place, pair in enumerate(one.ground.places)
        for number, month in enumerate(one.ground.months)
        if down[place, number] or planned[place, number]
    ]


def _time(seconds: Any) -> timedelta:
    return timedelta(seconds=int(seconds))
