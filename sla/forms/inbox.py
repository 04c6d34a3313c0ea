"""Which service of ours a name at a source is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm
from partnership.models import Organisation, User
from services.models import Service
from sla.models import Coverage


class ThingForm(ActionForm):
    service = forms.ModelChoiceField(
        label=_("Service"), queryset=Service.objects.none(), required=False, empty_label=_("Not chosen")
    )
    organisation = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Everyone who has the service"),
    )
    is_ignored = forms.BooleanField(
        label=_("It is none of our services"),
        required=False,
        help_text=_("What is told of it is kept, and nothing more."),
    )

    def __init__(self, data: Any = None, *, user: User, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        covered = Coverage.objects.visible_to(user)
        self.fields["service"].queryset = Service.objects.visible_to(user)  # type: ignore[attr-defined]
        owners = Organisation.objects.visible_to(user).filter(pk__in=covered.values("organisation"))
        self.fields["organisation"].queryset = owners  # type: ignore[attr-defined]

    def clean(self) -> None:
        typed = self.cleaned_data
        if bool(typed.get("service")) == bool(typed.get("is_ignored")) and "service" not in self.errors:
            self.add_error("service", _("Choose a service, or say that it is none of ours."))
