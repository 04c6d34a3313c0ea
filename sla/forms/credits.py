"""Service credits as one types them: the ladders of a version, and the decision of a month."""

from collections.abc import Container
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from partnership.forms.base import ActionForm, PercentField
from sla.credits.ladder import UnreadableLadder, parse_ladder
from sla.figures.agreements import Credits
from sla.models import MONTHLY, CreditState
from sla.words import credits as words
from sla.words import plain

DECIDED = (CreditState.CONFIRMED, CreditState.WAIVED)


class LadderField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        try:
            return parse_ladder(super().to_python(value))
        except UnreadableLadder as error:
            words = _("Write points below the target and per cent of the price, both rising: 0: 5; 0,5: 10.")
            raise forms.ValidationError(words) from error

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str | None) else words.typed(value)


class CreditsForm(ActionForm):
    cap = PercentField(
        _("At most, % of the price of a month"),
        min_value=Decimal("0.01"),
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text=_("Of all metrics together. Empty: a missed guarantee gives no credit."),
    )

    def __init__(self, *args: Any, guaranteed: Container[str], **kwargs: Any) -> None:
        """`guaranteed` are the metrics of which some target is a guarantee."""
        super().__init__(*args, **kwargs)
        self.guaranteed = guaranteed
        for metric in MONTHLY:
            self.fields[metric.value] = LadderField(
                label=plain.METRIC_NAMES[metric],
                max_length=200,
                required=False,
                help_text=_("Points below the target: per cent of the price. For example 0: 5; 0,5: 10."),
            )

    def clean(self) -> None:
        for metric in MONTHLY:
            if self.cleaned_data.get(metric.value) and metric not in self.guaranteed:
                self.add_error(metric.value, _("No such target is a guarantee, so this would give nothing."))


def typed_credits(known: Credits) -> dict[str, Any]:
    ladders = {metric.value: words.typed(ladder) for metric, ladder in known.ladders.items()}
    return {"cap": known.cap} | ladders


class DecisionForm(ActionForm):
    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[(state.value, label) for state, label in zip(DECIDED, (_("Confirm"), _("Waive")), strict=True)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Write why.")},
        help_text=_("The owner can read it."),
    )
    for_others = forms.BooleanField(required=False)

    def __init__(self, *args: Any, others: int, **kwargs: Any) -> None:
        """`others` are how many more wait for the same decision."""
        super().__init__(*args, **kwargs)
        words = ngettext("The same for %(count)s other owner", "The same for %(count)s other owners", others)
        if others:
            self.fields["for_others"].label = words % {"count": others}
            self.fields["for_others"].help_text = _("Those that wait for the same service in the same month.")
        else:
            del self.fields["for_others"]
