"""What one answers to order something, and what one says when an order is moved."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission
from partnership.forms.base import ActionForm, DayField
from partnership.models import Organisation, User
from services.models import Order
from services.models.orders import MOST
from services.treatments import Act, Move

ONE_OR_MORE = _("Order at least one, and at most 9999.")
NO_DATE = dict.fromkeys(("required", "invalid"), _("Write the date as dd.mm.yyyy."))
NO_WORDS = {"required": _("Write a few words.")}


def placeable_organisations(user: User) -> Any:
    organisations = access.reach(user, Permission.PLACE_ORDERS)
    rows = Organisation.objects.visible_to(user)
    return rows if organisations is None else rows.filter(pk__in=organisations)


class OrderForm(ActionForm):
    """The answers of an order. Who orders for one municipality is not asked which."""

    organisation = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Organisation.objects.none(), empty_label=_("Choose a municipality")
    )
    quantity = forms.IntegerField(
        label=_("Quantity"),
        min_value=1,
        max_value=MOST,
        initial=1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), ONE_OR_MORE),
    )
    wished_on = DayField(
        _("Wished date"),
        required=False,
        initial=None,
        error_messages={"invalid": _("Write the wished date as dd.mm.yyyy.")},
    )
    description = forms.CharField(
        label=_("What you need"),
        max_length=2000,
        error_messages={"required": _("Write what you need.")},
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Do not write national identity numbers or health information."),
    )
    unit = forms.CharField(label=_("Unit"), max_length=100, required=False)
    account = forms.CharField(
        label=_("Account string"), max_length=60, required=False, help_text=_("For example 1310 · 2540.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = placeable_organisations(user)
        field: Any = self.fields["organisation"]
        field.queryset = places
        self.only_place = places[0] if len(places) == 1 else None
        if self.only_place:
            field.initial, field.disabled, field.widget = self.only_place, True, forms.HiddenInput()
            self.initial["organisation"] = self.only_place.pk


class NewOrderForm(OrderForm):
    """The token makes two taps on the button one draft."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def clean_token(self) -> UUID:
        return self.cleaned_data["token"] or uuid4()


class MoveForm(ActionForm):
    """Asks what the move asks for, and remembers how the order stood when the page was opened."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(max_length=2000, required=False, widget=forms.Textarea({"rows": 3}), error_messages=NO_WORDS)
    promised_on = DayField(_("Promised date"), initial=None, required=False, error_messages=NO_DATE)

    LABELS = {
        Act.REJECT: _("Why is it not approved?"),
        Act.POSTPONE: _("Why is there a new date?"),
        Act.OBJECT: _("What is missing?"),
        Act.COMMENT: _("Comment"),
    }

    def __init__(self, *args: Any, move: Move, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("revision", order.revision)
        note: Any = self.fields["note"]
        note.label, note.required = self.LABELS.get(move.act, _("Note")), move.asks_note
        if move.act == Act.COMMENT:
            note.help_text = _("Do not write national identity numbers or health information.")
        if move.asks_day:
            self.fields["promised_on"].required = True
            self.order_fields(["promised_on", "note"])
        else:
            del self.fields["promised_on"]
