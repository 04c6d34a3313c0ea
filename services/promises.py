"""When an order is ready: the date that is suggested, how many working days it took, how promises were kept lately."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kit.opening_hours import day_number
from kit.worktime import WorkTime
from services import opening
from services.models import Order, Service

OFFICE_DAYS = {day: [["08:00", "15:45"]] for day in ("mon", "tue", "wed", "thu", "fri")}
"""For a service whose opening hours nobody has agreed: Monday to Friday, without public holidays."""


def work_time_of(service: Service, day: date) -> WorkTime:
    version = service.calendar.version_on(day) if service.calendar else None
    return version.work_time() if version else opening.work_time(weekly=OFFICE_DAYS)


def suggested_day(service: Service, start: datetime) -> date:
    """The delivery time of the service reckoned in its working days from an instant."""
    due = work_time_of(service, timezone.localdate(start)).due_workdays(start, service.delivery_days)
    return due.date() if due else timezone.localdate(start) + timedelta(days=service.delivery_days)


def working_days(hours: WorkTime, first: date, last: date) -> int:
    """How many working days lie after the first day, to and with the last."""
    return len(hours.hours.working_days(day_number(first) + 1, day_number(last)))


@dataclass(frozen=True)
class Kept:
    """Of the orders delivered in some span, how many came by the date first promised."""

    on_time: int
    delivered: int


def recently_kept(service: Service, today: date) -> Kept:
    """The last 90 days, over all owners: what anybody who orders may expect."""
    delivered = Order.objects.filter(service=service).recently_delivered(today)
    return Kept(delivered.on_time().count(), delivered.count())
