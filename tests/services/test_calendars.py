"""Opening hours: versions that follow each other, typed as people write them, told in words."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation

from partnership.access import Role
from services import words
from services.actions.calendars import add_calendar, add_calendar_version, change_calendar_version
from services.models import CalendarVersion, ServiceCalendar
from services.timetable import Timetable
from tests import make

HOURS = {"weekly": make.OFFICE_HOURS}
ONE_DAY = timedelta(days=1)
OFFICE = [["08:00", "15:45"]]
SUMMER = [["08:00", "15:00"]]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


@pytest.fixture
def manager(db):
    return make.person("Sara Sjef", Role.SERVICE_MANAGER)


@pytest.fixture
def tomorrow(db) -> date:
    return timezone.localdate() + ONE_DAY


def rows(name: str, *typed: dict[str, str]) -> dict[str, str]:
    """Rows as a browser sends them."""
    fields = {f"{name}-{number}-{field}": text for number, row in enumerate(typed) for field, text in row.items()}
    return fields | {f"{name}-TOTAL_FORMS": str(len(typed)), f"{name}-INITIAL_FORMS": "0"}


def sheet(first_day: date, **fields: str) -> dict[str, str]:
    week = dict.fromkeys(WEEKDAYS, "08.00–15.45")
    basis = {"first_day": f"{first_day:%d.%m.%Y}", "zone": "Europe/Oslo", "sat": "stengt"}
    return basis | week | rows("seasons") | rows("exceptions") | fields


def test_calendar_add_stores_what_was_typed(client, manager):
    client.force_login(manager)
    summer = {"first": "15.05.", "last": "14.9"} | dict.fromkeys(WEEKDAYS, "8-15")
    typed = sheet(
        date(2020, 1, 1),
        name="Kontortid",
        has_public_holidays="on",
        half_christmas_eve="12.00",
        holidays="18.05.2026",
        **rows("seasons", summer, {"first": "", "last": ""}),
        **rows("exceptions", {"day": "28.12.2026", "times": "stengt"}, {"day": "29.12.2026", "times": "09.00–12.00"}),
    )
    client.post(reverse("services:calendar-add"), typed)
    version = CalendarVersion.objects.get()
    assert version.weekly == dict.fromkeys(WEEKDAYS, OFFICE)
    assert version.seasons == [{"from": "05-15", "to": "09-14", "weekly": dict.fromkeys(WEEKDAYS, SUMMER)}]
    assert version.half_days == {"christmas_eve": "12:00"}
    assert version.exceptions == {"2026-12-28": [], "2026-12-29": [["09:00", "12:00"]]}
    assert version.holidays == ["2026-05-18"]
    assert (version.calendar.name, version.number, version.first_day) == ("Kontortid", 1, date(2020, 1, 1))


@pytest.mark.parametrize(
    ("fields", "anchor", "words_of_mend"),
    [
        ({"mon": "fra åtte"}, "id_mon", "«fra åtte» er ikke en åpningstid. Skriv 08.00–15.45, med komma før neste."),
        (
            {"half_christmas_eve": "tolv"},
            "id_half_christmas_eve",
            "«tolv» er ikke et klokkeslett. Skriv det som 08.00.",
        ),
        ({"holidays": "31.02.2026"}, "id_holidays", "«31.02.2026» er ikke en dato. Skriv dd.mm.åååå."),
        ({"zone": "Oslo"}, "id_zone", "Skriv navnet på en tidssone, for eksempel Europe/Oslo."),
        (rows("seasons", {"first": "15.05."}), "id_seasons-0-last", "Skriv siste dag som 14.09."),
        (rows("seasons", {"first": "mai", "last": "14.09.", "mon": "8-15"}), "id_seasons-0-first", "dag i året"),
        (
            rows("seasons", {"first": "15.05.", "last": "14.09."}),
            "id_seasons-0-mon",
            "Skriv åpningstid for minst én dag",
        ),
        (
            rows("exceptions", {"day": "28.12.2026"}),
            "id_exceptions-0-times",
            "Skriv dagens åpningstid, eller «stengt».",
        ),
        (rows("exceptions", {"times": "stengt"}), "id_exceptions-0-day", "Skriv datoen som dd.mm.åååå."),
        (
            rows("exceptions", *[{"day": "28.12.2026", "times": "stengt"}] * 2),
            "id_exceptions-1-day",
            "Denne datoen står to ganger.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field_and_linked_from_the_summary(
    client, manager, fields: dict[str, str], anchor: str, words_of_mend: str
):
    client.force_login(manager)
    answer = client.post(reverse("services:calendar-add"), sheet(date(2020, 1, 1), name="Kontortid") | fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{anchor}"' in page
    assert f'id="{anchor}_error"' in page
    assert page.count(words_of_mend) == 2
    assert all(f'value="{text}"' in page for name, text in fields.items() if "." not in name and "–" in text)
    assert not ServiceCalendar.objects.exists()


def test_a_sheet_that_never_opens_is_refused_in_words(client, manager):
    client.force_login(manager)
    closed = dict.fromkeys(WEEKDAYS, "stengt")
    answer = client.post(reverse("services:calendar-add"), sheet(date(2020, 1, 1), name="Stengt", **closed))
    assert answer.context["form"].non_field_errors() == ["Det er aldri åpent. Skriv åpningstid for minst én dag."]
    assert not ServiceCalendar.objects.exists()


@pytest.mark.parametrize("kind", ["seasons", "exceptions"])
def test_another_row_comes_without_javascript_and_keeps_what_was_typed(client, manager, kind: str):
    client.force_login(manager)
    typed = sheet(date(2020, 1, 1), mon="fra åtte", more=kind, **rows("seasons", {"first": "mai", "last": ""}))
    answer = client.post(reverse("services:calendar-add"), typed)
    form, page = answer.context["form"], answer.content.decode()
    assert answer.status_code == 200
    assert (len(form.seasons.forms), len(form.exceptions.forms)) == ((2, 0) if kind == "seasons" else (1, 1))
    assert 'value="fra åtte"' in page
    assert 'value="mai"' in page
    assert "ds-error-summary" not in page


def test_a_new_version_starts_from_the_newest_as_it_is_typed(client, manager):
    calendar = make.calendar(half_days={"christmas_eve": "12:00"}, exceptions={"2026-12-28": []})
    client.force_login(manager)
    page = client.get(reverse("services:version-add", args=[calendar.pk])).content.decode()
    assert 'name="mon" class="ds-input" value="08.00–15.45"' in page
    assert 'name="sat" class="ds-input" value="stengt"' in page
    assert 'name="half_christmas_eve" class="ds-input" value="12.00"' in page
    assert 'value="28.12.2026"' in page


def test_a_new_version_ends_the_one_before_the_day_before(client, manager, tomorrow):
    calendar = make.calendar()
    client.force_login(manager)
    client.post(reverse("services:version-add", args=[calendar.pk]), sheet(tomorrow, mon="hele døgnet"))
    second, first = calendar.versions.all()
    assert (first.last_day, second.first_day, second.last_day) == (tomorrow - ONE_DAY, tomorrow, None)
    assert second.weekly["mon"] == [["00:00", "24:00"]]
    assert calendar.version_on(tomorrow - ONE_DAY) == first


def test_days_gone_by_keep_their_hours(client, manager, tomorrow):
    calendar = make.calendar()
    client.force_login(manager)
    yesterday = tomorrow - 2 * ONE_DAY
    answer = client.post(reverse("services:version-add", args=[calendar.pk]), sheet(yesterday))
    assert list(answer.context["form"].form.errors) == ["first_day"]
    assert calendar.versions.count() == 1


def test_a_version_that_has_begun_is_never_changed(client, manager):
    version = make.calendar().versions.get()
    with pytest.raises(ValidationError):
        change_calendar_version(version=version, first_day=version.first_day, hours=HOURS, by=manager)
    client.force_login(manager)
    answer = client.get(reverse("services:version-edit", args=[version.pk]))
    assert answer.url == reverse("services:calendar-detail", args=[version.calendar_id])


@pytest.mark.parametrize("moved", [-5, 0, 5])
def test_a_coming_version_may_move_and_the_one_before_follows(client, manager, tomorrow, moved: int):
    calendar = make.calendar()
    begins = tomorrow + 10 * ONE_DAY
    coming = add_calendar_version(calendar=calendar, first_day=begins, hours=HOURS, by=manager)
    client.force_login(manager)
    url = reverse("services:version-edit", args=[coming.pk])
    assert f'value="{begins:%d.%m.%Y}"' in client.get(url).content.decode()
    client.post(url, sheet(begins + moved * ONE_DAY, mon="9-10"))
    second, first = calendar.versions.all()
    assert (first.last_day, second.first_day) == (begins + (moved - 1) * ONE_DAY, begins + moved * ONE_DAY)
    assert second.weekly["mon"] == [["09:00", "10:00"]]


def test_two_calendars_never_have_the_same_name(client, manager):
    make.calendar("Kontortid")
    client.force_login(manager)
    answer = client.post(reverse("services:calendar-add"), sheet(date(2020, 1, 1), name="Kontortid"))
    assert answer.context["form"].form.errors == {"name": ["En annen kalender har dette navnet."]}


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_list_asks_as_much_whatever_the_number(client, board_member, django_assert_num_queries, count: int):
    for number in range(count):
        make.calendar(f"Kalender {number}")
    client.force_login(board_member)
    with django_assert_num_queries(6):
        client.get(reverse("services:calendar-list"))


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_detail_asks_as_much_whatever_the_number_of_versions(
    client, board_member, manager, tomorrow, django_assert_num_queries, count: int
):
    calendar = add_calendar(name="Kontortid", first_day=make.LONG_AGO, hours=HOURS, by=manager).calendar
    for number in range(count - 1):
        add_calendar_version(calendar=calendar, first_day=tomorrow + number * ONE_DAY, hours=HOURS, by=manager)
    client.force_login(board_member)
    with django_assert_num_queries(7):
        client.get(reverse("services:calendar-detail", args=[calendar.pk]))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("nb", ("Versjon 1, fra 01.01.2015", "Mandag–fredag", "08.00–15.45", "Lørdag–søndag", "stengt")),
        ("nn", ("Versjon 1, frå 01.01.2015", "Måndag–fredag", "08.00–15.45", "Laurdag–søndag", "stengt")),
        ("en", ("Version 1, from 1 Jan 2015", "Monday–Friday", "08:00–15:45", "Saturday–Sunday", "closed")),
    ],
)
def test_a_version_is_told_in_the_readers_language(db, language: str, told: tuple[str, ...]):
    version = make.calendar().versions.get()
    with translation.override(language):
        (one,) = words.told_versions([version])
        assert (one.heading, *one.facts[0], *one.facts[1]) == told


def test_the_weeks_ahead_say_which_days_differ_and_why(db):
    calendar = make.calendar(half_days={"christmas_eve": "12:00"}, exceptions={"2026-12-28": [], "2026-12-29": OFFICE})
    christmas, after = Timetable(calendar.versions.all()).weeks(date(2026, 12, 23), count=2)
    assert (christmas.first_day, christmas.last_day) == (date(2026, 12, 21), date(2026, 12, 27))
    assert [(day.day.day, day.hours, day.reason) for day in christmas.exceptional] == [
        (24, "08.00–12.00", "Julaften"),
        (25, "stengt", "1. juledag"),
    ]
    assert christmas.hours == "27,25"
    assert [(day.day.day, day.hours) for day in after.exceptional] == [(28, "stengt"), (1, "stengt")]


def test_each_day_is_told_by_the_version_that_holds_on_it(db, manager):
    calendar = make.calendar()
    add_calendar_version(
        calendar=calendar, first_day=date(2099, 1, 7), hours={"weekly": {"wed": [["09:00", "10:00"]]}}, by=manager
    )
    (week,) = Timetable(calendar.versions.all()).weeks(date(2099, 1, 7), count=1)
    assert [day.hours for day in week.days] == [
        "08.00–15.45", "08.00–15.45", "09.00–10.00", "stengt", "stengt", "stengt", "stengt",
    ]  # fmt: skip
    assert week.hours == "16,50"


def test_before_the_first_version_nothing_is_agreed(db):
    calendar = make.calendar(first=date(2099, 1, 1))
    assert Timetable(calendar.versions.all()).day(date(2098, 12, 31)).hours == "ikke avtalt"


def test_the_month_with_the_longer_night_has_an_hour_more(db):
    every_day = {day: [["00:00", "24:00"]] for day in (*WEEKDAYS, "sat", "sun")}
    calendar = make.calendar(weekly=every_day, has_public_holidays=False)
    october, november = Timetable(calendar.versions.all()).months(date(2026, 10, 15), count=2)
    assert (october.hours, october.working_days) == ("745,00", 31)
    assert (november.hours, november.name) == ("720,00", "november 2026")
