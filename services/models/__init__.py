from services.models.calendars import CalendarVersion, ServiceCalendar
from services.models.catalogue import Level, ProductGroup, Service, Stage, Subscription, Tier
from services.models.dependencies import Dependency
from services.models.orders import Order, OrderLetter, OrderMove

__all__ = [
    "CalendarVersion",
    "Dependency",
    "Level",
    "Order",
    "OrderLetter",
    "OrderMove",
    "ProductGroup",
    "Service",
    "ServiceCalendar",
    "Stage",
    "Subscription",
    "Tier",
]
