"""When an order is ready: the date that is suggested, how many working days it took, how promises were kept lately."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from kit.opening_hours import day_number
from kit.worktime import WorkTime
from partnership.models import Organisation
from services import opening
from services.models import Order, Service

OFFICE_DAYS = {day: [["08:00", "15:45"]] for day in ("mon", "tue", "wed", "thu", "fri")}
"""For a service whose opening hours nobody has agreed: Monday to Friday, without public holidays."""


@dataclass(frozen=True)
class LeadTime:
    """Working days from approval to delivery, and by which hours they are counted. `agreed_in` names what promises it;
    nothing does where the days are only those of the catalogue.
    """

    days: int
    hours: WorkTime
    agreed_in: str = ""

    def due(self, start: datetime) -> date:
        """The last day of what began then."""
        due = self.hours.due_workdays(start, self.days)
        return due.date() if due else timezone.localdate(start) + timedelta(days=self.days)


type Agreed = Callable[[Service, Organisation, date], LeadTime | None]
AGREED: list[Agreed] = []
"""What knows of agreements adds itself here; the first that has something to say is heard."""


def lead_time(service: Service, organisation: Organisation | None, day: date) -> LeadTime:
    """What is agreed for the organisation on that day, else the delivery time of the catalogue."""
    told = (agreed(service, organisation, day) for agreed in AGREED) if organisation else iter(())
    found = next((one for one in told if one), None)
    return found or LeadTime(service.delivery_days, work_time_of(service, day))


def work_time_of(service: Service, day: date) -> WorkTime:
    version = service.calendar.version_on(day) if service.calendar else None
    return version.work_time() if version else opening.work_time(weekly=OFFICE_DAYS)


def suggested_day(service: Service, start: datetime, organisation: Organisation | None = None) -> date:
    """The lead time reckoned in working days from an instant."""
    return lead_time(service, organisation, timezone.localdate(start)).due(start)


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
