"""Forms about bodies and the seats in them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm, DayField, offered
from partnership.models import Body, BodyKind, Organisation, Seat, SeatRole, User


class BodyForm(ActionForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=offered(BodyKind, _("Choose a kind")))
    name_nb = forms.CharField(label=_("Name, Bokmål"), max_length=100)
    name_nn = forms.CharField(label=_("Name, Nynorsk"), max_length=100, required=False)
    name_en = forms.CharField(label=_("Name, English"), max_length=100, required=False)
    is_open = forms.BooleanField(
        label=_("Open meetings"),
        required=False,
        help_text=_("Agenda and case papers are then for everybody with a role."),
    )
    quorum_by_votes = forms.BooleanField(
        label=_("Enough present is reckoned by votes"),
        required=False,
        help_text=_("Else by members. More than half must be present."),
    )
    notice_days = forms.IntegerField(
        label=_("Notice, days"), min_value=0, max_value=365, initial=14, help_text=_("From the call to the meeting.")
    )
    deputies_wanted = forms.IntegerField(label=_("Deputies for each member"), min_value=0, max_value=10, initial=0)
    rule_source = forms.CharField(
        label=_("Where the rules stand"),
        max_length=200,
        required=False,
        help_text=_("Law and section, or the agreement."),
    )


class SeatForm(ActionForm):
    """Somebody who logs in, or a name; as member, or as deputy of a seat, of an owner, or of all."""

    user = forms.ModelChoiceField(
        label=_("Person who logs in"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )
    person_name = forms.CharField(
        label=_("Or a name"), max_length=100, required=False, help_text=_("For somebody who does not log in here.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=offered(SeatRole), initial=SeatRole.MEMBER)
    organisation = forms.ModelChoiceField(
        label=_("For which owner"), queryset=Organisation.objects.none(), required=False, empty_label=_("No owner")
    )
    deputy_of = forms.ModelChoiceField(
        label=_("Deputy of"), queryset=Seat.objects.none(), required=False, empty_label=_("No one in particular")
    )
    rank = forms.IntegerField(
        label=_("Rank"), min_value=1, max_value=99, required=False, help_text=_("Deputies are called in from 1 up.")
    )
    weight = forms.DecimalField(
        label=_("Votes"), min_value=0, max_digits=9, decimal_places=3, initial=Decimal(1), localize=True
    )
    appointed_by = forms.ModelChoiceField(
        label=_("Appointed by"), queryset=Organisation.objects.none(), required=False, empty_label=_("Not recorded")
    )
    resolution = forms.CharField(
        label=_("Resolution"), max_length=100, required=False, help_text=_("Case number and date.")
    )
    first_day = DayField(_("From"))
    last_day = DayField(
        _("To and including"),
        required=False,
        initial=None,
        help_text=_("Write dd.mm.yyyy. Empty: until the seat is ended."),
    )

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        for name in ("organisation", "appointed_by"):
            self.fields[name].queryset = Organisation.objects.all()  # type: ignore[attr-defined]
        members = body.seats.lasting().members().select_related("user").in_order()
        self.fields["deputy_of"].queryset = members  # type: ignore[attr-defined]


class EndSeatForm(ActionForm):
    last_day = DayField(_("Last day"))
