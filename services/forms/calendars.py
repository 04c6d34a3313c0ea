"""A version of a calendar as one types it: a form for the week, and rows of seasons and of single days."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from kit.opening_hours import WEEKDAYS
from partnership.forms.base import ActionForm, DayField
from services import hour_words, hours
from services.forms.fields import ClockField, DatesField, MonthDayField, RowDayField, TimesField, ZoneField
from services.models import CalendarVersion, ServiceCalendar
from services.opening import HalfDay

OSLO = "Europe/Oslo"


def day_fields() -> dict[str, TimesField]:
    """A field for each weekday, named as the calendar stores it."""
    return {day: TimesField(label=capfirst(hour_words.DAY_NAMES[day])) for day in WEEKDAYS}


class WeekFields:
    """What the form of a version and the form of a season have in common: hours for each weekday."""

    cleaned_data: dict[str, Any]

    def weekly(self) -> dict[str, hours.Times]:
        return {day: times for day in WEEKDAYS if (times := self.cleaned_data.get(day))}

    @property
    def week(self) -> list[forms.BoundField]:
        return [self[day] for day in WEEKDAYS]  # type: ignore[index]


def half_day_field(rule: str) -> str:
    return f"half_{rule}"


class HoursForm(WeekFields, ActionForm):
    """The week and the rules of a version; `earliest` is the first day it may begin on."""

    use_required_attribute = False
    first_day = DayField(_("Holds from"))
    has_public_holidays = forms.BooleanField(label=_("Closed on public holidays"), required=False, initial=True)
    holidays = DatesField(
        label=_("Other closed days"),
        required=False,
        help_text=_("Dates as dd.mm.yyyy, with a comma or on lines of their own."),
    )
    zone = ZoneField(label=_("Time zone"), initial=OSLO)
    resolution = forms.CharField(
        label=_("Resolution"),
        max_length=100,
        required=False,
        help_text=_("Only if it holds from a day gone by: case number and date."),
    )

    def __init__(self, *args: Any, earliest: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest
        if earliest is None:
            del self.fields["resolution"]
        self.fields |= day_fields()
        self.fields |= {half_day_field(rule): ClockField(label=label) for rule, label in HalfDay.choices}
        self.order_fields(["name", "first_day", *WEEKDAYS])

    def clean(self) -> None:
        first_day, earliest = self.cleaned_data.get("first_day"), self.earliest
        if first_day and earliest and first_day < earliest and not self.cleaned_data.get("resolution"):
            words = _("Choose %(day)s or a later day, or write the resolution: days gone by keep their hours.")
            self.add_error("first_day", forms.ValidationError(words, params={"day": date_format(earliest)}))

    @property
    def half_day_fields(self) -> list[forms.BoundField]:
        return [self[half_day_field(rule)] for rule in HalfDay.values]

    @property
    def frame(self) -> list[forms.BoundField]:
        """What comes before the hours."""
        return [self[name] for name in ("name", "first_day", "resolution") if name in self.fields]

    def half_days(self) -> dict[str, str]:
        typed = {rule: self.cleaned_data[half_day_field(rule)] for rule in HalfDay.values}
        return {rule: closes for rule, closes in typed.items() if closes}

    def stored(self) -> dict[str, Any]:
        """The fields of the version that this form holds."""
        return {
            "weekly": self.weekly(),
            "half_days": self.half_days(),
            "has_public_holidays": self.cleaned_data["has_public_holidays"],
            "holidays": self.cleaned_data["holidays"] or [],
            "zone": self.cleaned_data["zone"],
            "resolution": self.cleaned_data.get("resolution", ""),
        }


class NewCalendarForm(HoursForm):
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Such as “Office hours”."))

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if ServiceCalendar.objects.filter(name=name).exists():
            raise forms.ValidationError(_("Another calendar has this name."))
        return name


class NameForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=100)


class RowForm(forms.Form):
    """One of several rows. A row in which nothing is typed does not count."""

    def is_filled(self) -> bool:
        return any(self[name].value() not in (None, "") for name in self.fields)

    def require(self, name: str, words: Any) -> None:
        if self.is_filled() and name not in self.errors and self.cleaned_data.get(name) is None:
            self.add_error(name, words)


class SeasonForm(WeekFields, RowForm):
    """A part of the year with a week of its own."""

    first = MonthDayField(label=_("First day"))
    last = MonthDayField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= day_fields()

    def clean(self) -> None:
        self.require("first", _("Write the first day of the season as 15.05."))
        self.require("last", _("Write the last day of the season as 14.09."))
        if all(self.cleaned_data.get(day) is None for day in WEEKDAYS):
            self.require(WEEKDAYS[0], _("Write hours for at least one day, or “closed”."))

    def stored(self) -> dict[str, Any]:
        return {"from": self.cleaned_data["first"], "to": self.cleaned_data["last"], "weekly": self.weekly()}


class ExceptionForm(RowForm):
    """A single day with other hours, or closed."""

    day = RowDayField(label=_("Date"))
    times = TimesField(label=_("Opening hours"))

    def clean(self) -> None:
        self.require("day", _("Write the date as dd.mm.yyyy."))
        self.require("times", _("Write the hours of the day, or “closed”."))


class Rows(forms.BaseFormSet):
    """As many rows as are wanted; those in which nothing is typed are left out."""

    def filled(self) -> list[Any]:
        return [form for form in self.forms if form.is_filled()]


SeasonRows = forms.formset_factory(SeasonForm, formset=Rows)
ExceptionRows = forms.formset_factory(ExceptionForm, formset=Rows)


def typed_as(version: CalendarVersion, first_day: date) -> dict[str, Any]:
    """The hours of a version, from a day, as the initial content of the form and its rows."""
    return {
        "form": {"first_day": first_day}
        | _typed_week(version.weekly)
        | {half_day_field(rule): hour_words.clock(closes) for rule, closes in version.half_days.items()}
        | {name: getattr(version, name) for name in ("has_public_holidays", "holidays", "zone")},
        "seasons": [
            {"first": hours.format_month_day(season["from"]), "last": hours.format_month_day(season["to"])}
            | _typed_week(season["weekly"])
            for season in version.seasons
        ],
        "exceptions": [
            {"day": date.fromisoformat(day), "times": times} for day, times in sorted(version.exceptions.items())
        ],
    }


def _typed_week(weekly: dict[str, hours.Times]) -> dict[str, hours.Times]:
    """A closed day says so, so that nobody wonders whether it was forgotten."""
    return {day: weekly.get(day) or [] for day in WEEKDAYS}
