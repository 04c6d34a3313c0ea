"""Forms about the partnership, its owners and their shares."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm, DayField, PercentField, offered
from partnership.models import LanguageForm, LegalForm, OrganisationKind

OWNERS_BESIDE_MUNICIPALITIES = [
    kind for kind in OrganisationKind if kind not in {OrganisationKind.MUNICIPALITY, OrganisationKind.SUPPLIER}
]


class OrganisationNumberField(forms.CharField):
    """Nine digits, with or without the spaces that paper prints: «925 107 492»."""

    def __init__(self) -> None:
        super().__init__(label=_("Organisation number"), required=False, help_text=_("Nine digits."))

    def to_python(self, value: Any) -> str:
        return "".join(super().to_python(value).split())


class PartnershipForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    organisation_number = OrganisationNumberField()


class LegalFormForm(ActionForm):
    form = forms.ChoiceField(label=_("Legal form"), choices=offered(LegalForm, _("Choose a form")))
    first_day = DayField(_("From"))
    resolution = forms.CharField(
        label=_("Resolution"), max_length=100, required=False, help_text=_("Case number and date.")
    )


class FoundingForm(PartnershipForm, LegalFormForm):
    """The partnership's first words about itself."""

    field_order = ("name", "organisation_number", "form", "first_day", "resolution")


class ShareForm(ActionForm):
    first_day = DayField(_("From"))
    ownership = PercentField(_("Ownership share, %"))
    liability = PercentField(
        _("Liability share, %"), required=False, help_text=_("Empty: equal to the ownership share.")
    )


class LeaveForm(ActionForm):
    last_day = DayField(_("Last day as owner"))


class OtherOwnerForm(ShareForm):
    """An owner that is not a municipality."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(kind.value, capfirst(kind.label)) for kind in OWNERS_BESIDE_MUNICIPALITIES]
    )
    name = forms.CharField(label=_("Name"), max_length=100)
    organisation_number = OrganisationNumberField()
    language_form = forms.ChoiceField(label=_("Language form"), choices=offered(LanguageForm))
    field_order = ("name", "kind", "organisation_number", "language_form")


class OrganisationForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    organisation_number = OrganisationNumberField()
    language_form = forms.ChoiceField(
        label=_("Language form"),
        choices=offered(LanguageForm),
        help_text=_("The language its people read until they choose another."),
    )
    invoice_reference = forms.CharField(label=_("Invoice reference"), max_length=50, required=False)
    is_robek = forms.BooleanField(
        label=_("On the ROBEK list"), required=False, help_text=_("Loans and budgets are then approved by the state.")
    )


class DayForm(forms.Form):
    """Which day a list speaks of; today when nothing sensible is asked for."""

    day = DayField(_("Day"))

    def chosen(self) -> Any:
        return self.cleaned_data["day"] if self.is_valid() else self.fields["day"].initial()
