"""What the list of incidents can be narrowed to; every choice stands in the address and can be shared."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.forms import BoundField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from partnership.forms.base import ActionForm, DayField
from partnership.models import Organisation
from services.models import Service
from sla.deadlines import Deadline, with_deadline
from sla.figures.grid import Measured
from sla.figures.sheet import REOPENED
from sla.forms.spans import span_choices
from sla.models import CLOCKED, Clock, Incident, Metric
from sla.models.incidents import REASON_LENGTH, IncidentQuerySet
from sla.models.targets import PRIORITIES
from sla.spans import instants, parse_span
from sla.words import plain
from sla.words.lines import REASONS

STATES = [("open", _("Open")), ("solved", _("Solved")), ("closed", _("Closed without a solution"))]
OTHER = "other"
WAITED_FOR = [(source, capfirst(words)) for source, words in REASONS.items() if source != REOPENED]
SELDOM = ("metric", "priority", "reported", "counted")
DEADLINES = [
    (Deadline.HELD, _("Held")),
    (Deadline.BROKEN, _("Broken")),
    (Deadline.RUNNING, _("Running")),
    (Deadline.PAUSED, _("Standing still")),
    (Deadline.SOON, _("About to break")),
    (Deadline.NONE, _("No agreement")),
]


class PauseForm(ActionForm):
    why = forms.ChoiceField(
        label=_("What is waited for"), widget=forms.RadioSelect, choices=[*WAITED_FOR, (OTHER, _("Something else"))]
    )
    other = forms.CharField(
        label=_("In your own words"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Where it is something else."),
    )
    resumes = DayField(
        _("Goes on by itself on"), initial=None, help_text=_("The time runs again from the morning of that day.")
    )

    def clean(self) -> None:
        if self.cleaned_data.get("why") == OTHER and not self.cleaned_data.get("other"):
            self.add_error("other", _("Write what is waited for."))

    def typed(self) -> dict[str, Any]:
        """As `pause_incident` wants it; the reasons we know in the words of a source, to be told in any language."""
        why = self.cleaned_data["why"]
        reason = self.cleaned_data["other"] if why == OTHER else why
        return {"reason": reason, "resumes": self.cleaned_data["resumes"]}


class IncidentSearch(django_filters.FilterSet):
    """`user` sees whose services and owners there are to choose from; `known` which months have figures."""

    q = django_filters.CharFilter(method="search", label=_("Number or title"))
    service = django_filters.ModelChoiceFilter(
        queryset=Service.objects.none(), label=_("Service"), empty_label=_("All services")
    )
    owner = django_filters.ModelChoiceFilter(
        field_name="organisation", queryset=Organisation.objects.none(), label=_("Owner"), empty_label=_("All owners")
    )
    state = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label=_("Open or solved"), empty_label=_("All")
    )
    metric = django_filters.ChoiceFilter(
        choices=list(plain.CLOCK_NAMES.items()), method="nothing", label=_("Which deadline"), empty_label=None
    )
    deadline = django_filters.ChoiceFilter(
        choices=DEADLINES, method="standing", label=_("The deadline"), empty_label=_("All")
    )
    priority = django_filters.ChoiceFilter(
        choices=[(str(number), f"P{number}") for number in PRIORITIES], label=_("Priority"), empty_label=_("All")
    )
    reported = django_filters.ChoiceFilter(method="reported_in", label=_("Reported in"), empty_label=_("All periods"))
    counted = django_filters.ChoiceFilter(method="counted_in", label=_("Counts in"), empty_label=_("All periods"))

    class Meta:
        model = Incident
        fields = ("q", "service", "owner", "state", "deadline", "metric", "priority", "reported", "counted")

    def __init__(self, data: Any, incidents: IncidentQuerySet, *, user: Any, known: Measured) -> None:
        super().__init__(data, incidents)
        self.now = timezone.now()
        self.filters["service"].queryset = Service.objects.visible_to(user)
        self.filters["owner"].queryset = (
            Organisation.objects.visible_to(user)
            .filter(Q(participations__isnull=False) | Q(Exists(Incident.objects.filter(organisation=OuterRef("pk")))))
            .distinct()
        )
        for name in ("reported", "counted"):
            self.filters[name].extra["choices"] = span_choices(known, self.data.get(name))

    @property
    def often(self) -> list[BoundField]:
        """The choices that are always shown; the others lie in a fold, which is open when one of them is made."""
        return [self.form[name] for name in ("q", "service", "owner", "state", "deadline")]

    @property
    def seldom(self) -> list[BoundField]:
        return [self.form[name] for name in SELDOM]

    @property
    def is_unfolded(self) -> bool:
        return any(self.data.get(name) for name in SELDOM)

    @property
    def is_about_time(self) -> bool:
        """Asks for deadlines that run, of which the next comes first."""
        return self.data.get("deadline") in (Deadline.SOON, Deadline.RUNNING)

    @property
    def which(self) -> Metric:
        asked = self.data.get("metric")
        return Metric(asked) if asked in CLOCKED else Metric.RESOLUTION

    def search(self, incidents: IncidentQuerySet, _name: str, text: str) -> IncidentQuerySet:
        return incidents.matching(text)

    def in_state(self, incidents: IncidentQuerySet, _name: str, state: str) -> IncidentQuerySet:
        match state:
            case "open":
                return incidents.open()
            case "solved":
                return incidents.filter(resolved__isnull=False)
        return incidents.filter(resolved=None, closed__isnull=False)

    def nothing(self, incidents: IncidentQuerySet, _name: str, _metric: str) -> IncidentQuerySet:
        """Says which deadline the others are about."""
        return incidents

    def standing(self, incidents: IncidentQuerySet, _name: str, deadline: str) -> IncidentQuerySet:
        return with_deadline(incidents, Deadline(deadline), self.which, self.now)

    def reported_in(self, incidents: IncidentQuerySet, _name: str, code: str) -> IncidentQuerySet:
        start, end = instants(parse_span(code))
        return incidents.filter(opened__gte=start, opened__lt=end)

    def counted_in(self, incidents: IncidentQuerySet, _name: str, code: str) -> IncidentQuerySet:
        span = parse_span(code)
        clocks = Clock.objects.in_months(span.first, span.last).filter(target__metric=self.which)
        return incidents.filter(Exists(clocks.filter(incident=OuterRef("pk"))))
