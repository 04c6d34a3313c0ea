"""Fields that read opening hours, and say in the reader's language how to mend what cannot be read."""

from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from services import hour_words, hours
from services.hours import UnreadableHours


class BlankIsAnAnswer:
    """Nothing typed means something here (closed, no such row), so the field is not called optional."""

    def validate(self, value: Any) -> None:
        """Everything is accepted; what cannot be read is refused before."""


class ReadField(BlankIsAnAnswer, forms.CharField):
    """Text read by a function of `services.hours`; nothing typed is None. What was typed is shown again."""

    read: Callable[[str], Any]
    write: Callable[[Any], str]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return self.read(text)
        except UnreadableHours as error:
            raise forms.ValidationError(hour_words.mend(error)) from error

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else self.write(value)


class TimesField(ReadField):
    """The hours of a day: a list of intervals, empty where it is closed."""

    read = staticmethod(hours.parse_times)
    write = staticmethod(hour_words.times)


class ClockField(ReadField):
    read = staticmethod(hours.parse_clock)


class MonthDayField(ReadField):
    read = staticmethod(hours.parse_month_day)


class RowDayField(BlankIsAnAnswer, forms.DateField):
    """A date in a row that may be left empty."""


class DatesField(ReadField):
    read = staticmethod(hours.parse_dates)
    write = staticmethod(hours.format_dates)
    widget = forms.Textarea({"rows": 3})


class ZoneField(forms.CharField):
    """The IANA name of a time zone."""

    def clean(self, value: Any) -> str:
        zone = str(super().clean(value))
        if zone not in available_timezones():
            raise forms.ValidationError(_("Write the name of a time zone, such as Europe/Oslo."))
        return zone
