"""An outage or planned work as a person registers it, judges it anew, or sends a file of many."""

from decimal import Decimal
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.forms.base import ActionForm, InstantField, PercentField, offered
from partnership.models import Organisation, User
from services.models import Service
from sla.actions.outages import import_outages
from sla.figures.grid import Measured
from sla.forms.agreements import HUNDRED, percent_of
from sla.forms.spans import span_choices
from sla.imports.reading import Refused
from sla.models import Coverage, Outage, OutageKind, OutageReach
from sla.models.outages import OutageQuerySet
from sla.outages.files import Problem
from sla.outages.reports import Draft, Hit, endless, refused
from sla.spans import instants, parse_span

SHOWN_PROBLEMS = 20
STATES = [("ongoing", gettext_lazy("Goes on")), ("over", gettext_lazy("Ended"))]


class OutageForm(ActionForm):
    title = forms.CharField(label=gettext_lazy("What happened"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=offered(OutageKind), initial=OutageKind.UNPLANNED, widget=forms.RadioSelect
    )
    started = InstantField(gettext_lazy("From"))
    ended = InstantField(
        gettext_lazy("To"),
        required=False,
        help_text=gettext_lazy("Planned work has to have it. Empty: it is still down. Write dd.mm.yyyy hh.mm"),
    )
    services = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Services"), queryset=Service.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    owners = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Owners that were hit"),
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: everyone who has the service."),
    )
    share = PercentField(gettext_lazy("Share of the users, %"), initial=HUNDRED)
    notified = InstantField(
        gettext_lazy("Planned work notified"),
        required=False,
        help_text=gettext_lazy("Only of planned work. Empty: it was notified in time. Write dd.mm.yyyy hh.mm"),
    )

    def __init__(self, data: Any = None, *, user: User, outage: Outage | None = None) -> None:
        super().__init__(data, initial=_typed(outage) if outage else {})
        covered, hit = Coverage.objects.visible_to(user), outage.reach.all() if outage else OutageReach.objects.none()
        for field, rows, name in (
            ("services", Service.objects.visible_to(user), "service"),
            ("owners", Organisation.objects.visible_to(user), "organisation"),
        ):
            known = Q(pk__in=covered.values(name)) | Q(pk__in=hit.order_by().values(name))
            self.fields[field].queryset = rows.filter(known)  # type: ignore[attr-defined]
        if outage and outage.is_decided:
            self._keep_judged()

    def _keep_judged(self) -> None:
        for name in ("kind", "notified"):
            self.fields[name].disabled = True
        self.fields["kind"].help_text = _("Judged anew. Judge it anew once more to change it.")

    def clean(self) -> None:
        started, ended, now = self.cleaned_data.get("started"), self.cleaned_data.get("ended"), timezone.now()
        kind = self.cleaned_data.get("kind")
        if started and ended and ended < started:
            self.add_error("ended", _("An outage cannot end before it began."))
        elif started and kind:
            for name, words in refused(kind, started, ended, now).items():
                self.add_error(name, words)
        if kind and "ended" not in self.errors and (words := endless(kind, ended)):
            self.add_error("ended", words)

    def draft(self) -> Draft:
        typed = self.cleaned_data
        return Draft(
            title=typed["title"],
            kind=OutageKind(typed["kind"]),
            started=typed["started"],
            ended=typed["ended"],
            notified=typed["notified"] if typed["kind"] == OutageKind.PLANNED else None,
            hits=[
                Hit(service, owner, typed["share"] / HUNDRED)
                for service in typed["services"]
                for owner in (typed["owners"] or [None])
            ],
        )


def _typed(outage: Outage) -> dict[str, Any]:
    hits = list(outage.reach.all())
    return {
        "title": outage.title,
        "kind": outage.kind,
        "services": [hit.service_id for hit in hits],
        "owners": [hit.organisation_id for hit in hits if hit.organisation_id],
        "share": percent_of(max((hit.affected_share for hit in hits), default=Decimal(1))),
        "started": outage.started,
        "ended": outage.ended,
        "notified": outage.notified,
    }


