"""What a service needs, ticked among all the others."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm
from partnership.models import User
from services.models import Service, Stage


class DependenciesForm(ActionForm):
    needed = forms.ModelMultipleChoiceField(
        label=_("Needs"),
        queryset=Service.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("When one of these is down, so is this service."),
    )

    def __init__(self, data: Any = None, *, service: Service, user: User) -> None:
        """Those that are not closed, and those it needs already."""
        known = service.dependencies.values_list("needed", flat=True)
        super().__init__(data, initial={"needed": list(known)})
        others = Service.objects.visible_to(user).filter(~Q(stage=Stage.CLOSED) | Q(pk__in=known))
        self.fields["needed"].queryset = others.exclude(pk=service.pk)  # type: ignore[attr-defined]
