"""A version of an agreement as one types it: a form for the whole, a line per target, a matrix of who is covered."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission
from partnership.forms.base import ActionForm, DayField, PercentField, offered
from partnership.models import RoleGrant, User
from services.models import ServiceCalendar
from sla.actions.agreements import Promise
from sla.durations import UnreadableDuration, parse_allowed
from sla.figures.agreements import TargetKey
from sla.models import CLOCKED, Commitment, Metric, ServiceAgreement, Target
from sla.models.targets import GOOD_ENOUGH, NOTICE_DAYS, PRIORITIES, WANTED, pauses_by_default
from sla.words import agreements as words
from sla.words import plain

HUNDRED = Decimal(100)
MOST_NOTICE_DAYS = 365
LINES = [(priority, metric) for priority in PRIORITIES for metric in CLOCKED]


def percent_of(share: Decimal) -> Decimal:
    """90 rather than 90.0000, and never 9E+1."""
    value = (share * HUNDRED).normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


class NameForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    responsible = forms.ModelChoiceField(
        label=_("Responsible for the agreement"), queryset=User.objects.none(), required=False, empty_label=_("Nobody")
    )
    at_risk_percent = forms.IntegerField(
        label=_("Warn when so much of the time is used, %"),
        min_value=1,
        max_value=99,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=_("From then a deadline is about to break, and those who can act are told by e-mail."),
    )

    def __init__(self, *args: Any, agreement: ServiceAgreement, **kwargs: Any) -> None:
        """Those who may write agreements today, and whoever is responsible already."""
        super().__init__(*args, **kwargs)
        holders = RoleGrant.objects.holding(Permission.MANAGE_AGREEMENTS).filter(organisation=None)
        people = User.objects.filter(Q(pk__in=holders.values("user")) | Q(pk=agreement.responsible_id))
        self.fields["responsible"].queryset = people  # type: ignore[attr-defined]


class VersionForm(ActionForm):
    """When a version begins, by which opening hours, and whom it covers."""

    first_day = DayField(_("Holds from"))
    calendar = forms.ModelChoiceField(
        label=_("Opening hours"), queryset=ServiceCalendar.objects.all(), empty_label=_("Choose")
    )
    covered = forms.MultipleChoiceField(label=_("Covers"), required=False)

    def __init__(self, *args: Any, pairs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covered"].choices = [(pair, pair) for pair in pairs]  # type: ignore[attr-defined]


class NewAgreementForm(VersionForm):
    name = forms.CharField(label=_("Name"), max_length=100)

    field_order = ("name", "first_day", "calendar")

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if ServiceAgreement.objects.filter(name=name).exists():
            raise forms.ValidationError(_("Another agreement has this name."))
        return name


class AllowedField(forms.CharField):
    """An agreed time; nothing typed is None. What was typed is shown again."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_allowed(text)
        except UnreadableDuration as error:
            raise forms.ValidationError(_("Write 8 h, 30 min, 8:00, 3 working days or next working day.")) from error


class TargetForm(forms.Form):
    """One line of the table. Without a time the priority has no such deadline. `common` is what it may replace, and
    `usual` the target that it then starts from.
    """

    common = ""

    work = AllowedField(label=_("Deadline"), required=False)
    wanted = PercentField(_("Target, %"), initial=percent_of(WANTED), required=False)
    good_enough = PercentField(_("Good enough, %"), initial=percent_of(GOOD_ENOUGH), required=False)
    pauses = forms.BooleanField(label=_("Pauses stop the time"), required=False)
    calendar = forms.ModelChoiceField(
        label=_("Own opening hours"),
        queryset=ServiceCalendar.objects.none(),
        required=False,
        empty_label=_("As the agreement"),
    )
    commitment = forms.ChoiceField(
        label=_("Commitment"), choices=offered(Commitment), initial=Commitment.DECLARATION, required=False
    )

    def __init__(
        self,
        data: Any,
        *,
        priority: int,
        metric: Metric,
        target: Target | None = None,
        usual: Target | None = None,
        calendars: QuerySet[ServiceCalendar],
    ) -> None:
        self.priority, self.metric = priority, metric
        self.name = plain.sentence(words.target_name(TargetKey(priority, metric)))
        initial = {"pauses": pauses_by_default(metric)}
        if known := target or usual:
            initial = typed_target(known) | ({} if target else {"work": ""})
        super().__init__(data, prefix=f"p{priority}-{metric.value}", initial=initial, auto_id="id_%s")
        self.fields["calendar"].queryset = calendars  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.label = in_line(self.name, str(field.label))

    @classmethod
    def heads(cls) -> list[Any]:
        """What the columns are called; a box is named by its line too."""
        return [field.label for field in cls.base_fields.values()]

    def clean(self) -> None:
        if self.cleaned_data.get("work") and not self.errors:
            refuse_shares(self)

    def promise(self) -> Promise | None:
        typed = self.cleaned_data
        if not typed["work"]:
            return None
        return Promise(
            metric=self.metric,
            priority=self.priority,
            minutes=typed["work"].minutes,
            days=typed["work"].days,
            until_closing=typed["work"].until_closing,
            wanted=typed["wanted"] / HUNDRED,
            good_enough=typed["good_enough"] / HUNDRED,
            pauses=typed["pauses"],
            calendar=typed["calendar"],
            commitment=Commitment(typed["commitment"] or Commitment.DECLARATION),
        )


