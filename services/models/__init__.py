from services.models.calendars import CalendarVersion, ServiceCalendar
from services.models.catalogue import Level, ProductGroup, Service, Stage, Subscription, Tier
from services.models.dependencies import Dependency
from services.models.notices import (
    NoticeKind,
    NoticeLetter,
    NoticeMessage,
    NoticeReach,
    NoticeTemplate,
    ServiceNotice,
)
from services.models.orders import Order, OrderLetter, OrderMove

__all__ = [
    "CalendarVersion",
    "Dependency",
    "Level",
    "NoticeKind",
    "NoticeLetter",
    "NoticeMessage",
    "NoticeReach",
    "NoticeTemplate",
    "Order",
    "OrderLetter",
    "OrderMove",
    "ProductGroup",
    "Service",
    "ServiceCalendar",
    "ServiceNotice",
    "Stage",
    "Subscription",
    "Tier",
]
