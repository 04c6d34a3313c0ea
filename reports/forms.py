"""What people write in a report, and for which quarter they want one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.quarters import Quarter
from partnership.forms.base import ActionForm, DayField
from reports import production
from reports.models import Comment
from reports.voice import capital, quarter

OFFERED = 8


class DraftForm(ActionForm):
    """One of the newest quarters that have ended."""

    quarter = forms.TypedChoiceField(label=_("Quarter"), coerce=Quarter.parse)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest_first = reversed(production.last_closed().ending_here(OFFERED))
        self.fields["quarter"].choices = [(str(one), capital(quarter(str(one)))) for one in newest_first]  # type: ignore[attr-defined]


class CommentForm(ActionForm):
    text = forms.CharField(
        label=_("Comment"),
        max_length=Comment._meta.get_field("text").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands in the section, in every language as you write it. Empty takes it away."),
    )


class MeetingForm(ActionForm):
    meeting_on = DayField(_("Board meeting"), initial=None, required=False)
