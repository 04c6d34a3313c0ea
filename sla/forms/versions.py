"""What is typed on a version's way to being approved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm, DayField
from partnership.models import Body, Resolution, User
from sla.figures.what_if import LENGTHS

USUAL_LENGTH = 12


class ProposeForm(ActionForm):
    proposed_to = forms.ModelChoiceField(
        label=_("Proposed to"), queryset=Body.objects.none(), empty_label=_("Choose a body")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposed_to"].queryset = Body.objects.visible_to(user)  # type: ignore[attr-defined]


class ResolvedForm(ActionForm):
    """What is decided by a resolution: one of those written here, or another."""

    decided_in = forms.ModelChoiceField(
        label=_("Resolution"),
        queryset=Resolution.objects.none(),
        required=False,
        empty_label=_("None of these"),
        help_text=_("Of those written here, the newest first."),
    )
    resolution = forms.CharField(
        label=_("Another resolution"), max_length=100, required=False, help_text=_("Case number and date.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Resolution.objects.visible_to(user).select_related("item__meeting__body")
        self.fields["decided_in"].queryset = seen  # type: ignore[attr-defined]
        self.fields["decided_in"].label_from_instance = _told  # type: ignore[attr-defined]


class ApproveForm(ResolvedForm):
    first_day = DayField(_("Holds from"))

    field_order = ("first_day",)


class EndForm(ResolvedForm):
    last_day = DayField(_("Last day"))

    field_order = ("last_day",)


def _told(resolution: Resolution) -> str:
    return f"{resolution.meeting.body} {resolution.item}"


class LengthForm(forms.Form):
    """How many months back a version is tried."""

    months = forms.TypedChoiceField(
        label=_("Months"), choices=[(number, number) for number in LENGTHS], coerce=int, required=False
    )

    @property
    def length(self) -> int:
        """What was asked, or a year."""
        return (self.is_valid() and self.cleaned_data["months"]) or USUAL_LENGTH
