"""What people write in a report, and for which quarter they want one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.quarters import Quarter
from partnership.forms.base import ActionForm, DayField
from reports import production
from reports.models import Comment
from reports.voice import capital, quarter


class DraftForm(ActionForm):
    """One of the quarters that a report can be made for; the newest is chosen until another is."""

    quarter = forms.TypedChoiceField(
        label=_("Quarter"),
        coerce=Quarter.parse,
        error_messages={"invalid_choice": _("Choose a quarter that has ended, has figures and is not published.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = [(str(one), capital(quarter(str(one)))) for one in production.draftable()]
        self.fields["quarter"].choices = self.choices  # type: ignore[attr-defined]


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


class WhoseForm(forms.Form):
    """Whose edition of a report is shown: the board's, or an owner's own."""

    owner = forms.ChoiceField(label=_("The report as seen by"))

    def __init__(self, owners: Iterable[tuple[int, str]], chosen: int | None) -> None:
        super().__init__(initial={"owner": chosen or ""})
        self.fields["owner"].choices = [("", _("The board")), *owners]  # type: ignore[attr-defined]
