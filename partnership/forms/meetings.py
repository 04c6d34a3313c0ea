"""Forms about meetings, what they decide, and what comes of it."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm, DayField
from partnership.meeting_figures import Place
from partnership.models import Attendance, Presence, Seat, User
from partnership.translated import LANGUAGES

LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


def long_text(label: Any, rows: int = 6, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **options)


class MeetingForm(ActionForm):
    day = DayField(_("Day"), initial=None)
    clock = forms.TimeField(label=_("Time of day"), localize=True, help_text=_("Write as 10.00"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    is_remote = forms.BooleanField(label=_("Remote meeting"), required=False)


class ItemForm(ActionForm):
    title = forms.CharField(label=_("Title of the matter"), max_length=200)
    case_text = long_text(_("Case text"), 8, required=False)
    proposal = long_text(_("Proposed resolution"), 4, required=False)


class RevisedForm(ActionForm):
    """Carries what its writer had before her, so that somebody else's words are not lost."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class EditItemForm(ItemForm, RevisedForm):
    pass


def vote_count(label: Any, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_digits=9, decimal_places=3, localize=True, initial=Decimal(0), **options
    )


class TreatForm(RevisedForm):
    text = long_text(_("Resolution"))
    votes_for = vote_count(_("Votes for"))
    votes_against = vote_count(_("Votes against"))
    votes_blank = vote_count(_("Blank votes"))
    dissent = long_text(_("Dissent"), 3, required=False, help_text=_("Who wants what to be written down."))


class DisqualifyForm(ActionForm):
    seat = forms.ModelChoiceField(label=_("Who"), queryset=Seat.objects.none(), empty_label=_("Choose a member"))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("What the body built on, with the section.")
    )

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].queryset = seats  # type: ignore[attr-defined]


class FollowUpForm(ActionForm):
    text = forms.CharField(label=_("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(
        label=_("Done by whom"), queryset=User.objects.none(), empty_label=_("Choose a person")
    )
    due = DayField(_("Due date"), initial=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]


class CloseForm(ActionForm):
    note = long_text(_("What came of it"), 4)


class RemarksForm(ActionForm):
    remarks = long_text(
        _("Text of the minutes"), 10, required=False, help_text=_("What is said beside the matters, such as the call.")
    )
    before = forms.CharField(widget=forms.HiddenInput, required=False)


class ApproveForm(ActionForm):
    language = forms.ChoiceField(
        label=_("Language of the minutes"), choices=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES]
    )


class AttendanceForm(ActionForm):
    """A choice for each seat: those of members, and those of deputies who were called in.

    `everybody` marks the members about whom nothing else is said, so that a full council takes one tap.
    """

    tells_optional = False
    everybody = forms.BooleanField(
        label=_("All members were present, except those who are marked absent below"), required=False
    )

    def __init__(self, *args: Any, places: Iterable[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats: dict[str, Seat] = {}
        self.members: list[Seat] = []
        for place in places:
            self.members.append(place.seat)
            self._ask(place.seat, place.own, place.seat.holder)
            for row in place.deputies:
                words = _("%(deputy)s, deputy for %(member)s")
                self._ask(row.seat, row, words % {"deputy": row.seat.holder, "member": place.seat.holder})

    def _ask(self, seat: Seat, row: Attendance | None, label: Any) -> None:
        name = f"seat_{seat.pk}"
        known = row.presence if row and row.presence != Presence.CALLED_IN else None
        self.seats[name] = seat
        self.fields[name] = forms.ChoiceField(
            label=label,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "side-by-side"}),
            initial=known,
            choices=[(Presence.PRESENT.value, _("Present")), (Presence.ABSENT.value, _("Absent"))],
        )

    def perform(self, action: Callable[..., Any], **arguments: Any) -> Any:
        """Seats about which nothing is said are left alone."""
        if not self.is_valid():
            return None
        said = {seat: self.cleaned_data[name] for name, seat in self.seats.items() if self.cleaned_data[name]}
        rest = dict.fromkeys(self.members, Presence.PRESENT) if self.cleaned_data["everybody"] else {}
        self.cleaned_data = {"present": {seat: word == Presence.PRESENT for seat, word in (rest | said).items()}}
        return super().perform(action, **arguments)
