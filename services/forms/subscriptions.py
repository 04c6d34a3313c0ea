"""Who gets what, from when, until when."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission
from partnership.forms.base import ActionForm, DayField
from partnership.models import Organisation, User
from services.models import Service, Stage


def manageable_organisations(user: User) -> Any:
    organisations = access.reach(user, Permission.MANAGE_CATALOGUE)
    rows = Organisation.objects.visible_to(user)
    return rows if organisations is None else rows.filter(pk__in=organisations)


class SubscriptionForm(ActionForm):
    """One service for one organisation."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=_("Choose an organisation")
    )
    service = forms.ModelChoiceField(
        label=_("Service"), queryset=Service.objects.filter(stage=Stage.OFFERED), empty_label=_("Choose a service")
    )
    first_day = DayField(_("From"))
    last_day = DayField(_("Last day"), required=False, initial=None, help_text=_("Empty: until further notice."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = manageable_organisations(user)  # type: ignore[attr-defined]


class GroupedServices(forms.models.ModelChoiceIterator):
    """The services of each product group under its name."""

    def __iter__(self) -> Iterator[Any]:
        services = self.queryset.order_by("group", "sort_key", "code")
        for group, members in groupby(services, key=lambda service: str(service.get_group_display())):
            yield group.capitalize(), [self.choice(service) for service in members]


class ServicesField(forms.ModelMultipleChoiceField):
    iterator = GroupedServices
    widget = forms.CheckboxSelectMultiple


class SubscriptionsForm(SubscriptionForm):
    """Several services at once for one organisation."""

    service = None  # type: ignore[assignment]
    services = ServicesField(label=_("Services"), queryset=Service.objects.filter(stage=Stage.OFFERED))

    field_order = ("organisation", "services", "first_day", "last_day")


class EndForm(ActionForm):
    last_day = DayField(_("Last day"))