class UptimeForm(forms.Form):
    """What is promised of availability; without a target nothing is."""

    wanted = PercentField(
        _("Target for availability, %"), required=False, help_text=_("Empty: nothing is promised of availability.")
    )
    good_enough = PercentField(_("Availability that is good enough, %"), required=False)
    notice_days = forms.IntegerField(
        label=_("Days of notice of planned work"),
        initial=NOTICE_DAYS,
        min_value=0,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
        validators=[MaxValueValidator(MOST_NOTICE_DAYS)],
        help_text=_("Planned work that is notified later counts as downtime."),
    )
    calendar = forms.ModelChoiceField(
        label=_("Own opening hours for availability"),
        queryset=ServiceCalendar.objects.none(),
        required=False,
        empty_label=_("As the agreement"),
    )
    commitment = forms.ChoiceField(
        label=_("Commitment of availability"),
        choices=offered(Commitment),
        initial=Commitment.DECLARATION,
        required=False,
    )

    def __init__(
        self,
        data: Any,
        *,
        target: Target | None,
        usual: Target | None = None,
        calendars: QuerySet[ServiceCalendar],
    ) -> None:
        initial = typed_uptime(known) if (known := target or usual) else {}
        if usual and not target:
            initial |= {"wanted": None, "good_enough": None}
        super().__init__(data, prefix="uptime", initial=initial, auto_id="id_%s")
        self.fields["calendar"].queryset = calendars  # type: ignore[attr-defined]
        if usual:
            self.fields["wanted"].help_text = _("Empty: as for everyone.")

    def clean(self) -> None:
        if self.errors or (self.cleaned_data.get("wanted") is None and self.cleaned_data.get("good_enough") is None):
            return
        refuse_shares(self)
        if self.cleaned_data.get("notice_days") is None:
            self.add_error(
                "notice_days", _("Write how many days before planned work is notified; 0 if it need not be.")
            )

    def promise(self) -> Promise | None:
        typed = self.cleaned_data
        if typed["wanted"] is None:
            return None
        return Promise(
            metric=Metric.AVAILABILITY,
            wanted=typed["wanted"] / HUNDRED,
            good_enough=typed["good_enough"] / HUNDRED,
            calendar=typed["calendar"],
            notice_days=typed["notice_days"],
            commitment=Commitment(typed["commitment"] or Commitment.DECLARATION),
        )


def refuse_shares(form: forms.Form) -> None:
    """Both the target and what is good enough, which is at most the target."""
    wanted, good_enough = form.cleaned_data.get("wanted"), form.cleaned_data.get("good_enough")
    if wanted is None or good_enough is None:
        missing = "wanted" if wanted is None else "good_enough"
        form.add_error(missing, _("Write both the target and what is good enough."))
    elif good_enough > wanted:
        form.add_error("good_enough", _("Good enough is at most the target."))


def in_line(line: str, label: str) -> str:
    """«P1 svar, frist»."""
    return f"{line}, {label[:1].lower()}{label[1:]}"


def typed_target(target: Target) -> dict[str, Any]:
    return {
        "work": words.promised(target),
        "wanted": percent_of(target.wanted),
        "good_enough": percent_of(target.good_enough),
        "pauses": target.pauses,
        "calendar": target.calendar_id,
        "commitment": target.commitment,
    }


def typed_uptime(target: Target) -> dict[str, Any]:
    return {
        "wanted": percent_of(target.wanted),
        "good_enough": percent_of(target.good_enough),
        "notice_days": target.notice_days,
        "calendar": target.calendar_id,
        "commitment": target.commitment,
    }
