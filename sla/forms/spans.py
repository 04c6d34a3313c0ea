"""Which month or quarter, and which deadline, a page about service levels is asked for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sla.figures.grid import Measured
from sla.models import MONTHLY, Metric
from sla.spans import Span, asked_span, months, quarters, span_name
from sla.words import plain

type Choices = list[tuple[Any, Any]]


def span_choices(known: Measured, asked: str | None = None) -> Choices:
    """Every quarter and month from the first figures until now, newest first. A span outside them that is asked for,
    come by a link or by hand, is a choice too.
    """
    last = timezone.localdate()
    first = known.first or last
    choices: Choices = [
        (gettext_lazy("Quarters"), [_choice(span) for span in quarters(first, last)]),
        (gettext_lazy("Months"), [_choice(span) for span in months(first, last)]),
    ]
    listed = {code for _kind, group in choices for code, _name in group}
    span = asked_span(asked)
    return [_choice(span), *choices] if span and str(span) not in listed else choices


def _choice(span: Span) -> tuple[str, str]:
    return str(span), plain.sentence(span_name(span, plain.language()))


def metric_of(asked: Mapping[str, Any]) -> Metric:
    return Metric(asked["metric"]) if asked.get("metric") in MONTHLY else Metric.RESOLUTION


class SpanForm(forms.Form):
    """Part of an address: what cannot be read falls back on the newest closed quarter and on solutions, and is told."""

    period = forms.ChoiceField(label=gettext_lazy("Period"))
    metric = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, asked: Mapping[str, Any], known: Measured) -> None:
        self.span = asked_span(asked.get("period")) or known.newest_closed_quarter(timezone.localdate())
        self.which = metric_of(asked)
        super().__init__(initial={"period": str(self.span), "metric": self.which.value})
        self.fields["period"].choices = span_choices(known, str(self.span))  # type: ignore[attr-defined]
        self.misread = _misread(asked)


def _misread(asked: Mapping[str, Any]) -> str:
    """Words about what the address asked for in vain; none when all of it was understood."""
    if asked.get("period") and asked_span(asked["period"]) is None:
        return _("The address asked for a period that we do not understand. The newest closed quarter is shown.")
    if asked.get("metric") and asked["metric"] not in MONTHLY:
        return _("The address asked for a deadline that we do not understand. Solved in time is shown.")
    return ""


class RunForm(forms.Form):
    """Which calculation a list of changes is asked for."""

    run = forms.IntegerField(label=gettext_lazy("Calculation"), required=False, min_value=1)

    @property
    def run_id(self) -> int | None:
        return self.cleaned_data["run"] if self.is_valid() else None
