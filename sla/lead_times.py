"""Lead times of orders: what the agreement in force promises, and how that was kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from kit.worktime import WorkTime
from partnership.models import Organisation, User
from services.models import CalendarVersion, Order, Service
from services.promises import LeadTime, work_time_of
from services.treatments import State
from sla.levels import Level
from sla.models import Coverage, Metric, ServiceAgreement, Target
from sla.querysets import Pair, any_of_pairs

YEAR = timedelta(days=365)
SHOWN_WITH = ("version__agreement", "version__calendar", "calendar", "service", "organisation")


def agreed(service: Service, organisation: Organisation, day: date) -> LeadTime | None:
    """Of the version that covers both on that day; None where it promises nothing of deliveries."""
    covering = Coverage.objects.filter(service=service, organisation=organisation, period__contains=day)
    targets = Target.objects.filter(metric=Metric.LEAD_TIME, version__in=covering.values("version"))
    target = of_pair(targets.select_related(*SHOWN_WITH), (service.pk, organisation.pk))
    if target is None:
        return None
    version = (target.calendar or target.version.calendar).version_on(day)
    hours = version.work_time() if version else work_time_of(service, day)
    return LeadTime(target.days or 0, hours, str(target.version))


def of_pair(targets: Iterable[Target], pair: Pair) -> Target | None:
    """Of the targets of a version: that of the service before that of all others, and then what deviates for the
    organisation before what is common.
    """
    service, organisation = pair
    fitting = [
        one for one in targets if one.service_id in (None, service) and one.organisation_id in (None, organisation)
    ]
    return max(fitting, key=lambda one: (one.service_id is not None, one.organisation_id is not None), default=None)


@dataclass(frozen=True)
class Judged:
    """An approved order whose lead time is decided on a day: delivered by the last day agreed, `due`, or not."""

    order: Order
    target: Target
    due: date
    day: date
    is_met: bool

    @property
    def pair(self) -> Pair:
        return self.order.service_id, self.order.organisation_id

    @property
    def level(self) -> Level:
        return Level(1, int(self.is_met), self.target.wanted, self.target.good_enough)


@dataclass(frozen=True)
class Kept:
    """How the lead times of an agreement were kept for a service of an organisation."""

    service: Service
    organisation: Organisation
    level: Level


@dataclass(frozen=True)
class Terms:
    """The lead times of an agreement, for those of its coverage that the reader may see."""

    coverage: Mapping[Pair, list[Coverage]]
    targets: Mapping[int, list[Target]]

    @classmethod
    def of(cls, user: User, agreement: ServiceAgreement) -> "Terms":
        targets: dict[int, list[Target]] = defaultdict(list)
        promised = Target.objects.visible_to(user).holding().filter(metric=Metric.LEAD_TIME)
        for target in promised.filter(version__agreement=agreement).select_related(*SHOWN_WITH):
            targets[target.version_id].append(target)
        coverage: dict[Pair, list[Coverage]] = defaultdict(list)
        covered = Coverage.objects.visible_to(user).filter(version__in=targets) if targets else ()
        for row in covered:
            coverage[row.service_id, row.organisation_id].append(row)
        return cls(coverage, targets)

    def target_of(self, pair: Pair, day: date) -> Target | None:
        """Of the version in force on that day."""
        covering = (row for row in self.coverage[pair] if day in row.period)
        return next((of_pair(self.targets[row.version_id], pair) for row in covering), None)

    @cached_property
    def hours(self) -> Mapping[int, list[tuple[CalendarVersion, WorkTime]]]:
        calendars = {one.calendar_id or one.version.calendar_id for many in self.targets.values() for one in many}
        found: dict[int, list[tuple[CalendarVersion, WorkTime]]] = defaultdict(list)
        for version in CalendarVersion.objects.filter(calendar__in=calendars):
            found[version.calendar_id].append((version, version.work_time()))
        return found

    def due(self, target: Target, order: Order) -> date:
        day = timezone.localdate(order.approved_at)
        calendar = self.hours[target.calendar_id or target.version.calendar_id]
        known = (hours for version, hours in calendar if day in version.period)
        hours = next(known, None) or work_time_of(order.service, day)
        return LeadTime(target.days or 0, hours).due(order.approved_at)  # type: ignore[arg-type]


def kept(user: User, agreement: ServiceAgreement, until: date) -> list[Kept]:
    """Of the lead times that were decided in the year up to a day: the earlier of the delivery and the last day agreed,
    judged by the version in force when the order was approved. One that was cancelled counts nowhere.
    """
    levels: dict[Pair, Level] = {}
    for one in last_year(user, agreement, until):
        levels[one.pair] = levels.get(one.pair, Level()) + one.level
    services = Service.objects.in_bulk({service for service, _owner in levels})
    owners = Organisation.objects.in_bulk({owner for _service, owner in levels})
    found = [Kept(services[service], owners[owner], level) for (service, owner), level in levels.items()]
    return sorted(found, key=lambda one: (one.service.sort_key, one.organisation.sort_key))


def last_year(user: User, agreement: ServiceAgreement, until: date) -> Iterator[Judged]:
    return judged(Terms.of(user, agreement), until - YEAR, until)


def opened(user: User, agreement: ServiceAgreement, until: date, code: str = "") -> tuple[list[Judged], int]:
    """The orders of the year up to a day that the reader may open, the newest last day first, and how many others the
    figure counts; of one service where its code is given.
    """
    rows = [one for one in last_year(user, agreement, until) if code in ("", one.order.service.code)]
    seen = set(
        Order.objects.visible_to(user).filter(pk__in=[one.order.pk for one in rows]).values_list("pk", flat=True)
    )
    found = sorted((one for one in rows if one.order.pk in seen), key=lambda one: one.due, reverse=True)
    return found, len(rows) - len(found)


def judged(terms: Terms, first: date, last: date) -> Iterator[Judged]:
    if not terms.coverage:
        return
    approved = Order.objects.filter(any_of_pairs(terms.coverage), approved_at__isnull=False)
    for order in approved.exclude(state=State.CANCELLED).select_related("service__calendar", "organisation"):
        pair = (order.service_id, order.organisation_id)
        target = terms.target_of(pair, timezone.localdate(order.approved_at))
        if target is None:
            continue
        due = terms.due(target, order)
        delivered = timezone.localdate(order.delivered_at) if order.delivered_at else None
        is_met = delivered is not None and delivered <= due
        day = delivered if is_met and delivered else due
        if first < day <= last and (is_met or due < last):
            yield Judged(order, target, due, day, is_met)
