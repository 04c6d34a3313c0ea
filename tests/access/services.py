"""The catalogue and its calendars are shared; a subscription belongs to an organisation."""

from types import SimpleNamespace
from typing import Any

from partnership.access import Permission, roles_with
from partnership.models import Organisation
from services.models import CalendarVersion, ServiceCalendar
from tests import make
from tests.access.matrix import DONE, WIDE, Page

MANAGERS = roles_with(Permission.MANAGE_CATALOGUE)
CHANGES: dict[str, Any] = {"allowed": MANAGERS, "method": "post", "succeeded": DONE}
ASKS: dict[str, Any] = {"allowed": MANAGERS}
HIDDEN: dict[str, Any] = {"stranger": 404}
TYPED = {
    "name_nb": "E-post",
    "group": "drift",
    "tier": "base",
    "step": "3",
    "level": "operational",
    "delivery_days": "5",
}
ROWS = {f"{rows}-{count}": "0" for rows in ("seasons", "exceptions") for count in ("TOTAL_FORMS", "INITIAL_FORMS")}
WEEK = ROWS | {"first_day": "01.01.2030", "mon": "08.00–15.45", "zone": "Europe/Oslo"}


def service(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make.service().pk}


def calendar(world: SimpleNamespace) -> dict[str, Any]:
    return {"pk": make.calendar().pk}


def coming_version(world: SimpleNamespace) -> dict[str, Any]:
    made: ServiceCalendar = make.calendar(first=make.FAR_AHEAD)
    return {"pk": CalendarVersion.objects.get(calendar=made).pk}


def subscription(at: Organisation) -> dict[str, Any]:
    return {"pk": make.subscription(at, make.service()).pk}


PAGES = [
    Page("services:service-list"),
    Page("services:service-add", **ASKS),
    Page("services:service-add", data=TYPED | {"code": "NY", "stage": "offered"}, **CHANGES),
    Page("services:service-detail", own=service, **HIDDEN),
    Page("services:service-edit", own=service, **ASKS, **HIDDEN),
    Page("services:service-edit", own=service, data=TYPED, **CHANGES, **HIDDEN),
    Page("services:service-needs", own=service, **ASKS, **HIDDEN),
    Page("services:service-needs", own=service, **CHANGES, **HIDDEN),
    Page("services:service-stage", own=service, **ASKS, **HIDDEN),
    Page("services:service-stage", own=service, data={"stage": "closing"}, **CHANGES, **HIDDEN),
    Page("services:calendar-list"),
    Page("services:calendar-add", **ASKS),
    Page("services:calendar-add", data=WEEK | {"name": "Kontortid"}, **CHANGES),
    Page("services:calendar-detail", own=calendar, **HIDDEN),
    Page("services:calendar-rename", own=calendar, **ASKS, **HIDDEN),
    Page("services:calendar-rename", own=calendar, data={"name": "Vakt"}, **CHANGES, **HIDDEN),
    Page("services:version-add", own=calendar, **ASKS, **HIDDEN),
    Page("services:version-add", own=calendar, data=WEEK, **CHANGES, **HIDDEN),
    Page("services:version-edit", own=coming_version, **ASKS, **HIDDEN),
    Page("services:version-edit", own=coming_version, data=WEEK, **CHANGES, **HIDDEN),
    Page("services:subscription-list"),
    Page("services:subscription-add", **ASKS),
    Page("services:subscription-add", data={"first_day": "01.01.2030"}, **CHANGES),
    Page("services:subscription-add-many", **ASKS),
    Page("services:subscription-add-many", data={"first_day": "01.01.2030"}, **CHANGES),
    Page(
        "services:subscription-end",
        own=lambda world: subscription(world.arendal),
        foreign=lambda world: subscription(world.grimstad),
        foreign_allowed=MANAGERS & WIDE,
        **ASKS,
        **HIDDEN,
    ),
    Page(
        "services:subscription-end",
        own=lambda world: subscription(world.arendal),
        foreign=lambda world: subscription(world.grimstad),
        foreign_allowed=MANAGERS & WIDE,
        data={"last_day": "01.01.2030"},
        **CHANGES,
        **HIDDEN,
    ),
]