class ReclassifyForm(ActionForm):
    kind = forms.ChoiceField(label=gettext_lazy("Counts as"), choices=offered(OutageKind), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Stands on the outage and in its history, with your name."),
    )


class OutageFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy(
            "CSV in UTF-8 with comma: source, external_id, service, municipality, start, end, affected_share, kind, "
            "notified_at. Instants such as 2026-04-01T08:00:00+02:00."
        ),
    )

    def save(self, *, by: User) -> Any:
        """What was saved; None where the file or a row of it was refused, with the reasons at the field."""
        if not self.is_valid():
            return None
        try:
            saved, problems = import_outages(file=self.cleaned_data["file"].file, by=by)
        except Refused as refusal:
            self.add_error("file", str(refusal))
            return None
        self._tell(problems)
        return saved

    def _tell(self, problems: list[Problem]) -> None:
        if not problems:
            return
        self.add_error("file", _("Nothing is saved, because these lines cannot be used."))
        for problem in problems[:SHOWN_PROBLEMS]:
            self.add_error("file", str(problem))
        if (more := len(problems) - SHOWN_PROBLEMS) > 0:
            self.add_error("file", _("And %(count)s more.") % {"count": more})


class OutageSearch(django_filters.FilterSet):
    """`user` sees whose services and owners there are to choose from; `known` which months have figures."""

    q = django_filters.CharFilter(method="search", label=gettext_lazy("Number or what happened"))
    service = django_filters.ModelChoiceFilter(
        method="of_service",
        queryset=Service.objects.none(),
        label=gettext_lazy("Service"),
        empty_label=gettext_lazy("All services"),
    )
    owner = django_filters.ModelChoiceFilter(
        method="of_owner",
        queryset=Organisation.objects.none(),
        label=gettext_lazy("Owner"),
        empty_label=gettext_lazy("All owners"),
    )
    kind = django_filters.ChoiceFilter(
        choices=offered(OutageKind), label=gettext_lazy("Kind"), empty_label=gettext_lazy("All")
    )
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label=gettext_lazy("Status"), empty_label=gettext_lazy("All")
    )
    period = django_filters.ChoiceFilter(
        method="in_period", label=gettext_lazy("Period"), empty_label=gettext_lazy("All periods")
    )

    class Meta:
        model = Outage
        fields = ("q", "service", "owner", "kind", "state", "period")

    def __init__(self, data: Any, outages: OutageQuerySet, *, user: Any, known: Measured) -> None:
        super().__init__(data, outages)
        self.user = user
        covered = Exists(Coverage.objects.filter(organisation=OuterRef("pk")))
        self.filters["service"].queryset = Service.objects.visible_to(user)
        self.filters["owner"].queryset = Organisation.objects.visible_to(user).filter(covered)
        self.filters["period"].extra["choices"] = span_choices(known, self.data.get("period"))

    def search(self, outages: OutageQuerySet, _name: str, text: str) -> OutageQuerySet:
        return outages.filter(Q(external_id__icontains=text) | Q(title__icontains=text))

    def of_service(self, outages: OutageQuerySet, _name: str, service: Service) -> OutageQuerySet:
        """Of the owner that is asked for too, if one is: an outage may hit other services of others."""
        return outages.hitting(self.user, owner=self.form.cleaned_data.get("owner"), service=service)

    def of_owner(self, outages: OutageQuerySet, _name: str, owner: Organisation) -> OutageQuerySet:
        return outages.hitting(self.user, owner=owner)

    def in_state(self, outages: OutageQuerySet, _name: str, state: str) -> OutageQuerySet:
        return outages.ongoing() if state == "ongoing" else outages.filter(ended__lte=timezone.now())

    def in_period(self, outages: OutageQuerySet, _name: str, code: str) -> OutageQuerySet:
        return outages.within(*instants(parse_span(code)))
