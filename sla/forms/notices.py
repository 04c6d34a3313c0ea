"""A service notice as a person writes it: first whom it hits is shown, then it is sent."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm, InstantField, offered
from partnership.forms.meetings import long_text
from partnership.models import Organisation, User
from services.actions.notices import Announcement
from services.models import NoticeKind, NoticeTemplate, Service, ServiceNotice, Subscription
from services.models.notices import NO_CONTROL_CHARACTERS
from sla.forms.placeholders import filled, left_in
from sla.models import Outage, OutageKind
from sla.outages.reports import refused_end

LONGEST_HEADLINE = 150


def headline(**said: Any) -> forms.CharField:
    return forms.CharField(label=_("Headline"), max_length=LONGEST_HEADLINE, validators=[NO_CONTROL_CHARACTERS], **said)


class NoticeForm(ActionForm):
    """The token makes two taps on the button one notice."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=offered(NoticeKind), initial=NoticeKind.FAULT, widget=forms.RadioSelect
    )
    title = headline(help_text=_("What does not work, or what is to be done, in a few words."))
    text = long_text(
        _("Text"), 6, help_text=_("What happens, what people notice, what they can do, and what you do about it.")
    )
    services = forms.ModelMultipleChoiceField(
        label=_("Services"), queryset=Service.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    owners = forms.ModelMultipleChoiceField(
        label=_("Owners that are hit"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: everyone who has the service."),
    )
    starts = InstantField(_("From"))
    expected_end = InstantField(_("Expected to end"), required=False)
    next_update = InstantField(_("Next update by"), required=False)
    with_outage = forms.BooleanField(
        label=_("Register the downtime or the planned work at the same time"), initial=True, required=False
    )
    token = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, data: Any = None, *, user: User, outage: Outage | None, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"starts": _now()} | initial)
        held = Subscription.objects.current()
        for name, rows, path in (
            ("services", Service.objects.visible_to(user), "service"),
            ("owners", Organisation.objects.visible_to(user), "organisation"),
        ):
            self.fields[name].queryset = rows.filter(pk__in=held.values(path))  # type: ignore[attr-defined]
        if outage:
            del self.fields["with_outage"]

    def clean(self) -> None:
        self._fill_in()
        typed, now = self.cleaned_data, timezone.now()
        kind, starts, end = typed.get("kind"), typed.get("starts"), typed.get("expected_end")
        if kind == NoticeKind.FAULT and starts and starts > now:
            self.add_error("starts", _("This is in the future. Only planned work can be told of ahead."))
        if kind == NoticeKind.PLANNED and not end and "expected_end" not in self.errors:
            self.add_error("expected_end", _("Write when the planned work is expected to end."))
        refuse_times(self, kind, starts)

    def _fill_in(self) -> None:
        """The chosen services in the place of a template's «[tjenesten]», seen in the form too; other such words, and
        a headline that grew too long, are refused.
        """
        names = list(self.cleaned_data.get("services", []))
        self.data = self.data.copy()
        for name in ("title", "text"):
            if text := self.cleaned_data.get(name):
                self.data[name] = self.cleaned_data[name] = filled(text, names)
                self._refuse_left(name, text)

    def _refuse_left(self, name: str, text: str) -> None:
        if words := left_in(text):
            self.add_error(name, _("Replace %(words)s with what is so this time.") % {"words": words})
        elif name == "title" and len(self.cleaned_data[name]) > LONGEST_HEADLINE:
            self.add_error(name, _("This is too long with the names of the services. Write it shorter."))

    def announcement(self) -> Announcement:
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("with_outage", "token")}
        return Announcement(**(typed | {"kind": NoticeKind(typed["kind"])}))

    @property
    def choice(self) -> str:
        """Whom it concerns, to see whether that is what a person was shown before she sends it."""
        typed = self.cleaned_data
        places = [sorted(row.pk for row in typed[name]) for name in ("services", "owners")]
        return f"{places} {timezone.localdate(typed['starts'])}"


class FollowUpNoticeForm(ActionForm):
    text = long_text(_("What is to be said now"), 6)
    next_update = InstantField(_("Next update by"), required=False)
    expected_end = InstantField(_("Expected to end"), required=False)

    def __init__(self, data: Any = None, *, notice: ServiceNotice) -> None:
        super().__init__(data, initial={"expected_end": notice.expected_end})
        self.notice = notice

    def clean(self) -> None:
        end = self.cleaned_data.get("expected_end")
        if self.notice.kind == NoticeKind.PLANNED and not end and "expected_end" not in self.errors:
            self.add_error("expected_end", _("Write when the planned work is expected to end."))
        refuse_times(self, self.notice.kind, self.notice.starts)


class EndNoticeForm(ActionForm):
    text = long_text(_("What is to be said at the end"), 6)
    ended = InstantField(_("It ended"))

    def __init__(self, data: Any = None, *, notice: ServiceNotice) -> None:
        super().__init__(data, initial={"ended": notice.ends_by(_now())})
        self.notice = notice
        if notice.starts > timezone.now():
            del self.fields["ended"]

    def clean(self) -> None:
        ended = self.cleaned_data.setdefault("ended", None)
        if ended and ended < self.notice.starts:
            self.add_error("ended", _("It cannot end before it begins."))


class TemplateForm(ActionForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=offered(NoticeKind), initial=NoticeKind.FAULT, widget=forms.RadioSelect
    )
    title = headline()
    text = long_text(_("Text"), 8)


def refuse_times(form: forms.Form, kind: Any, starts: Any) -> None:
    end, next_update = (form.cleaned_data.get(name) for name in ("expected_end", "next_update"))
    for name, words in refused_times(kind, starts, end, next_update).items():
        form.add_error(name, words)


def refused_times(kind: Any, starts: Any, end: Any, next_update: Any) -> dict[str, Any]:
    """By field: an end before the beginning, planned work that lasts for years, and a next update that has been."""
    now, refused = timezone.now(), dict[str, Any]()
    if starts and end and end < starts:
        refused["expected_end"] = _("It cannot end before it begins.")
    elif starts and kind == NoticeKind.PLANNED and (words := refused_end(OutageKind.PLANNED, starts, end, now)):
        refused["expected_end"] = words
    if next_update and next_update <= now:
        refused["next_update"] = _("Write a time that has not been.")
    return refused


def begun_with(template: NoticeTemplate | None, outage: Outage | None) -> dict[str, Any]:
    """The words of a template, and what is known of an outage."""
    typed: dict[str, Any] = {}
    if outage:
        hits = list(outage.reach.all())
        typed |= {
            "kind": NoticeKind.PLANNED if outage.kind == OutageKind.PLANNED else NoticeKind.FAULT,
            "title": outage.title,
            "services": list({hit.service_id for hit in hits}),
            "owners": list({hit.organisation_id for hit in hits if hit.organisation_id}),
            "starts": outage.started,
            "expected_end": outage.ended,
        }
    if template:
        typed |= {"kind": template.kind, "title": template.title, "text": template.text}
    return typed


def _now() -> Any:
    return timezone.localtime().replace(second=0, microsecond=0)
