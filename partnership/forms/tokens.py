from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.access import Role
from partnership.forms.base import ActionForm, DayField
from partnership.models import User

ORDINARY_LIFE = timedelta(days=365)


def a_year_ahead() -> date:
    return timezone.localdate() + ORDINARY_LIFE


class TokenForm(ActionForm):
    """A token for oneself or, where one manages people, for a system that logs in as itself."""

    holder = forms.ModelChoiceField(
        label=_("Acts as"),
        queryset=User.objects.none(),
        empty_label=None,
        help_text=_("The token may do what this person or system may do."),
    )
    name = forms.CharField(label=_("Used by"), max_length=100, help_text=_("Which system holds it."))
    last_day = DayField(_("Last day"), initial=a_year_ahead)

    def __init__(self, *args: Any, maker: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        systems = User.objects.managed_by(maker).filter(grants__role=Role.INTEGRATION, is_active=True)
        self.fields["holder"].queryset = User.objects.filter(Q(pk=maker.pk) | Q(pk__in=systems.values("pk")))
        self.fields["holder"].initial = maker
