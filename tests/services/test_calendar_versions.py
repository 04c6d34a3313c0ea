"""Where a version of opening hours finds its place among those that are known."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from services.actions.calendars import add_calendar_version, change_calendar_version
from services.models import ServiceCalendar
from tests import make
from tests.services.test_calendars import HOURS, ONE_DAY, sheet


@pytest.fixture
def tomorrow(db) -> date:
    return timezone.localdate() + ONE_DAY


def test_a_version_cannot_begin_on_the_day_of_another(service_manager, tomorrow):
    calendar = make.calendar(first=tomorrow)
    with pytest.raises(ValidationError) as raised:
        add_calendar_version(calendar=calendar, first_day=tomorrow, hours=HOURS, by=service_manager)
    (told,) = raised.value.message_dict["first_day"]
    assert told.startswith("Versjon 1 begynner ")


def spans(calendar: ServiceCalendar) -> list[tuple[int, date | None, date | None]]:
    return [(one.number, one.first_day, one.last_day) for one in calendar.versions.order_by("period")]


@pytest.mark.parametrize("days", [-30, 10], ids=["gone by", "to come"])
def test_a_version_before_one_that_is_planned_takes_the_days_up_to_it(client, service_manager, tomorrow, days: int):
    calendar = make.calendar()
    planned, first_day = tomorrow + 20 * ONE_DAY, tomorrow + days * ONE_DAY
    add_calendar_version(calendar=calendar, first_day=planned, hours=HOURS, by=service_manager)
    client.force_login(service_manager)

    answer = client.post(
        reverse("services:version-add", args=[calendar.pk]), sheet(first_day, mon="9-10", resolution="sak 3/26")
    )

    assert answer.status_code == 302
    assert spans(calendar) == [
        (1, make.LONG_AGO, first_day - ONE_DAY),
        (3, first_day, planned - ONE_DAY),
        (2, planned, None),
    ]
    assert calendar.version_on(first_day).weekly["mon"] == [["09:00", "10:00"]]
    shown = client.get(reverse("services:calendar-detail", args=[calendar.pk])).context["versions"]
    assert [told.version.number for told in shown] == [2, 3, 1]


def test_hours_from_before_the_first_version_hold_until_it(service_manager, tomorrow):
    calendar = make.calendar(first=tomorrow)
    hours = HOURS | {"resolution": "sak 3/26"}
    add_calendar_version(calendar=calendar, first_day=date(2026, 1, 1), hours=hours, by=service_manager)
    assert spans(calendar) == [(2, date(2026, 1, 1), tomorrow - ONE_DAY), (1, tomorrow, None)]


def test_a_version_between_two_moves_and_the_one_before_follows(service_manager, tomorrow):
    calendar = make.calendar()
    for number in (20, 10):
        add_calendar_version(calendar=calendar, first_day=tomorrow + number * ONE_DAY, hours=HOURS, by=service_manager)
    between = calendar.versions.get(number=3)

    with pytest.raises(ValidationError, match="Velg en tidligere dag") as raised:
        change_calendar_version(version=between, first_day=tomorrow + 20 * ONE_DAY, hours=HOURS, by=service_manager)
    assert list(raised.value.message_dict) == ["first_day"]
    change_calendar_version(version=between, first_day=tomorrow + 5 * ONE_DAY, hours=HOURS, by=service_manager)

    assert spans(calendar) == [
        (1, make.LONG_AGO, tomorrow + 4 * ONE_DAY),
        (3, tomorrow + 5 * ONE_DAY, tomorrow + 19 * ONE_DAY),
        (2, tomorrow + 20 * ONE_DAY, None),
    ]
