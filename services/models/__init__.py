from services.models.calendars import CalendarVersion, ServiceCalendar
from services.models.catalogue import Level, ProductGroup, Service, Stage, Subscription, Tier

__all__ = [
    "CalendarVersion",
    "Level",
    "ProductGroup",
    "Service",
    "ServiceCalendar",
    "Stage",
    "Subscription",
    "Tier",
]
