"""Forms about people and their roles."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, Role, reach
from partnership.forms.base import ActionForm, DayField, offered
from partnership.models import Organisation, User

LANGUAGES = [("", _("As the municipality")), *User._meta.get_field("language").choices]
PROFILE = ("name", "title", "phone", "language")


class PhoneField(forms.CharField):
    """A number that can be called from Norway; spaces stand where people like them."""

    default_validators = [
        RegexValidator(
            r"\A\s*\+?(?:\s*\d){8,15}\s*\Z", _("Write the number with 8 to 15 digits, for example 37 01 30 00.")
        )
    ]
    widget = forms.TextInput({"type": "tel"})


class ProfileForm(ActionForm):
    """What a person says about herself."""

    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput({"autocomplete": "name"}))
    title = forms.CharField(label=_("Title"), max_length=100, required=False)
    phone = PhoneField(label=_("Work phone"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, required=False)


class PersonForm(ProfileForm):
    email = forms.EmailField(label=_("Work e-mail"), help_text=_("The person logs in with this address."))
    field_order = ("name", "email")


class RoleForm(ActionForm):
    """A role where the giver may manage people: in the whole partnership only for one who reaches all of it."""

    role = forms.ChoiceField(label=_("Role"), choices=offered(Role, _("Choose a role")))
    organisation = forms.ModelChoiceField(label=_("Where"), queryset=Organisation.objects.none(), required=False)
    first_day = DayField(_("From"))

    def __init__(self, *args: Any, giver: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = reach(giver, Permission.MANAGE_PEOPLE)
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.all()
        field.empty_label = _("The whole partnership")
        if organisations is not None:
            field.queryset = Organisation.objects.filter(pk__in=organisations)
            field.empty_label, field.required = None, True


class GiveRoleForm(RoleForm):
    last_day = DayField(
        _("To and including"), required=False, initial=None, help_text=_("Write dd.mm.yyyy. Empty: until it is ended.")
    )


class NewPersonForm(PersonForm, RoleForm):
    """A person and her first role; without one she would see nothing."""

    field_order = ("name", "email", "title", "phone", "language", "role", "organisation", "first_day")


class EndRoleForm(ActionForm):
    last_day = DayField(_("Last day"))


class ConfirmForm(ActionForm):
    """Nothing to fill in: the question is the page."""


class LanguageForm(forms.Form):
    """The choice in the frame."""

    language = forms.ChoiceField(choices=User._meta.get_field("language").choices)
